//! What goes between a room and the connections of its clients.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Bytes;
use talkoot_core::access::Caller;
use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::text::UpdateFacts;
use tokio::sync::mpsc;

/// Posts that may wait for a client that reads slowly; beyond that it is let go and comes again.
pub const POSTS_MAX: usize = 256;
/// Bytes that may wait for one; more than the largest text, so that a newcomer gets it.
const WAITING_BYTES_MAX: usize = 32 * 1_048_576;

/// Which connection of a room.
pub type PeerId = u64;

/// A client of a room.
#[derive(Debug)]
pub struct Peer {
    pub caller: Caller,
    pub outbox: mpsc::Sender<Post>,
    /// Bytes on their way to the client; its connection takes off what it has sent.
    pub waiting_bytes: Arc<AtomicUsize>,
}

impl Peer {
    /// Hands a post over; false if the client does not keep up.
    pub fn post(&self, post: Post) -> bool {
        let bytes = post.bytes();
        let before = self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        before.saturating_add(bytes) <= WAITING_BYTES_MAX && self.outbox.try_send(post).is_ok()
    }
}

/// What a connection tells its room.
#[derive(Debug)]
pub enum Event {
    Joined {
        peer: PeerId,
        what: Peer,
    },
    /// "This is what I know; send me the rest."
    Knows {
        peer: PeerId,
        clocks: BTreeMap<u64, u32>,
    },
    /// An update that was scanned.
    Wrote {
        peer: PeerId,
        update: Bytes,
        facts: UpdateFacts,
    },
    /// An awareness update, not scanned yet.
    IsHere {
        peer: PeerId,
        states: Bytes,
    },
    AsksWhoIsHere {
        peer: PeerId,
    },
    Left {
        peer: PeerId,
    },
    /// A device's presence, not scanned yet.
    DeviceIsHere {
        account: AccountId,
        replica: ReplicaId,
        states: Vec<u8>,
    },
}

/// A frame for every client but the one it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub from: Option<PeerId>,
    pub frame: Bytes,
}

/// What a room gives to a connection to send.
#[derive(Clone, Debug)]
pub enum Post {
    /// The same for all: each leaves out its own.
    All(Arc<Vec<Said>>),
    /// For this one alone.
    One(Bytes),
    /// The room cannot go on with this client; it may come again.
    Again,
}

impl Post {
    /// Counts the bytes of its frames.
    pub fn bytes(&self) -> usize {
        match self {
            Self::All(said) => said.iter().map(|said| said.frame.len()).sum(),
            Self::One(frame) => frame.len(),
            Self::Again => 0,
        }
    }
}
