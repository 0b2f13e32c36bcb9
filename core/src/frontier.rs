//! What was known of a record: for each replica the last of its changes that had come.
//!
//! A replica's changes on a record follow each other without a gap ([`crate::change::Change`]
//! names the one before it), so its last one says that all before it are known too. A version,
//! what somebody knew who put a record into the bin, what a copy received: all are frontiers.
//!
//! Frontiers are joined: of two, what either knows. A replica with nothing known of it and one
//! with the counter 0 are the same to everything here but the bytes.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::id::{ChangeId, ReplicaId};

/// The newest change known of each replica.
///
/// Its order and its hash mean nothing; values that hold one are sorted by them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Frontier(#[n(0)] BTreeMap<ReplicaId, u64>);

impl Frontier {
    /// Starts with nothing known.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Knows one change, and with it those of its replica before it.
    pub fn at(id: ChangeId) -> Self {
        Self::from([(id.replica, id.counter)])
    }

    /// Gives the counter of the last change known of a replica; 0 if there is none.
    pub fn last(&self, replica: ReplicaId) -> u64 {
        self.0.get(&replica).copied().unwrap_or(0)
    }

    /// Says whether a change is known.
    pub fn knows(&self, id: ChangeId) -> bool {
        self.last(id.replica) >= id.counter
    }

    /// Says whether everything that another knows is known here too.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|(replica, counter)| self.last(*replica) >= *counter)
    }

    /// Takes in a change, and those of its replica before it.
    pub fn note(&mut self, id: ChangeId) {
        let last = self.0.entry(id.replica).or_insert(0);
        *last = id.counter.max(*last);
    }

    /// Forgets a change, and those of its replica after it.
    pub fn end_before(&mut self, id: ChangeId) {
        if self.knows(id) {
            self.0.remove(&id.replica);
            if let Some(before) = id.counter.checked_sub(1).filter(|before| *before > 0) {
                self.note(ChangeId { counter: before, ..id });
            }
        }
    }

    /// Takes in everything that another knows.
    pub fn join(&mut self, other: &Self) {
        other.ends().for_each(|id| self.note(id));
    }

    /// Lists the last change known of each replica.
    pub fn ends(&self) -> impl Iterator<Item = ChangeId> {
        self.0.iter().map(|(replica, counter)| ChangeId { replica: *replica, counter: *counter })
    }

    /// Counts the replicas of which something is known.
    pub fn replicas(&self) -> usize {
        self.0.len()
    }
}

impl FromIterator<(ReplicaId, u64)> for Frontier {
    fn from_iter<I: IntoIterator<Item = (ReplicaId, u64)>>(ends: I) -> Self {
        Self(ends.into_iter().collect())
    }
}

impl<const N: usize> From<[(ReplicaId, u64); N]> for Frontier {
    fn from(ends: [(ReplicaId, u64); N]) -> Self {
        Self(ends.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codec;

    fn any() -> impl Strategy<Value = Frontier> {
        let ends = prop::collection::btree_map(0..4_u8, 1..5_u64, 0..4);
        ends.prop_map(|ends| ends.into_iter().map(|(of, at)| (ReplicaId([of; 16]), at)).collect())
    }

    fn joined(one: &Frontier, other: &Frontier) -> Frontier {
        let mut joined = one.clone();
        joined.join(other);
        joined
    }

    proptest! {
        #[test]
        fn f38_joining_forgets_order_and_repetition(one in any(), two in any(), three in any()) {
            prop_assert_eq!(joined(&one, &one), one.clone());
            prop_assert_eq!(joined(&one, &two), joined(&two, &one));
            let (left, right) = (joined(&joined(&one, &two), &three), joined(&two, &three));
            prop_assert_eq!(left, joined(&one, &right));
        }

        #[test]
        fn f38_what_is_joined_covers_both_and_nothing_more(one in any(), two in any()) {
            let both = joined(&one, &two);
            prop_assert!(both.covers(&one) && both.covers(&two));
            prop_assert!(both.ends().all(|id| one.knows(id) || two.knows(id)));
            prop_assert_eq!(one.covers(&two), both == one);
            prop_assert_eq!(one.covers(&two), two.ends().all(|id| one.knows(id)));
            prop_assert_eq!(one.covers(&two) && two.covers(&one), one == two);
        }

        #[test]
        fn f38_its_bytes_are_those_of_a_map_and_come_back(frontier in any()) {
            let map: BTreeMap<ReplicaId, u64> =
                frontier.ends().map(|id| (id.replica, id.counter)).collect();
            let bytes = codec::encode(&frontier);
            prop_assert_eq!(&bytes, &codec::encode(&map));
            prop_assert_eq!(codec::decode(&bytes, usize::MAX), Ok(frontier));
        }
    }
}
