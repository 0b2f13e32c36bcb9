//! Mail about what is unread: at most once a day, and only to who asked for it.
//!
//! A mail lists what the inbox lists that came since the last one, as the account may see it at
//! the moment of sending. Before a mail is handed over it is noted that it is, so a server that
//! dies in between does not send it again: that day or week is passed over, and what it would have
//! told stands in the next mail (`delivering.rs`).

pub mod delivering;
mod improving;
mod letter;
pub mod link;
mod news;
pub mod period;
mod words;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::chance::{self, NoChance};
use crate::mail::Post;
use crate::services::Services;
use crate::store::{DigestStore, LinkKey, StoreError};

/// How often it is looked whether a mail is due.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Who wants mail, and where it is handed over. A server without a folder, such as a simulated one,
/// has neither.
#[derive(Clone, Default)]
pub struct Digests {
    store: Option<Arc<dyn DigestStore>>,
    post: Option<Post>,
}

impl Digests {
    /// Takes where choices are kept and, where mail was set up, where it is handed over.
    pub fn new(store: Arc<dyn DigestStore>, post: Option<Post>) -> Self {
        Self { store: Some(store), post }
    }

    /// Says whether mail was set up.
    pub fn are_sent(&self) -> bool {
        self.post.is_some()
    }

    /// Gives where choices are kept.
    pub fn store(&self) -> Result<&dyn DigestStore, StoreError> {
        self.store.as_deref().ok_or(StoreError::Closed)
    }
}

/// Makes what links are proved by.
pub fn link_key() -> Result<LinkKey, NoChance> {
    Ok(LinkKey { name: chance::bytes()?, secret: chance::bytes()? })
}

/// Sends what is due, now and then, until it is stopped.
pub async fn send_when_due(services: Services) {
    let mut clock = interval(LOOK_EVERY);
    // A look that took long is followed by a rest, not by those that it stood in the way of.
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        if let Err(cause) = delivering::deliver_all(&services).await {
            tracing::warn!(%cause, "no mail could be made");
        }
    }
}
