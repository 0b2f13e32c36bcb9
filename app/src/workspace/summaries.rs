//! The summaries of all records on this device: what lists are made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;

/// All summaries by their record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summaries {
    records: BTreeMap<RecordId, Arc<Summary>>,
    /// Counts up with each difference, so that a list can tell that there is one.
    pub(crate) version: u64,
}

impl Summaries {
    /// Finds the summary of a record.
    pub(crate) fn get(&self, record: RecordId) -> Option<&Arc<Summary>> {
        self.records.get(&record)
    }

    /// Lists all summaries, by record.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Summary>> {
        self.records.values()
    }

    /// Says whether this device holds nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Puts a summary in, or takes it out.
    pub(crate) fn set(&mut self, record: RecordId, summary: Option<Summary>) {
        let summary = summary.map(Arc::new);
        let before = match summary.clone() {
            Some(summary) => self.records.insert(record, summary),
            None => self.records.remove(&record),
        };
        let differs = before != summary;
        self.version = self.version.saturating_add(u64::from(differs));
    }

    /// Takes all out.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
        self.version = self.version.saturating_add(1);
    }
}
