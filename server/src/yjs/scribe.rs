//! Makes the changes of people who write with a standard Yjs client.
//!
//! Such a client has no key, so the server signs for its account, with a key
//! made from the server's own for this account and this record: the room is
//! then the only one that counts this replica's changes.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::ReplicaKey;
use talkoot_core::stamp::{self, Stamp};

use crate::clock;
use crate::writer::Opened;

/// The one who writes a record's changes for accounts.
pub(super) struct Scribe {
    seed: [u8; 32],
    record: RecordId,
    /// Few: whoever writes here with a standard client.
    authors: Vec<(Author, ReplicaId)>,
    /// The number of each replica's last change.
    counters: BTreeMap<ReplicaId, u64>,
    latest: Stamp,
}

/// Derives the key that the server uses for an account in a record.
pub fn key_for(seed: &[u8; 32], account: AccountId, record: RecordId) -> ReplicaKey {
    let mut hash = Sha256::new_with_prefix(b"talkoot yjs");
    hash.update(seed);
    hash.update(account.0);
    hash.update(record.0);
    ReplicaKey::from_seed(&hash.finalize().into())
}

impl Scribe {
    /// Starts with nothing written.
    pub(super) fn new(seed: [u8; 32], record: RecordId) -> Self {
        let (authors, counters) = (Vec::new(), BTreeMap::new());
        Self { seed, record, authors, counters, latest: Stamp::default() }
    }

    /// Forgets how far the numbers have come; whoever reads the log notes it again.
    pub(super) fn forget_counters(&mut self) {
        self.counters.clear();
    }

    /// Takes a stored change into account.
    pub(super) fn note(&mut self, id: ChangeId, stamp: Stamp) {
        self.latest = stamp::observe(self.latest, stamp, clock::now_ms());
        let counter = self.counters.entry(id.replica).or_insert(0);
        *counter = id.counter.max(*counter);
    }

    /// Gives the replica that writes for an account.
    pub(super) fn replica(&mut self, account: AccountId) -> ReplicaId {
        let known = self.authors.iter().find(|(author, _)| author.account == account);
        match known {
            Some((_, replica)) => *replica,
            None => self.author(account).1,
        }
    }

    /// Says whether a replica is one that writes here.
    pub(super) fn is_own(&self, replica: ReplicaId) -> bool {
        self.authors.iter().any(|(_, own)| *own == replica)
    }

    /// Makes an account's next change.
    pub(super) fn write(&mut self, account: AccountId, ops: Vec<Op>) -> Opened {
        let (author, replica) = self.author(account);
        let counter = self.counters.entry(replica).or_insert(0);
        let previous = *counter;
        *counter = previous.saturating_add(1);
        self.latest = stamp::next(self.latest, clock::now_ms());
        let slot = Slot { counter: *counter, previous, stamp: self.latest };
        let (change, signed) = author.write(slot, self.record, ops);
        Opened { change, signed }
    }

    fn author(&mut self, account: AccountId) -> (Author, ReplicaId) {
        let known = self.authors.iter().find(|(author, _)| author.account == account);
        if let Some(known) = known {
            return known.clone();
        }
        let key = key_for(&self.seed, account, self.record);
        let author = Author { account, key };
        let replica = author.replica();
        self.authors.reserve_exact(1);
        self.authors.push((author.clone(), replica));
        (author, replica)
    }
}
