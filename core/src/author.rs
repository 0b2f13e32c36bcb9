//! Making changes: an account writing with a replica's key.
//!
//! Which counter comes next is the storage's to say (several tabs share one
//! replica), so it comes in as an argument, inside the transaction that stores.

use crate::change::{Change, Op, SCHEMA_VERSION};
use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
use crate::sign::{ReplicaKey, SignedChange};
use crate::stamp::Stamp;

/// Somebody who can make changes here.
#[derive(Clone)]
pub struct Author {
    pub account: AccountId,
    pub key: ReplicaKey,
}

/// The place of a new change among its replica's others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number, from 1.
    pub counter: u64,
    /// The number of this replica's change before it on the same record; 0 if none.
    pub previous: u64,
    pub stamp: Stamp,
}

impl Author {
    /// Gives the replica whose key this is.
    pub fn replica(&self) -> ReplicaId {
        self.key.public().replica()
    }

    /// Makes and signs a change.
    pub fn write(&self, slot: Slot, record: RecordId, ops: Vec<Op>) -> (Change, SignedChange) {
        let change = Change {
            id: ChangeId { replica: self.replica(), counter: slot.counter },
            previous: slot.previous,
            stamp: slot.stamp,
            author: self.account,
            record,
            schema: SCHEMA_VERSION,
            ops,
        };
        let signed = self.key.sign(&change);
        (change, signed)
    }
}
