//! A page while it is filled: what of a row its reader gets, and how much fits.

use talkoot_core::access::Caller;
use talkoot_core::id::RecordId;
use talkoot_core::limits::{MESSAGE_CHANGES_MAX, REPLY_BYTES_SOFT_MAX};
use talkoot_core::sync::message::Entry;

use crate::store::{ChangeStore, LogEntry, LogRow, StoreError, StoredChange};

/// What an entry costs on the wire beside its body, in bytes.
const ENTRY_BYTES: usize = 128;
/// Largest past of a record that one page can bring at a reveal, in bytes.
const REVEAL_BYTES_MAX: usize = 4 * REPLY_BYTES_SOFT_MAX;

/// The entries so far, and what they weigh.
#[derive(Default)]
pub(super) struct Filling {
    pub(super) entries: Vec<Entry>,
    bytes: usize,
}

/// What one row did to the page.
pub(super) enum Step {
    Taken,
    /// It belongs on the next page.
    Full,
    /// It is more than a page can hold: only a pass from the beginning can bring it.
    Restart,
}

impl Filling {
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= REPLY_BYTES_SOFT_MAX || self.entries.len() >= MESSAGE_CHANGES_MAX
    }

    /// Takes a row of the log; `start` is the last entry that was read before this page.
    pub(super) async fn take(
        &mut self,
        store: &dyn ChangeStore,
        caller: &Caller,
        start: u64,
        row: LogRow,
    ) -> Result<Step, StoreError> {
        if self.is_full() {
            return Ok(Step::Full);
        }
        let sees = row.audience.includes(caller);
        match row.entry {
            LogEntry::Change(change) if sees => self.push(change),
            LogEntry::Change(_) => {}
            LogEntry::Reveal { record, from } => {
                if sees && !from.includes(caller) {
                    return self.reveal(store, record, start).await;
                }
            }
            LogEntry::Conceal { record, from } => {
                if !sees && from.includes(caller) {
                    self.entries.push(Entry::Conceal { record });
                    self.bytes = self.bytes.saturating_add(ENTRY_BYTES);
                }
            }
        }
        Ok(Step::Taken)
    }

    /// Brings a record's changes from before this page; later ones are on it already.
    async fn reveal(
        &mut self,
        store: &dyn ChangeStore,
        record: RecordId,
        until: u64,
    ) -> Result<Step, StoreError> {
        let changes = store.changes_of(record, until).await?;
        let bytes: usize = changes.iter().map(|change| change.signed.body.len()).sum();
        if changes.len() > MESSAGE_CHANGES_MAX || bytes > REVEAL_BYTES_MAX {
            return Ok(Step::Restart);
        }
        let fits = self.entries.len().saturating_add(changes.len()) <= MESSAGE_CHANGES_MAX
            && self.bytes.saturating_add(bytes) <= REVEAL_BYTES_MAX;
        if !fits && !self.entries.is_empty() {
            return Ok(Step::Full);
        }
        for change in changes {
            self.push(change);
        }
        Ok(Step::Taken)
    }

    /// Takes a row of a pass, in which everything in sight comes: what turned before its end
    /// says nothing.
    pub(super) fn take_of_pass(&mut self, caller: &Caller, row: LogRow) {
        match row.entry {
            LogEntry::Change(change) if row.audience.includes(caller) => self.push(change),
            LogEntry::Change(_) | LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => {}
        }
    }

    fn push(&mut self, stored: StoredChange) {
        self.bytes = self.bytes.saturating_add(stored.signed.body.len() + ENTRY_BYTES);
        let StoredChange { record, arrived_ms, signed: change, .. } = stored;
        self.entries.push(Entry::Change { record, arrived_ms, change });
    }
}
