//! How many people who have not signed in are connected at once.
//!
//! They read what is public and need no account for it, so nothing else bounds
//! them; a connection costs memory whether or not anything comes over it.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::api_error::ApiError;
use crate::caller::Visitor;

/// Most connections of people who have not signed in.
const STRANGERS_MAX: usize = 1_000;

/// The places for them.
#[derive(Clone, Debug)]
pub struct Strangers(Arc<Semaphore>);

/// A place that is taken; `None` for somebody who has signed in.
pub type Place = Option<OwnedSemaphorePermit>;

impl Default for Strangers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(STRANGERS_MAX)))
    }
}

impl Strangers {
    /// Takes a place for as long as a connection stands.
    ///
    /// # Errors
    ///
    /// [`ApiError::TryAgain`] if every place is taken.
    pub fn enter(&self, visitor: &Visitor) -> Result<Place, ApiError> {
        match visitor.0 {
            Some(_) => Ok(None),
            None => {
                Arc::clone(&self.0).try_acquire_owned().map(Some).map_err(|_| ApiError::TryAgain)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x31_only_so_many_strangers_are_connected_at_once() {
        let strangers = Strangers::default();
        let places: Vec<_> = (0..STRANGERS_MAX).map(|_| strangers.enter(&Visitor(None))).collect();
        assert!(places.iter().all(Result::is_ok));
        assert_eq!(strangers.enter(&Visitor(None)).err(), Some(ApiError::TryAgain));
        drop(places);
        assert!(strangers.enter(&Visitor(None)).is_ok(), "a place that is left is free");
    }
}
