//! Reading the log for one caller: pages of what he may see, after his cursor.
//!
//! A cursor of another log or of other rights is answered from the beginning,
//! with `from_start` on every page of that *pass*; what the pass does not bring
//! is out of the caller's sight. A pass brings whole records, the one changed
//! last first ([`pass`]), so that a new device is of use long before everything
//! has come. It covers the log as far as it went when the pass began. That end
//! stands in the cursor's `rights`, above [`RIGHTS_BITS`], so a pass goes on
//! after a broken line and needs no memory here.
//!
//! A record that comes into sight is brought with its past, however long that
//! is. How much of it has come stands in the cursor's `sequence`, below
//! [`PART_BITS`]: so it goes on by the same means, page by page.

mod filling;
mod pass;
#[cfg(test)]
mod reveal_tests;
#[cfg(test)]
mod tests;

use talkoot_core::access::Caller;
use talkoot_core::limits::REPLY_BYTES_SOFT_MAX;
use talkoot_core::sync::message::{Cursor, Page};

use self::filling::{Filling, Past, Step};
pub use self::pass::Orders;
use crate::store::{ChangeStore, LogState, StoreError};

/// Bits of a cursor's rights that hold the number of the rights: a million changes of role.
const RIGHTS_BITS: u32 = 20;
/// Bits of a cursor's sequence for what has come of the record that the next entry reveals, in
/// entries. Above them stands the entry that was read last: a log of four thousand million.
const PART_BITS: u32 = 32;
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
    /// How many entries have come of the record that the next entry reveals.
    part: u64,
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
    if !place.is_pass {
        return follow(store, &reader, place).await;
    }
    let (filling, read_to) = pass::fill(store, &reader, place).await?;
    Ok(close(&reader, place, filling, reached(read_to)))
}

fn place(reader: &Reader<'_>, cursor: Cursor) -> Place {
    let Reader { rights, log, .. } = *reader;
    let pass_until = cursor.rights >> RIGHTS_BITS;
    let start = cursor.sequence >> PART_BITS;
    // A device that has read nothing, or reads everything again, gets whole records up to where the
    // log ends now. Going on to the end of its first pass would put the rest out of its sight.
    let has_read = cursor.log == log.log && (1..=log.head).contains(&start);
    if !has_read || low(cursor.rights) != low(rights) {
        return beginning(reader);
    }
    let is_pass = start < pass_until;
    if is_pass && pass_until > log.head {
        // The order of a pass is that of a log that ended there.
        return beginning(reader);
    }
    let until = if is_pass { pass_until } else { log.head };
    let part = if is_pass { 0 } else { cursor.sequence & ((1 << PART_BITS) - 1) };
    Place { start, part, until, is_pass, mark: cursor.rights }
}

/// Gives the sequence of a cursor that has read up to an entry, and nothing of the next.
pub fn reached(entry: u64) -> u64 {
    entry << PART_BITS
}

fn beginning(reader: &Reader<'_>) -> Place {
    let until = reader.log.head;
    let mark = low(reader.rights) | until << RIGHTS_BITS;
    Place { start: 0, part: 0, until, is_pass: true, mark }
}

/// Gives the number of the rights without what a pass carries beside it.
fn low(rights: u64) -> u64 {
    rights & ((1 << RIGHTS_BITS) - 1)
}

/// Reads the page that follows in the log.
async fn follow(
    store: &dyn ChangeStore,
    reader: &Reader<'_>,
    place: Place,
) -> Result<Page, StoreError> {
    let mut filling = Filling::default();
    let (mut read_to, mut part) = (place.start, place.part);
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
            let behind = Past { until: place.start, skip: part };
            match filling.take(store, reader.caller, behind, row).await? {
                Step::Taken => (read_to, part) = (sequence, 0),
                Step::Part(entries) => {
                    part = entries;
                    break 'page;
                }
                Step::Full => break 'page,
            }
        }
        if !any || filling.is_full() {
            break;
        }
    }
    Ok(close(reader, place, filling, reached(read_to) | part))
}

fn close(reader: &Reader<'_>, place: Place, filling: Filling, sequence: u64) -> Page {
    let Place { start, part, until, is_pass: from_start, mark: rights } = place;
    let cursor = Cursor { sequence, log: reader.log.log, rights };
    let more = sequence < reached(until);
    let (entries, after) = (filling.entries, reached(start) | part);
    Page { entries, after, cursor, more, from_start, makers: Vec::new() }
}
