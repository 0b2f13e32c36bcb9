//! The readings that were asked for lately, up to a weight.

use std::collections::HashMap;
use std::sync::Arc;

use talkoot_core::id::RecordId;

use super::Folded;

/// What all kept readings may weigh, in bytes: folding a page anew takes some twenty milliseconds,
/// so a server keeps only what is read again and again.
const WEIGHT_MAX: usize = 4 * 1_048_576;
/// What a reading weighs beside the bytes of its changes: mostly small maps.
const ENTRY_WEIGHT: usize = 8_192;

/// Keeps the readings used last.
#[derive(Debug, Default)]
pub(super) struct Cache {
    readings: HashMap<RecordId, Kept>,
    weight: usize,
    clock: u64,
}

#[derive(Debug)]
struct Kept {
    used: u64,
    changed: u64,
    weight: usize,
    reading: Arc<Folded>,
}

impl Cache {
    /// Gives the reading of a record whose last sequence is `changed`.
    pub(super) fn get(&mut self, record: RecordId, changed: u64) -> Option<Arc<Folded>> {
        self.clock = self.clock.saturating_add(1);
        let kept = self.readings.get_mut(&record).filter(|kept| kept.changed == changed)?;
        kept.used = self.clock;
        Some(Arc::clone(&kept.reading))
    }

    /// Keeps a reading, unless a newer one of the record is here.
    pub(super) fn put(
        &mut self,
        record: RecordId,
        changed: u64,
        reading: Arc<Folded>,
        weight: usize,
    ) {
        if self.readings.get(&record).is_some_and(|kept| kept.changed > changed) {
            return;
        }
        self.clock = self.clock.saturating_add(1);
        let weight = weight.saturating_add(ENTRY_WEIGHT);
        let kept = Kept { used: self.clock, changed, weight, reading };
        let before = self.readings.insert(record, kept).map_or(0, |kept| kept.weight);
        self.weight = self.weight.saturating_sub(before).saturating_add(weight);
        while self.weight > WEIGHT_MAX && !self.readings.is_empty() {
            self.drop_oldest_quarter();
        }
    }

    /// Drops many at once, so that finding the oldest costs little for each.
    fn drop_oldest_quarter(&mut self) {
        let mut uses: Vec<u64> = self.readings.values().map(|kept| kept.used).collect();
        uses.sort_unstable();
        let last_to_go = uses.get(uses.len() / 4).copied().unwrap_or(u64::MAX);
        self.readings.retain(|_, kept| kept.used > last_to_go);
        self.weight = self.readings.values().map(|kept| kept.weight).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;
    use crate::store::StoredChange;
    use crate::store::sample::Maker;
    use talkoot_core::change::Op;
    use talkoot_core::schema::Kind;

    fn reading(record: RecordId) -> Arc<Folded> {
        let create = vec![Op::Create { kind: Kind::Document }];
        let (change, signed) = Maker::new(1).change(record, create);
        let (id, author) = (change.id, change.author);
        let stored = StoredChange { id, record, author, arrived_ms: 0, signed };
        Arc::new(fold(record, &[stored]).unwrap())
    }

    #[test]
    fn d9_the_cache_stays_bounded_and_never_gives_an_older_reading() {
        let mut cache = Cache::default();
        let (busy, weight) = (RecordId([255; 16]), WEIGHT_MAX / 40);
        cache.put(busy, 7, reading(busy), weight);
        for number in 0..200_u8 {
            let record = RecordId([number; 16]);
            cache.put(record, 1, reading(record), weight);
            assert!(cache.get(busy, 7).is_some(), "the one in use stays");
            assert!(cache.weight <= WEIGHT_MAX && cache.readings.len() <= 40);
        }
        assert!(cache.get(RecordId([0; 16]), 1).is_none());
        assert!(cache.get(busy, 8).is_none(), "it has changed meanwhile");
        cache.put(busy, 6, reading(busy), weight);
        assert!(cache.get(busy, 7).is_some(), "a slow fold does not undo a later one");
        cache.put(busy, 9, reading(busy), 2 * WEIGHT_MAX);
        assert_eq!((cache.readings.len(), cache.weight), (0, 0), "too large to be kept");
    }
}
