//! Which Yjs client of a record's text belongs to whom, and how far it has come.
//!
//! A client id used by two replicas makes text documents diverge without a
//! sign, and a gap in a client's clocks leaves structs pending. Both are judged
//! here, from the facts of a scan alone, before any text is touched.
//!
//! The clients of an adopted text belong to the record that it came from. Any
//! replica may bring them further from there, and they may overlap: the gate of
//! the origin saw to it that one clock of one client says one thing.
//!
//! The clients of an accepted suggestion, and of what follows from a decision, belong to their
//! bytes: whoever brings them brings the same, so several may, and no other bytes come under them.
//!
//! The gate lets no second owner in, but two sticks may have met a device before the gate did.
//! Then the smallest owner has the client, whichever claim came first (rule F36): an order by
//! stamps would be no better, since whoever claims what is not his can write any stamp.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use crate::change::Op;
use crate::id::{RecordId, ReplicaId};
use crate::text::UpdateFacts;
use crate::text::prescan::Struct;

/// Who writes under a Yjs client. The order decides between two who claim the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum TextOwner {
    /// One replica, here.
    #[n(0)]
    Replica(#[n(0)] ReplicaId),
    /// Whoever wrote it in the record that this one was adopted from.
    #[n(1)]
    Origin(#[n(0)] RecordId),
    /// The very update with this SHA-256, whoever brings it.
    #[n(2)]
    Update(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
}

impl TextOwner {
    /// Says whose an operation's text is that `replica` brings.
    pub fn of(replica: ReplicaId, op: &Op) -> Self {
        match op {
            Op::Receive { origin, .. } => Self::Origin(*origin),
            Op::Accept { update, .. } => Self::of_accepted(update),
            Op::Create { .. }
            | Op::SetField { .. }
            | Op::AddToSet { .. }
            | Op::RemoveFromSet { .. }
            | Op::PutItem { .. }
            | Op::PlaceItem { .. }
            | Op::RemoveItem { .. }
            | Op::Text { .. }
            | Op::Publish { .. }
            | Op::Trash { .. }
            | Op::Discuss { .. }
            | Op::Note { .. } => Self::Replica(replica),
        }
    }

    /// Says whose the text of an accepted suggestion is: its own.
    pub fn of_accepted(update: &[u8]) -> Self {
        Self::Update(Sha256::digest(update).into())
    }
}

/// One Yjs client: its owner and the clock after its last struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TextClient {
    #[n(0)]
    pub owner: TextOwner,
    #[n(1)]
    pub until: u32,
}

/// Every Yjs client that ever wrote into the record's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct TextClients {
    #[n(0)]
    clients: BTreeMap<u64, TextClient>,
}

/// Why an update does not fit onto the text that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFitError {
    #[error("text client {client} belongs to somebody else")]
    Taken { client: u64 },
    #[error("text client {client} is known to {known}, the update needs {needed}")]
    Gap { client: u64, known: u32, needed: u32 },
}

impl TextClients {
    /// Judges an update by `owner` against what is known.
    pub fn check(&self, owner: TextOwner, facts: &UpdateFacts) -> Result<(), TextFitError> {
        self.check_owner(owner, facts)?;
        self.check_gaps(facts)
    }

    /// Judges only whether everything that an update builds on is known, whosever it is.
    pub(super) fn check_gaps(&self, facts: &UpdateFacts) -> Result<(), TextFitError> {
        for (client, range) in &facts.clients {
            check_reach(*client, self.until(*client), range.from)?;
        }
        let built_on = facts.structs.iter().flat_map(Struct::needs);
        let built_on = built_on.map(|id| (id.client, id.clock.saturating_add(1)));
        let deleted = facts.deletes.iter().map(|range| (range.client, range.until));
        built_on.chain(deleted).try_for_each(|(client, needed)| {
            let brought = facts.clients.get(&client).map_or(0, |range| range.until);
            check_reach(client, self.until(client).max(brought), needed)
        })
    }

    /// Judges only whether an update writes as nobody but its owner.
    pub fn check_owner(&self, owner: TextOwner, facts: &UpdateFacts) -> Result<(), TextFitError> {
        let is_foreign =
            |client: &u64| self.clients.get(client).is_some_and(|known| known.owner != owner);
        match facts.clients.keys().copied().find(is_foreign) {
            Some(client) => Err(TextFitError::Taken { client }),
            None => Ok(()),
        }
    }

    /// Says whether everything that an update writes is known as its owner's.
    pub fn has(&self, owner: TextOwner, facts: &UpdateFacts) -> bool {
        facts.clients.iter().all(|(client, range)| {
            let known = self.clients.get(client);
            known.is_some_and(|it| it.owner == owner && it.until >= range.until)
        })
    }

    fn until(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.until)
    }

    /// Takes an update's structs into account; says whether it takes a client from a larger
    /// owner, whose words under it are none any more.
    pub fn advance(&mut self, owner: TextOwner, facts: &UpdateFacts) -> bool {
        let mut overtakes = false;
        for (client, range) in &facts.clients {
            let entry = self.clients.entry(*client).or_insert(TextClient { owner, until: 0 });
            overtakes |= owner < entry.owner;
            entry.owner = owner.min(entry.owner);
            entry.until = entry.until.max(range.until);
        }
        overtakes
    }

    /// Says whether all of some clients are an owner's.
    pub(crate) fn are_of(&self, owner: TextOwner, clients: &[u64]) -> bool {
        let is_owners =
            |client: &u64| self.clients.get(client).is_some_and(|known| known.owner == owner);
        clients.iter().all(is_owners)
    }
}

fn check_reach(client: u64, known: u32, needed: u32) -> Result<(), TextFitError> {
    if needed > known { Err(TextFitError::Gap { client, known, needed }) } else { Ok(()) }
}
