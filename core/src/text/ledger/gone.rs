//! What was deleted, as the ledger of a reloaded document would know it.
//!
//! yrs collects what lay in a deleted element: of that, only the length is
//! left in the state. A document that saw the deletion happen and one that was
//! loaded after it must judge alike, so the first forgets what the second
//! cannot know. It does so when an update is about to be refused, because only
//! a liar's update ever depends on it.

use std::collections::BTreeMap;

use super::super::prescan::StructId;
use super::place::Place;
use super::{Ledger, Run};

/// The deleted clocks of each client, as rising ranges `from..until`.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Deleted(BTreeMap<u64, Vec<(u32, u32)>>);

impl Deleted {
    /// Notes a range; ranges of a client come rising.
    pub(in super::super) fn add(&mut self, client: u64, from: u32, until: u32) {
        self.0.entry(client).or_default().push((from, until));
    }

    fn holds(&self, id: StructId) -> bool {
        self.range_after(id).is_some_and(|(from, _)| from <= id.clock)
    }

    /// Gives the first range that ends after an element.
    fn range_after(&self, id: StructId) -> Option<(u32, u32)> {
        let ranges = self.0.get(&id.client)?;
        let at = ranges.partition_point(|(_, until)| *until <= id.clock);
        ranges.get(at).copied()
    }

    /// Tells whether an element is deleted, and how many of it and its followers are alike.
    fn alike(&self, id: StructId, len: u32) -> (bool, u32) {
        match self.range_after(id) {
            Some((from, until)) if from <= id.clock => (true, len.min(until - id.clock)),
            Some((from, _)) => (false, len.min(from - id.clock)),
            None => (false, len),
        }
    }
}

impl Ledger {
    /// Forgets of the deleted what a reloaded document does not know.
    pub(in super::super) fn forget(&mut self, deleted: &Deleted) {
        self.branches.retain(|id, _| !deleted.holds(*id));
        for (id, run) in std::mem::take(&mut self.runs) {
            let mut at = id;
            let mut left = run.len;
            while left > 0 {
                let (is_deleted, len) = deleted.alike(at, left);
                let parent = match &run.place {
                    Place::Inside { id } | Place::Attribute { of: id, .. } => Some(*id),
                    Place::Field { .. } | Place::Entry { .. } | Place::Nowhere => None,
                };
                let is_collected = is_deleted && parent.is_some_and(|it| deleted.holds(it));
                let place = if is_collected { Place::Nowhere } else { run.place.clone() };
                self.lay(at, Run { len, place, gone: run.gone || is_deleted });
                at.clock = at.clock.saturating_add(len);
                left = left.saturating_sub(len);
            }
        }
    }
}
