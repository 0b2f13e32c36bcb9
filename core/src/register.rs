//! A multi-value register: writes that did not know each other both stay.
//!
//! A write lists the writes it replaces. Whatever nobody replaced is alive; the
//! latest of those shows, the others wait for a person where the field asks.
//! Applying is total and does not depend on the order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use crate::id::{AccountId, ChangeId};
use crate::stamp::Stamp;

/// One live write: what was written, when and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Write<T> {
    #[n(0)]
    pub value: T,
    #[n(1)]
    pub stamp: Stamp,
    #[n(2)]
    pub author: AccountId,
}

/// Every live write of one field.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Register<T> {
    #[n(0)]
    writes: BTreeMap<ChangeId, Write<T>>,
    /// Replaced before they arrived: they are dead on arrival.
    #[n(1)]
    replaced_ahead: BTreeSet<ChangeId>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { writes: BTreeMap::new(), replaced_ahead: BTreeSet::new() }
    }
}

impl<T> Register<T> {
    /// Takes in a write and kills the writes it replaces.
    ///
    /// Call it once for each change; the record's frontier sees to that.
    pub fn apply(&mut self, id: ChangeId, write: Write<T>, replaces: &[ChangeId]) {
        self.retire(id, replaces);
        // It stays dead until `tidy`: a change may write here twice, and dies whole.
        if !self.replaced_ahead.contains(&id) {
            self.writes.insert(id, write);
        }
    }

    /// Kills writes without writing anything (a removal). `by` never kills itself.
    pub fn retire(&mut self, by: ChangeId, replaces: &[ChangeId]) {
        for dead in replaces.iter().filter(|dead| **dead != by) {
            if self.writes.remove(dead).is_none() {
                self.replaced_ahead.insert(*dead);
            }
        }
    }

    /// Forgets the dead that have already come: `has_come` knows the frontier.
    ///
    /// Keeps two replicas with the same changes equal to the byte.
    pub fn tidy(&mut self, has_come: impl Fn(ChangeId) -> bool) {
        self.replaced_ahead.retain(|id| !has_come(*id));
    }

    /// Gives the write that shows: the latest, ties broken by identity.
    pub fn shown(&self) -> Option<&Write<T>> {
        self.writes.iter().max_by_key(|(id, write)| (write.stamp, **id)).map(|(_, write)| write)
    }

    /// Gives the value that shows.
    pub fn value(&self) -> Option<&T> {
        self.shown().map(|write| &write.value)
    }

    /// Lists the live writes, the one that shows first.
    pub fn live(&self) -> Vec<(ChangeId, &Write<T>)> {
        let mut live: Vec<_> = self.writes.iter().map(|(id, write)| (*id, write)).collect();
        live.sort_by_key(|(id, write)| std::cmp::Reverse((write.stamp, *id)));
        live
    }

    /// Lists what a new write made here replaces: everything that is alive.
    pub fn replaces(&self) -> Vec<ChangeId> {
        self.writes.keys().copied().collect()
    }

    /// Says whether nothing is alive.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }
}

impl<T: PartialEq> Register<T> {
    /// Says whether the live writes disagree; equal values are no question.
    pub fn disagrees(&self) -> bool {
        let mut values = self.writes.values().map(|write| &write.value);
        values.next().is_some_and(|first| values.any(|other| other != first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplicaId;
    use proptest::prelude::*;

    type Step = (ChangeId, Write<u8>, Vec<ChangeId>);

    fn id(replica: u8, counter: u64) -> ChangeId {
        ChangeId { replica: ReplicaId([replica; 16]), counter }
    }

    /// A history in which each write replaces some of what came before it anywhere.
    fn history() -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec((0..3_u8, 0..9_u64, any::<u8>(), any::<u16>()), 1..12).prop_map(
            |rows| {
                let mut counters = [0_u64; 3];
                let mut steps: Vec<Step> = Vec::new();
                for (replica, wall_ms, value, mask) in rows {
                    counters[usize::from(replica)] += 1;
                    let replaces = steps.iter().enumerate();
                    let replaces = replaces.filter(|(at, _)| mask >> at & 1 == 1);
                    let replaces = replaces.map(|(_, step)| step.0).collect();
                    let stamp = Stamp { wall_ms, tick: 0 };
                    let write = Write { value, stamp, author: AccountId([replica; 16]) };
                    steps.push((id(replica, counters[usize::from(replica)]), write, replaces));
                }
                steps
            },
        )
    }

    fn fold<'a>(steps: impl Iterator<Item = &'a Step>) -> Register<u8> {
        let mut register = Register::default();
        for (id, write, replaces) in steps {
            register.apply(*id, write.clone(), replaces);
        }
        register
    }

    proptest! {
        #[test]
        fn f2_a_register_forgets_in_which_order_writes_came(
            steps in history(), order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let shuffled = order.iter().filter_map(|at| steps.get(*at));
            let (mut one, mut other) = (fold(steps.iter()), fold(shuffled));
            one.tidy(|_| true);
            other.tidy(|_| true);
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn f2_a_change_that_writes_twice_dies_whole() {
        let write = |value| Write {
            value,
            stamp: Stamp { wall_ms: 1, tick: 0 },
            author: AccountId([0; 16]),
        };
        let twice = [(id(1, 1), write(1), vec![]), (id(1, 1), write(2), vec![])];
        let death = [(id(2, 1), write(3), vec![id(1, 1)])];
        let (mut one, mut other) =
            (fold(twice.iter().chain(&death)), fold(death.iter().chain(&twice)));
        one.tidy(|_| true);
        other.tidy(|_| true);
        assert_eq!(one, other);
    }

    #[test]
    fn f3_two_writes_that_did_not_know_each_other_both_stay() {
        let write = |value, wall_ms| Write {
            value,
            stamp: Stamp { wall_ms, tick: 0 },
            author: AccountId([0; 16]),
        };
        let mut register = Register::default();
        register.apply(id(1, 1), write(6, 10), &[]);
        register.apply(id(2, 1), write(8, 20), &[]);
        assert_eq!((register.value(), register.disagrees()), (Some(&8), true));
        let settled = register.replaces();
        register.apply(id(1, 2), write(6, 5), &settled);
        assert_eq!((register.value(), register.disagrees()), (Some(&6), false));
    }
}
