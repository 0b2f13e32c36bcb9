//! The records that are folded in memory: those on screen, and a few more.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::id::RecordId;

use crate::local::Loaded;

/// How many records stay in memory that no screen shows.
const IDLE_MAX: usize = 48;

/// Folded records by name.
#[derive(Default)]
pub(crate) struct OpenRecords {
    records: RefCell<BTreeMap<RecordId, Loaded>>,
}

impl OpenRecords {
    /// Says how far a record is folded, if it is here.
    pub(crate) fn arrival(&self, record: RecordId) -> Option<u64> {
        self.records.borrow().get(&record).map(|loaded| loaded.arrival)
    }

    /// Works with a record that is here.
    pub(crate) fn with<T>(
        &self,
        record: RecordId,
        work: impl FnOnce(&mut Loaded) -> T,
    ) -> Option<T> {
        self.records.borrow_mut().get_mut(&record).map(work)
    }

    /// Looks at two records that are here.
    pub(crate) fn with_both<T>(
        &self,
        one: RecordId,
        other: RecordId,
        look: impl FnOnce(&Loaded, &Loaded) -> T,
    ) -> Option<T> {
        let records = self.records.borrow();
        Some(look(records.get(&one)?, records.get(&other)?))
    }

    /// Keeps a record, unless a newer state of it is here.
    pub(crate) fn keep(&self, loaded: Loaded) {
        let mut records = self.records.borrow_mut();
        let record = loaded.open.record.id;
        let is_older = records.get(&record).is_some_and(|known| known.arrival > loaded.arrival);
        if !is_older {
            records.insert(record, loaded);
        }
    }

    /// Lets go of a record, so that it is folded anew.
    pub(crate) fn forget(&self, record: RecordId) {
        self.records.borrow_mut().remove(&record);
    }

    /// Lets go of all.
    pub(crate) fn clear(&self) {
        self.records.borrow_mut().clear();
    }

    /// Lets go of what no screen shows when it has become much.
    pub(crate) fn trim(&self, on_screen: &BTreeSet<RecordId>) {
        let mut records = self.records.borrow_mut();
        let idle = records.len().saturating_sub(on_screen.len());
        let mut excess = idle.saturating_sub(IDLE_MAX);
        records.retain(|record, _| {
            let goes = excess > 0 && !on_screen.contains(record);
            excess = excess.saturating_sub(usize::from(goes));
            !goes
        });
    }
}
