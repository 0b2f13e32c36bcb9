//! What those who have not signed in may hold of the server.
//!
//! They can push nothing, so what they say is short. How much of a message is
//! read cannot be changed on a socket that is open; whoever signs in opens
//! another one.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::api_error::ApiError;

/// Largest message or body of somebody who has not signed in, in bytes: what a text of ten
/// thousand Yjs clients needs to say what it knows.
pub const STRANGER_BYTES_MAX: usize = 128 * 1_024;
/// Sockets of those who have not signed in; with the size of a message at most 64 MiB.
const SOCKETS_MAX: usize = 512;

/// The sockets of those who have not signed in.
#[derive(Clone, Debug)]
pub struct Strangers(Arc<Semaphore>);

/// One socket's place, given back when it is dropped.
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

impl Default for Strangers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(SOCKETS_MAX)))
    }
}

impl Strangers {
    /// Takes a place for one more socket, if there is one.
    pub fn enter(&self) -> Result<Place, ApiError> {
        let place = Arc::clone(&self.0).try_acquire_owned();
        place.map(Place).map_err(|_| ApiError::TryAgain)
    }
}
