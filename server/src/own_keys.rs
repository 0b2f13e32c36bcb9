//! The keys that the server itself signs with, now and before it was restored.
//!
//! With one it writes the example programme; from it follows one for each account and
//! record, with which it signs for people who write with a standard Yjs client.

use talkoot_core::change::Change;
use talkoot_core::sign::{PublicKey, ReplicaKey};

use crate::yjs::key_for;

/// The seeds of every key that this server ever had.
#[derive(Clone, Debug, Default)]
pub struct OwnKeys(Vec<[u8; 32]>);

impl OwnKeys {
    /// Takes the seeds that the store keeps.
    pub fn new(seeds: Vec<[u8; 32]>) -> Self {
        Self(seeds)
    }

    /// Gives the server's own keys, without those for accounts and records.
    pub fn servers(&self) -> impl Iterator<Item = PublicKey> {
        self.0.iter().map(|seed| ReplicaKey::from_seed(seed).public())
    }

    /// Gives the key of the replica that made a change, if that is this server.
    pub fn of(&self, change: &Change) -> Option<PublicKey> {
        let keys = self.0.iter().flat_map(|seed| {
            let own = ReplicaKey::from_seed(seed);
            [own, key_for(seed, change.author, change.record)]
        });
        keys.map(|key| key.public()).find(|key| key.replica() == change.id.replica)
    }
}
