//! A page while it is filled: what of a row its reader gets, and how much fits.

use talkoot_core::access::Caller;
use talkoot_core::id::RecordId;
use talkoot_core::limits::{MESSAGE_CHANGES_MAX, REPLY_BYTES_SOFT_MAX};
use talkoot_core::sync::message::Entry;

use crate::store::{ChangeStore, LogEntry, LogRow, Span, StoreError, StoredChange};

/// What an entry costs on the wire beside its body, in bytes.
const ENTRY_BYTES: usize = 128;
/// Reads for one page of what a reveal brings: marks alone fill no page.
const READS_MAX: usize = 8;

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
    /// It brings more than the page holds: so many entries of its record have come.
    Part(u64),
}

/// What a reveal has to bring: the record's entries up to one, without the first `skip`, which
/// have come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    pub(super) until: u64,
    pub(super) skip: u64,
}

impl Filling {
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= REPLY_BYTES_SOFT_MAX || self.entries.len() >= MESSAGE_CHANGES_MAX
    }

    /// Takes a row of the log; `past` is what it has to bring if it reveals its record.
    pub(super) async fn take(
        &mut self,
        store: &dyn ChangeStore,
        caller: &Caller,
        past: Past,
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
                    return self.reveal(store, caller, record, past).await;
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

    /// Brings a record's changes from before this page, as many as it holds; later ones are on it
    /// already. What the next page can hold whole is not cut.
    async fn reveal(
        &mut self,
        store: &dyn ChangeStore,
        caller: &Caller,
        record: RecordId,
        past: Past,
    ) -> Result<Step, StoreError> {
        let Past { until, mut skip } = past;
        for _ in 0..READS_MAX {
            let span = Span { record, skip };
            let rows = store.read_spans(vec![span], until, REPLY_BYTES_SOFT_MAX).await?;
            if rows.is_empty() {
                return Ok(Step::Taken);
            }
            let fits_next = skip == 0 && Self::default().holds(&rows);
            if fits_next && !self.holds(&rows) {
                return Ok(Step::Full);
            }
            for row in rows {
                if self.is_full() {
                    return Ok(Step::Part(skip));
                }
                self.take_of_pass(caller, row);
                skip = skip.saturating_add(1);
            }
        }
        Ok(Step::Part(skip))
    }

    /// Says whether the page holds all of some rows beside what is on it.
    fn holds(&self, rows: &[LogRow]) -> bool {
        let weight = |row: &LogRow| match &row.entry {
            LogEntry::Change(change) => change.signed.body.len().saturating_add(ENTRY_BYTES),
            LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => 0,
        };
        let bytes: usize = rows.iter().map(weight).sum();
        self.entries.len().saturating_add(rows.len()) <= MESSAGE_CHANGES_MAX
            && self.bytes.saturating_add(bytes) <= REPLY_BYTES_SOFT_MAX
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
