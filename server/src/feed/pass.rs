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

/// Orders that are kept of each kind: devices that begin together read by the same one.
const ORDERS_MAX: usize = 4;
/// Records that one read asks for: a page of short ones.
const RECORDS_MAX: usize = 256;

/// The orders of the passes that began last.
///
/// Where a pass ends is said by whoever goes on with it. So an order that was
/// asked for later takes no place of one that began here, and one at a time is
/// read from the log.
#[derive(Debug, Default)]
pub struct Orders {
    kept: Mutex<Kept>,
    resuming: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    begun: VecDeque<(u64, Arc<Order>)>,
    resumed: VecDeque<(u64, Arc<Order>)>,
}

/// The records of a log that ended somewhere, each with how many entries of a pass end with it.
#[derive(Debug)]
struct Order(Vec<(RecordId, u64)>);

impl Orders {
    async fn get(
        &self,
        store: &dyn ChangeStore,
        until: u64,
        head: u64,
    ) -> Result<Arc<Order>, StoreError> {
        if let Some(order) = self.find(until) {
            return Ok(order);
        }
        let begins = until == head;
        let alone = if begins { None } else { Some(self.resuming.lock().await) };
        // Whoever was waited for may have read the same one.
        if let Some(order) = self.find(until) {
            return Ok(order);
        }
        let order = Arc::new(Order::new(store.latest_first(until).await?));
        self.kept(|Kept { begun, resumed }| {
            let kept = if begins { begun } else { resumed };
            kept.push_back((until, Arc::clone(&order)));
            kept.drain(..kept.len().saturating_sub(ORDERS_MAX));
        });
        drop(alone);
        Ok(order)
    }

    fn find(&self, until: u64) -> Option<Arc<Order>> {
        self.kept(|Kept { begun, resumed }| {
            let mut all = begun.iter().chain(resumed.iter());
            all.find(|(end, _)| *end == until).map(|(_, order)| Arc::clone(order))
        })
    }

    /// A panic elsewhere leaves the list whole: each of its steps is one call.
    fn kept<T>(&self, look: impl FnOnce(&mut Kept) -> T) -> T {
        look(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
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
    let order = reader.orders.get(store, place.until, reader.log.head).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::SqliteStore;

    #[tokio::test]
    async fn n40_orders_that_somebody_makes_up_take_no_place_of_those_that_began() {
        let (store, orders) = (SqliteStore::in_memory().unwrap(), Orders::default());
        let begun = orders.get(&store, 1_000, 1_000).await.unwrap();
        for made_up in 0..100 {
            orders.get(&store, made_up, 1_001).await.unwrap();
        }
        let found = orders.get(&store, 1_000, 1_001).await.unwrap();
        assert!(Arc::ptr_eq(&begun, &found), "it was read again");
        assert_eq!(orders.kept(|kept| kept.begun.len() + kept.resumed.len()), 1 + ORDERS_MAX);
    }
}
