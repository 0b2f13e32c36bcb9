//! Which Yjs client of a record's text belongs to which replica, and how far it has come.
//!
//! A client id used by two replicas makes text documents diverge without a
//! sign, and a gap in a client's clocks leaves structs pending. Both are judged
//! here, from the facts of a scan alone, before any text is touched.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::id::ReplicaId;
use crate::text::UpdateFacts;
use crate::text::prescan::Struct;

/// One Yjs client: its owner and the clock after its last struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TextClient {
    #[n(0)]
    pub replica: ReplicaId,
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
    #[error("text client {client} belongs to another device")]
    Taken { client: u64 },
    #[error("text client {client} is known to {known}, the update needs {needed}")]
    Gap { client: u64, known: u32, needed: u32 },
}

impl TextClients {
    /// Judges an update by `replica` against what is known.
    pub fn check(&self, replica: ReplicaId, facts: &UpdateFacts) -> Result<(), TextFitError> {
        for (client, range) in &facts.clients {
            match self.clients.get(client) {
                Some(known) if known.replica != replica => {
                    return Err(TextFitError::Taken { client: *client });
                }
                _ => check_reach(*client, self.until(*client), range.from)?,
            }
        }
        let built_on = facts.structs.iter().flat_map(Struct::needs);
        let built_on = built_on.map(|id| (id.client, id.clock.saturating_add(1)));
        let deleted = facts.deletes.iter().map(|range| (range.client, range.until));
        built_on.chain(deleted).try_for_each(|(client, needed)| {
            let brought = facts.clients.get(&client).map_or(0, |range| range.until);
            check_reach(client, self.until(client).max(brought), needed)
        })
    }

    /// Judges only whether an update writes as nobody but its own replica.
    pub fn check_owner(&self, replica: ReplicaId, facts: &UpdateFacts) -> Result<(), TextFitError> {
        let is_foreign =
            |client: &u64| self.clients.get(client).is_some_and(|known| known.replica != replica);
        match facts.clients.keys().copied().find(is_foreign) {
            Some(client) => Err(TextFitError::Taken { client }),
            None => Ok(()),
        }
    }

    fn until(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.until)
    }

    /// Takes an update's structs into account.
    pub fn advance(&mut self, replica: ReplicaId, facts: &UpdateFacts) {
        for (client, range) in &facts.clients {
            let entry = self.clients.entry(*client).or_insert(TextClient { replica, until: 0 });
            entry.until = entry.until.max(range.until);
        }
    }
}

fn check_reach(client: u64, known: u32, needed: u32) -> Result<(), TextFitError> {
    if needed > known { Err(TextFitError::Gap { client, known, needed }) } else { Ok(()) }
}
