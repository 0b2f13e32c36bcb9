//! What goes between a room and the connections of its clients.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use talkoot_core::access::Caller;
use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::text::UpdateFacts;
use tokio::time::Instant;

use super::shared_socket::SharedSocket;

/// Which connection of a room.
pub type PeerId = u64;

/// A client of a room.
#[derive(Debug)]
pub struct Peer {
    pub caller: Caller,
    pub socket: Arc<SharedSocket>,
    /// What this turn has for it alone.
    pub own: Vec<Bytes>,
    /// When it began to ask, and how often it has asked since.
    pub asks: (Instant, u32),
}

/// How often a client may ask within a time: once is what it needs, more is a bad line.
const ASKS_MAX: u32 = 20;
const ASKS_WITHIN: Duration = Duration::from_secs(10);

impl Peer {
    /// Counts a question; false if the client has asked too often.
    pub(super) fn may_ask(&mut self) -> bool {
        if self.asks.0.elapsed() > ASKS_WITHIN {
            self.asks = (Instant::now(), 0);
        }
        self.asks.1 = self.asks.1.saturating_add(1);
        self.asks.1 <= ASKS_MAX
    }

    /// Sends what a turn has for it; false if the client does not keep up.
    pub(super) fn tell(&mut self, id: PeerId, said: &[Said]) -> bool {
        let others = said.iter().filter(|said| said.from != Some(id));
        let frames = self.own.drain(..).chain(others.map(|said| said.frame.clone()));
        self.socket.send(frames)
    }
}

impl Drop for Peer {
    /// Whoever its room has forgotten comes again.
    fn drop(&mut self) {
        self.socket.let_go();
    }
}

/// What a connection tells its room at a time, in order.
pub type Bunch = Vec<Event>;

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
