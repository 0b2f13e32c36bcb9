//! What goes round in one server: the log grew, somebody is here, look again, closing.
//!
//! Nothing here is stored. The end of the log is a single number, so a slow
//! listener misses nothing: it reads up to the latest. Presence is lossy.

use std::sync::Arc;

use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::sync::message::Presence;
use tokio::sync::{broadcast, watch};

use talkoot_core::audience::Audience;

/// Presences that a slow listener may fall behind before it misses some.
const PRESENCES_KEPT: usize = 256;

/// One editor's presence on its way to those who may see the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    pub account: AccountId,
    pub replica: ReplicaId,
    pub presence: Presence,
    pub audience: Audience,
}

/// Reaches every connection of this server.
#[derive(Debug)]
pub struct Hub {
    head: watch::Receiver<u64>,
    presence: broadcast::Sender<Arc<Relay>>,
    recheck: watch::Sender<u64>,
    closing: watch::Sender<bool>,
}

/// One connection's ear.
#[derive(Debug)]
pub struct Listening {
    pub head: watch::Receiver<u64>,
    pub presence: broadcast::Receiver<Arc<Relay>>,
    pub recheck: watch::Receiver<u64>,
    pub closing: watch::Receiver<bool>,
}

impl Hub {
    /// Builds a hub around the writer's announcement.
    pub fn new(head: watch::Receiver<u64>) -> Self {
        let presence = broadcast::channel(PRESENCES_KEPT).0;
        Self { head, presence, recheck: watch::channel(0).0, closing: watch::channel(false).0 }
    }

    /// Gives the end of the log, as far as it has been announced.
    pub fn head(&self) -> u64 {
        *self.head.borrow()
    }

    /// Starts to listen from now on.
    pub fn listen(&self) -> Listening {
        let mut head = self.head.clone();
        head.mark_unchanged();
        Listening {
            head,
            presence: self.presence.subscribe(),
            recheck: self.recheck.subscribe(),
            closing: self.closing.subscribe(),
        }
    }

    /// Passes a presence on; with nobody listening it is gone.
    pub fn relay(&self, relay: Relay) {
        if self.presence.send(Arc::new(relay)).is_err() {
            tracing::trace!("nobody listens");
        }
    }

    /// Asks every connection to look at its session and its rights again.
    pub fn recheck(&self) {
        self.recheck.send_modify(|turn| *turn = turn.wrapping_add(1));
    }

    /// Asks every connection to end, because the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}
