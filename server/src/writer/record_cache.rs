//! The folded records that were judged lately, so that a busy one is not folded again.

use std::collections::HashMap;

use talkoot_core::id::RecordId;
use talkoot_core::record::Record;

/// Records kept; a folded record without its words takes a few kilobytes.
const RECORDS_MAX: usize = 1_024;

/// Keeps the records used last.
#[derive(Debug, Default)]
pub(super) struct RecordCache {
    records: HashMap<RecordId, Kept>,
    clock: u64,
}

#[derive(Debug)]
struct Kept {
    used: u64,
    record: Record,
}

impl RecordCache {
    pub(super) fn get(&mut self, id: RecordId) -> Option<&mut Record> {
        self.clock = self.clock.saturating_add(1);
        let kept = self.records.get_mut(&id)?;
        kept.used = self.clock;
        Some(&mut kept.record)
    }

    pub(super) fn put(&mut self, record: Record) {
        self.clock = self.clock.saturating_add(1);
        self.records.insert(record.id, Kept { used: self.clock, record });
        if self.records.len() > RECORDS_MAX {
            self.drop_oldest_quarter();
        }
    }

    pub(super) fn forget(&mut self, ids: &[RecordId]) {
        for id in ids {
            self.records.remove(id);
        }
    }

    pub(super) fn clear(&mut self) {
        self.records.clear();
    }

    /// Drops many at once, so that finding the oldest costs little for each.
    fn drop_oldest_quarter(&mut self) {
        let mut uses: Vec<u64> = self.records.values().map(|kept| kept.used).collect();
        uses.sort_unstable();
        let oldest_kept = uses.get(uses.len() / 4).copied().unwrap_or(0);
        self.records.retain(|_, kept| kept.used >= oldest_kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w2_the_cache_stays_bounded_and_keeps_what_was_used_last() {
        let id = |number: u64| {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            RecordId(bytes)
        };
        let mut cache = RecordCache::default();
        for number in 0..5_000 {
            cache.put(Record::new(id(number)));
            assert!(cache.get(id(0)).is_some(), "the one in use stays");
            assert!(cache.records.len() <= RECORDS_MAX);
        }
        assert!(cache.get(id(1)).is_none());
    }
}
