//! The outbox as this tab knows it: enough to list and count what waits.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::change::{Change, Op};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sync::outbox::{self, WaitingWork};

use crate::local::OutboxEntry;

/// Waiting changes by their counter, without the words in them.
#[derive(Default)]
pub(super) struct Waiting {
    changes: RefCell<BTreeMap<u64, Change>>,
}

impl Waiting {
    /// Adds what was read from the outbox.
    pub(super) fn add_all(&self, entries: &[OutboxEntry]) {
        for change in entries.iter().filter_map(|entry| entry.change.open().ok()) {
            self.add(change);
        }
    }

    /// Adds a change.
    pub(super) fn add(&self, mut change: Change) {
        for op in &mut change.ops {
            if let Op::Text { update, .. }
            | Op::Receive { update, .. }
            | Op::Accept { update, .. } = op
            {
                *update = Vec::new();
            }
        }
        self.changes.borrow_mut().insert(change.id.counter, change);
    }

    /// Takes confirmed changes out.
    pub(super) fn forget(&self, ids: &[ChangeId]) {
        let mut changes = self.changes.borrow_mut();
        for id in ids {
            if changes.get(&id.counter).is_some_and(|change| change.id == *id) {
                changes.remove(&id.counter);
            }
        }
    }

    /// Takes a record's changes from one on out, and gives them.
    pub(super) fn take_from(&self, id: ChangeId) -> Vec<Change> {
        let mut changes = self.changes.borrow_mut();
        let Some(record) = changes.get(&id.counter).map(|change| change.record) else {
            return Vec::new();
        };
        let later = changes.range(id.counter..);
        let counters: Vec<_> = later
            .filter(|(_, change)| change.record == record)
            .map(|(counter, _)| *counter)
            .collect();
        counters.iter().filter_map(|counter| changes.remove(counter)).collect()
    }

    /// Lets go of what lies in the outbox no more; gives what lies there and is not known.
    pub(super) fn keep_only(&self, lying: &BTreeSet<u64>) -> BTreeSet<u64> {
        let mut changes = self.changes.borrow_mut();
        changes.retain(|counter, _| lying.contains(counter));
        lying.iter().copied().filter(|counter| !changes.contains_key(counter)).collect()
    }

    /// Says whether something that waits writes into the text of a record.
    pub(super) fn writes_text(&self, record: RecordId) -> bool {
        let changes = self.changes.borrow();
        let mut ops =
            changes.values().filter(|it| it.record == record).flat_map(|change| &change.ops);
        ops.any(|op| op.update().is_some())
    }

    /// Counts what waits.
    pub(super) fn len(&self) -> usize {
        self.changes.borrow().len()
    }

    /// Lists the things that wait, as a person did them.
    pub(super) fn work(&self) -> Vec<WaitingWork> {
        outbox::group(self.changes.borrow().values())
    }

    /// Lists the records with something waiting.
    pub(super) fn records(&self) -> BTreeSet<RecordId> {
        outbox::records(self.changes.borrow().values())
    }

    /// Finds the record of a waiting change.
    pub(super) fn record_of(&self, id: ChangeId) -> Option<RecordId> {
        self.changes.borrow().get(&id.counter).map(|change| change.record)
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.changes.borrow_mut().clear();
    }
}
