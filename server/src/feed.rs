//! Reading the log for one caller: pages of what he may see, after his cursor.
//!
//! A cursor of another log or of other rights is answered from the beginning,
//! with `from_start` on every page of that *pass*; what the pass does not bring
//! is out of the caller's sight. A pass brings whole records, the one changed
//! last first ([`pass`]), so that a new device is of use long before everything
//! has come. It covers the log as far as it went when the pass began. That end
//! stands in the cursor's `rights`, above [`RIGHTS_BITS`], so a pass goes on
//! after a broken line and needs no memory here.

mod filling;
mod pass;
#[cfg(test)]
mod tests;

use talkoot_core::access::Caller;
use talkoot_core::limits::REPLY_BYTES_SOFT_MAX;
use talkoot_core::sync::message::{Cursor, Page};

use self::filling::{Filling, Step};
pub use self::pass::Orders;
use crate::store::{ChangeStore, LogState, StoreError};

/// Bits of a cursor's rights that hold the number of the rights: a million changes of role.
const RIGHTS_BITS: u32 = 20;
/// Reads for one page that bring nothing in sight, before the device is asked to come again.
const READS_MAX: usize = 8;
/// Who reads, and what his cursor has to name.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub caller: &'a Caller,
    pub rights: u64,
    /// The log, as far as it has been announced.
    pub log: LogState,
    pub orders: &'a Orders,
}

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// How many entries were read before this page, in the order of the pass or of the log.
    start: u64,
    /// Where the reading ends: of the pass, or of the log.
    until: u64,
    /// Whether this page belongs to a pass from the beginning.
    is_pass: bool,
    /// What the cursor's rights carry.
    mark: u64,
}

/// Reads the page after a cursor.
pub async fn read_page(
    store: &dyn ChangeStore,
    reader: Reader<'_>,
    cursor: Cursor,
) -> Result<Page, StoreError> {
    let place = place(&reader, cursor);
    if !place.is_pass
        && let Some(page) = follow(store, &reader, place).await?
    {
        return Ok(page);
    }
    let place = if place.is_pass { place } else { beginning(&reader) };
    let (filling, read_to) = pass::fill(store, &reader, place).await?;
    Ok(close(&reader, place, filling, read_to))
}

fn place(reader: &Reader<'_>, cursor: Cursor) -> Place {
    let Reader { rights, log, .. } = *reader;
    let pass_until = cursor.rights >> RIGHTS_BITS;
    // A device that has read nothing, or reads everything again, gets whole records up to where the
    // log ends now. Going on to the end of its first pass would put the rest out of its sight.
    let has_read = cursor.log == log.log && (1..=log.head).contains(&cursor.sequence);
    if !has_read || low(cursor.rights) != low(rights) {
        return beginning(reader);
    }
    let is_pass = cursor.sequence < pass_until;
    if is_pass && pass_until > log.head {
        // The order of a pass is that of a log that ended there.
        return beginning(reader);
    }
    let until = if is_pass { pass_until } else { log.head };
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

/// Reads the page that follows in the log; `None` if only a pass from the beginning can go on.
async fn follow(
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
            match filling.take(store, reader.caller, place.start, row).await? {
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
    let (entries, makers, more) = (filling.entries, Vec::new(), read_to < until);
    Page { entries, after, cursor, more, from_start, makers }
}
