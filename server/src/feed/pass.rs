//! A pass from the beginning: every record in sight, whole, the one changed last first.
//!
//! The order is that of the log as it was when the pass began, so it never
//! changes, and a number says how far a pass has come: how many entries lie
//! before, counted record by record. A record is cut only where it is more than
//! a page holds; its rest opens the next page.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use talkoot_core::id::RecordId;
use talkoot_core::limits::REPLY_BYTES_SOFT_MAX;

use super::filling::Filling;
use super::{Place, READS_MAX, Reader};
use crate::store::{ChangeStore, Span, StoreError};

/// Orders that are kept: devices that begin together read by the same one.
const ORDERS_MAX: usize = 4;
/// Records that one read asks for: a page of short ones.
const RECORDS_MAX: usize = 256;

/// The orders of the passes that began last.
#[derive(Debug, Default)]
pub struct Orders(Mutex<VecDeque<(u64, Arc<Order>)>>);

/// The records of a log that ended somewhere, each with how many entries of a pass end with it.
#[derive(Debug)]
struct Order(Vec<(RecordId, u64)>);

impl Orders {
    async fn get(&self, store: &dyn ChangeStore, until: u64) -> Result<Arc<Order>, StoreError> {
        if let Some(order) = self.kept(|kept| {
            let found = kept.iter().find(|(end, _)| *end == until);
            found.map(|(_, order)| Arc::clone(order))
        }) {
            return Ok(order);
        }
        let order = Arc::new(Order::new(store.latest_first(until).await?));
        self.kept(|kept| {
            kept.push_back((until, Arc::clone(&order)));
            kept.drain(..kept.len().saturating_sub(ORDERS_MAX));
        });
        Ok(order)
    }

    /// A panic elsewhere leaves the list whole: each of its steps is one call.
    fn kept<T>(&self, look: impl FnOnce(&mut VecDeque<(u64, Arc<Order>)>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Order {
    fn new(records: Vec<(RecordId, u64)>) -> Self {
        let sum = |end: &mut u64, (record, entries): (RecordId, u64)| {
            *end = end.saturating_add(entries);
            Some((record, *end))
        };
        Self(records.into_iter().scan(0, sum).collect())
    }

    /// Lists the records that follow a place of the pass; of the first, what lies before it is
    /// left out.
    fn after(&self, place: u64) -> Vec<Span> {
        let first = self.0.partition_point(|(_, end)| *end <= place);
        let begin = first.checked_sub(1).and_then(|before| self.0.get(before));
        let mut skip = place.saturating_sub(begin.map_or(0, |(_, end)| *end));
        let spans = self.0.iter().skip(first).take(RECORDS_MAX);
        spans.map(|(record, _)| Span { record: *record, skip: std::mem::take(&mut skip) }).collect()
    }
}

/// Fills a page of a pass, and says how far it has come.
pub(super) async fn fill(
    store: &dyn ChangeStore,
    reader: &Reader<'_>,
    place: Place,
) -> Result<(Filling, u64), StoreError> {
    let order = reader.orders.get(store, place.until).await?;
    let (mut filling, mut read_to) = (Filling::default(), place.start);
    for _ in 0..READS_MAX {
        if filling.is_full() {
            break;
        }
        let spans = order.after(read_to);
        if spans.is_empty() {
            read_to = place.until;
            break;
        }
        for row in store.read_spans(spans, place.until, REPLY_BYTES_SOFT_MAX).await? {
            if filling.is_full() {
                break;
            }
            filling.take_of_pass(reader.caller, row);
            read_to = read_to.saturating_add(1);
        }
    }
    Ok((filling, read_to))
}
