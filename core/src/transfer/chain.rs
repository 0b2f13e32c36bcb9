//! Chains: what a maker took back is passed over by what the same device made afterwards.
//!
//! A device names its change before on the same record. Where one was refused, its maker sets
//! it aside, and the next names the one before that: two changes of one device would follow the
//! same one. Over the line only one of them is ever let in; a stick may have carried the other
//! before. Which of them lives is asked here, of all that is held, so that the order in which
//! they came does not matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Change;
use crate::id::{ChangeId, ReplicaId};

/// A change's place among those of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: ChangeId,
    pub previous: u64,
    /// Whether the server is known to have it: that cannot be taken back.
    pub is_in_log: bool,
}

impl Link {
    /// Describes a change.
    pub fn of(change: &Change, is_in_log: bool) -> Self {
        Self { id: change.id, previous: change.previous, is_in_log }
    }
}

/// Gives the changes of a record that were taken back by their makers, or that the log has passed
/// over (rule J16). Where nobody took anything back, nothing.
pub fn withdrawn(links: impl IntoIterator<Item = Link>) -> BTreeSet<ChangeId> {
    let mut chains: BTreeMap<ReplicaId, BTreeMap<u64, Link>> = BTreeMap::new();
    for link in links {
        let chain = chains.entry(link.id.replica).or_default();
        let known = chain.entry(link.id.counter).or_insert(link);
        known.is_in_log |= link.is_in_log;
    }
    chains.into_values().flat_map(|chain| withdrawn_of(&chain)).collect()
}

/// The log decides; beside it, what was made later passes over what it does not follow.
fn withdrawn_of(chain: &BTreeMap<u64, Link>) -> BTreeSet<ChangeId> {
    let mut gone = BTreeSet::new();
    let mut in_log = 0;
    for link in chain.values() {
        if link.is_in_log {
            in_log = link.id.counter;
        } else if link.previous < in_log {
            gone.insert(link.id);
        }
    }
    let mut follows = u64::MAX;
    for link in chain.values().rev() {
        if link.id.counter > follows && !link.is_in_log {
            gone.insert(link.id);
        }
        if !gone.contains(&link.id) {
            follows = follows.min(link.previous);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAKER: ReplicaId = ReplicaId([1; 16]);

    /// Each change as its number, the one it follows, and whether the log has it.
    fn gone(links: &[(u64, u64, bool)]) -> Vec<u64> {
        let link = |(counter, previous, is_in_log): &(u64, u64, bool)| Link {
            id: ChangeId { replica: MAKER, counter: *counter },
            previous: *previous,
            is_in_log: *is_in_log,
        };
        let gone = withdrawn(links.iter().rev().map(link));
        gone.into_iter().map(|id| id.counter).collect()
    }

    #[test]
    fn j16_what_a_maker_took_back_is_passed_over_by_what_came_after() {
        assert_eq!(gone(&[(1, 0, true), (4, 1, true), (5, 4, false), (9, 5, false)]), [0; 0]);
        assert_eq!(gone(&[(4, 0, true), (5, 4, false), (6, 4, false)]), [5], "made later");
        assert_eq!(gone(&[(4, 0, true), (5, 4, false), (7, 5, false), (8, 4, true)]), [5, 7]);
        assert_eq!(
            gone(&[(4, 0, true), (5, 4, true), (6, 4, false)]),
            [6],
            "the log has the other"
        );
        assert_eq!(gone(&[(5, 4, false), (8, 7, false)]), [0; 0], "what lies between has not come");
        assert_eq!(gone(&[(5, 4, false), (6, 4, false), (7, 5, true)]), [6]);
    }
}
