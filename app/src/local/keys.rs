//! How keys are written: fixed-width bytes, so that their order is the order meant.

use talkoot_core::id::{ChangeId, RecordId};

/// Where a record's changes begin.
pub(super) const ARRIVAL_MIN: u64 = 0;
/// Where they end.
pub(super) const ARRIVAL_MAX: u64 = u64::MAX;

/// Gives the key of a change: its record, then the order in which it came here.
pub(super) fn change(record: RecordId, arrival: u64) -> [u8; 24] {
    joined(&record.0, arrival)
}

/// Gives the key of an outbox entry: the counter of its change, oldest first.
pub(super) fn counter(counter: u64) -> [u8; 8] {
    counter.to_be_bytes()
}

/// Gives the key of a change by its identity.
pub(super) fn identity(id: ChangeId) -> [u8; 24] {
    joined(&id.replica.0, id.counter)
}

/// Gives the key of the blob that holds a record's summary.
///
/// Names are random, so their first byte spreads 10,000 summaries over 256 blobs:
/// few enough to read at once, small enough to write one again.
pub(super) fn shard(record: RecordId) -> [u8; 1] {
    let [first, ..] = record.0;
    [first]
}

/// Reads the counter out of the key of a waiting change.
pub(super) fn counter_of(key: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(*key.first_chunk()?))
}

/// Reads the record out of the key of a change.
pub(super) fn record_of(key: &[u8]) -> Option<RecordId> {
    Some(RecordId(*key.first_chunk()?))
}

fn joined(name: &[u8; 16], number: u64) -> [u8; 24] {
    let mut key = [0; 24];
    let number = number.to_be_bytes();
    for (to, from) in key.iter_mut().zip(name.iter().chain(&number)) {
        *to = *from;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l1_keys_sort_by_record_and_then_by_arrival() {
        let (one, other) = (RecordId([1; 16]), RecordId([2; 16]));
        assert!(change(one, 255) < change(one, 256));
        assert!(change(one, ARRIVAL_MAX) < change(other, ARRIVAL_MIN));
    }
}
