//! Reading the log for one caller: pages of what he may see, after his cursor.
//!
//! A cursor of another log or of other rights is answered from the beginning,
//! with `from_start` on every page of that pass; what the pass does not bring
//! is out of the caller's sight. The pass ends where the log ended when it
//! began, with a page that has no more. That end stands in the cursor's
//! `rights`, above [`RIGHTS_BITS`], so a pass goes on after a broken line and
//! needs no memory here.

#[cfg(test)]
mod tests;

use talkoot_core::access::Caller;
use talkoot_core::id::RecordId;
use talkoot_core::limits::{MESSAGE_CHANGES_MAX, REPLY_BYTES_SOFT_MAX};
use talkoot_core::sync::message::{Cursor, Entry, Page};

use crate::store::{ChangeStore, LogEntry, LogRow, LogState, StoreError, StoredChange};

/// Bits of a cursor's rights that hold the number of the rights: a million changes of role.
const RIGHTS_BITS: u32 = 20;
/// What an entry costs on the wire beside its body, in bytes.
const ENTRY_BYTES: usize = 128;
/// Reads for one page that bring nothing in sight, before the device is asked to come again.
const READS_MAX: usize = 8;
/// Largest past of a record that one page can bring at a reveal, in bytes.
const REVEAL_BYTES_MAX: usize = 4 * REPLY_BYTES_SOFT_MAX;

/// Who reads, and what his cursor has to name.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub caller: &'a Caller,
    pub rights: u64,
    /// The log, as far as it has been announced.
    pub log: LogState,
}

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// The last entry read before this page.
    start: u64,
    /// Where the reading ends: of the pass, or of the log.
    until: u64,
    /// Whether this page belongs to a pass from the beginning.
    is_pass: bool,
    /// What the cursor's rights carry.
    mark: u64,
}

/// A page while it is filled.
#[derive(Default)]
struct Filling {
    entries: Vec<Entry>,
    bytes: usize,
}

/// What one row did to the page.
enum Step {
    Taken,
    /// It belongs on the next page.
    Full,
    /// It is more than a page can hold: only a pass from the beginning can bring it.
    Restart,
}

/// Reads the page after a cursor.
pub async fn read_page(
    store: &dyn ChangeStore,
    reader: Reader<'_>,
    cursor: Cursor,
) -> Result<Page, StoreError> {
    let place = place(&reader, cursor);
    if let Some(page) = fill(store, &reader, place).await? {
        return Ok(page);
    }
    let page = fill(store, &reader, beginning(&reader)).await?;
    // A pass from the beginning meets no reveal that it would have to bring.
    page.ok_or(StoreError::Corrupt { table: "log" })
}

fn place(reader: &Reader<'_>, cursor: Cursor) -> Place {
    let Reader { rights, log, .. } = *reader;
    let pass_until = cursor.rights >> RIGHTS_BITS;
    let fits =
        cursor.log == log.log && cursor.sequence <= log.head && low(cursor.rights) == low(rights);
    if !fits {
        return beginning(reader);
    }
    let is_pass = cursor.sequence < pass_until;
    let until = if is_pass { pass_until.min(log.head) } else { log.head };
    Place { start: cursor.sequence, until, is_pass, mark: cursor.rights }
}

fn beginning(reader: &Reader<'_>) -> Place {
    let until = reader.log.head;
    let mark = low(reader.rights) | until << RIGHTS_BITS;
    Place { start: 0, until, is_pass: true, mark }
}

/// Gives the number of the rights without what a pass carries beside it.
fn low(rights: u64) -> u64 {
    rights & ((1 << RIGHTS_BITS) - 1)
}

/// Fills a page; `None` if only a pass from the beginning can go on.
async fn fill(
    store: &dyn ChangeStore,
    reader: &Reader<'_>,
    place: Place,
) -> Result<Option<Page>, StoreError> {
    let mut filling = Filling::default();
    let mut read_to = place.start;
    'page: for _ in 0..READS_MAX {
        if read_to >= place.until {
            break;
        }
        let rows = store.read_log(read_to, REPLY_BYTES_SOFT_MAX).await?;
        // What is not announced yet is left for the announcement.
        let rows = rows.into_iter().take_while(|row| row.sequence <= place.until);
        let mut any = false;
        for row in rows {
            any = true;
            let sequence = row.sequence;
            match filling.take(store, reader, place, row).await? {
                Step::Taken => read_to = sequence,
                Step::Full => break 'page,
                Step::Restart => return Ok(None),
            }
        }
        if !any || filling.is_full() {
            break;
        }
    }
    Ok(Some(close(reader, place, filling, read_to)))
}

fn close(reader: &Reader<'_>, place: Place, filling: Filling, read_to: u64) -> Page {
    let Place { start: after, until, is_pass: from_start, mark: rights } = place;
    let cursor = Cursor { sequence: read_to, log: reader.log.log, rights };
    Page { entries: filling.entries, after, cursor, more: read_to < until, from_start }
}

impl Filling {
    fn is_full(&self) -> bool {
        self.bytes >= REPLY_BYTES_SOFT_MAX || self.entries.len() >= MESSAGE_CHANGES_MAX
    }

    async fn take(
        &mut self,
        store: &dyn ChangeStore,
        reader: &Reader<'_>,
        place: Place,
        row: LogRow,
    ) -> Result<Step, StoreError> {
        if self.is_full() {
            return Ok(Step::Full);
        }
        let sees = row.audience.includes(reader.caller);
        // In a pass everything in sight comes anyway, so what turned before it says nothing.
        let turns = !place.is_pass;
        match row.entry {
            LogEntry::Change(change) if sees => self.push(change),
            LogEntry::Change(_) => {}
            LogEntry::Reveal { record, from } => {
                if turns && sees && !from.includes(reader.caller) {
                    return self.reveal(store, record, place.start).await;
                }
            }
            LogEntry::Conceal { record, from } => {
                if turns && !sees && from.includes(reader.caller) {
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

    fn push(&mut self, stored: StoredChange) {
        self.bytes = self.bytes.saturating_add(stored.signed.body.len() + ENTRY_BYTES);
        let StoredChange { record, arrived_ms, signed: change, .. } = stored;
        self.entries.push(Entry::Change { record, arrived_ms, change });
    }
}
