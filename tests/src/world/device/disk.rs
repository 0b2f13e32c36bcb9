//! The disk of a device: what survives a crash. A transaction is taken whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::Caller;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::arrival::Sight;
use talkoot_core::sync::message::Cursor;

/// A change that the server has not confirmed.
#[derive(Clone)]
pub(crate) struct Waiting {
    pub(crate) id: ChangeId,
    pub(crate) record: RecordId,
    pub(crate) signed: SignedChange,
}

/// A refused change, with those built on it.
pub(crate) struct Aside {
    pub(crate) code: String,
    pub(crate) changes: Vec<Waiting>,
}

/// One write of a transaction.
pub(crate) enum Write {
    Change { record: RecordId, signed: SignedChange },
    Outbox(Waiting),
    Counters { counter: u64, stamp: Stamp },
    Reached { cursor: Cursor, sight: Sight },
    Confirmed(Vec<ChangeId>),
    Aside { code: String, changes: Vec<Waiting> },
    Forget(BTreeSet<RecordId>),
    Caller(Caller),
}

/// What a device keeps.
#[derive(Default)]
pub(crate) struct Disk {
    pub(crate) changes: BTreeMap<RecordId, Vec<SignedChange>>,
    /// By counter, so oldest first.
    pub(crate) outbox: BTreeMap<u64, Waiting>,
    pub(crate) asides: Vec<Aside>,
    pub(crate) cursor: Cursor,
    pub(crate) sight: Sight,
    pub(crate) counter: u64,
    pub(crate) stamp: Stamp,
    pub(crate) caller: Option<Caller>,
    /// Whether there is no room: every transaction fails.
    pub(crate) full: bool,
    /// Transactions that failed.
    pub(crate) failed: usize,
}

impl Disk {
    /// Takes a transaction, and says whether it did.
    pub(crate) fn commit(&mut self, writes: Vec<Write>) -> bool {
        if self.full {
            self.failed += 1;
            return false;
        }
        for write in writes {
            self.write(write);
        }
        true
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Change { record, signed } => {
                self.changes.entry(record).or_default().push(signed);
            }
            Write::Outbox(waiting) => {
                self.outbox.insert(waiting.id.counter, waiting);
            }
            Write::Counters { counter, stamp } => (self.counter, self.stamp) = (counter, stamp),
            Write::Reached { cursor, sight } => (self.cursor, self.sight) = (cursor, sight),
            Write::Confirmed(ids) => self.outbox.retain(|_, waiting| !ids.contains(&waiting.id)),
            Write::Aside { code, changes } => self.set_aside(code, changes),
            Write::Forget(records) => self.changes.retain(|record, _| !records.contains(record)),
            Write::Caller(caller) => self.caller = Some(caller),
        }
    }

    fn set_aside(&mut self, code: String, changes: Vec<Waiting>) {
        for gone in &changes {
            self.outbox.remove(&gone.id.counter);
            if let Some(kept) = self.changes.get_mut(&gone.record) {
                kept.retain(|signed| *signed != gone.signed);
            }
        }
        self.changes.retain(|_, kept| !kept.is_empty());
        self.asides.push(Aside { code, changes });
    }

    /// Says whether something of a record waits to be sent.
    pub(crate) fn waits(&self, record: RecordId) -> bool {
        self.outbox.values().any(|waiting| waiting.record == record)
    }

    /// Gives a waiting change and the later ones on its record, oldest first.
    pub(crate) fn built_on(&self, id: ChangeId) -> Vec<Waiting> {
        let Some(first) = self.outbox.get(&id.counter).filter(|first| first.id == id) else {
            return Vec::new();
        };
        let later = self.outbox.range(id.counter..).map(|(_, waiting)| waiting);
        later.filter(|waiting| waiting.record == first.record).cloned().collect()
    }
}
