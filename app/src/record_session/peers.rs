//! Who else has the text open, as far as their presence says.

use std::collections::BTreeMap;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, ReplicaId};

use super::RecordSession;
use crate::device;

/// After how long without a sign somebody counts as gone, in milliseconds.
/// An open editor gives one every 15 seconds.
const SILENT_AFTER_MS: u64 = 40_000;

/// Somebody else at the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) replica: ReplicaId,
    /// Since when, in milliseconds since 1970.
    pub(crate) here_since: u64,
}

#[derive(Clone, Copy, Debug)]
struct Sign {
    account: AccountId,
    since_ms: u64,
    last_ms: u64,
}

/// The signs of life of one record's text.
#[derive(Debug, Default)]
pub(super) struct Peers {
    signs: BTreeMap<ReplicaId, Sign>,
}

impl Peers {
    /// Takes a sign in; says whether somebody has just come.
    pub(super) fn hear(&mut self, account: AccountId, replica: ReplicaId, state: &[u8]) -> bool {
        if says_goodbye(state) {
            self.signs.remove(&replica);
            return false;
        }
        let now_ms = device::now_ms();
        let is_new = !self.signs.contains_key(&replica);
        let sign =
            self.signs.entry(replica).or_insert(Sign { account, since_ms: now_ms, last_ms: 0 });
        sign.last_ms = now_ms;
        is_new
    }

    /// Forgets those who fell silent; says whether there were any.
    pub(super) fn forget_silent(&mut self) -> bool {
        let (before, now_ms) = (self.signs.len(), device::now_ms());
        self.signs.retain(|_, sign| now_ms.saturating_sub(sign.last_ms) < SILENT_AFTER_MS);
        self.signs.len() != before
    }

    /// Lists who is here, the longest first, with the name still to find.
    pub(super) fn list(&self) -> Vec<Peer> {
        let mut peers: Vec<_> =
            self.signs.iter().map(|(replica, sign)| peer(*replica, *sign)).collect();
        peers.sort_by_key(|peer| (peer.here_since, peer.replica));
        peers
    }
}

impl RecordSession {
    /// Puts the names of people to those who are here.
    pub(super) fn named(self, peers: Vec<Peer>) -> Vec<Peer> {
        let people = self.desk.get_value().shown.people;
        people.with_untracked(|people| {
            let name = |account: &AccountId| people.get(account).cloned().unwrap_or_default();
            peers.into_iter().map(|peer| Peer { name: name(&peer.account), ..peer }).collect()
        })
    }
}

fn peer(replica: ReplicaId, sign: Sign) -> Peer {
    Peer { account: sign.account, name: String::new(), replica, here_since: sign.since_ms }
}

/// Says whether a presence takes its leave: one client whose state is `null`.
///
/// The bytes are a count, then for each client its id, a clock and a JSON text.
fn says_goodbye(state: &[u8]) -> bool {
    state.ends_with(b"\x04null")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l16_a_presence_without_a_state_is_a_goodbye() {
        assert!(says_goodbye(b"\x01\x07\x03\x04null"));
        assert!(!says_goodbye(b"\x01\x07\x03\x02{}"));
        assert!(!says_goodbye(b""));
    }
}
