//! The history of a record: the versions that it went through, and going back to one of them.
//!
//! A version is where somebody left the record: what one person wrote in one sitting, or one step
//! of another kind (published, received, restored …). It names what was known then, so that
//! [`crate::adopt::as_known`] folds the record as it was. Nothing here removes anything: going
//! back ([`restoring`], [`taking_back`]) writes, and what it writes is the newest version.
//!
//! Who may look and what a step is called on a screen are questions for others.

#[cfg(test)]
mod laws;
mod line;
mod restore;
mod step;

pub use restore::{Difference, differences, restorable, restoring, taking_back};
pub use step::Step;

use crate::change::{Change, Frontier};
use crate::id::{AccountId, RecordId, ReplicaId};
use crate::record::Record;

/// How long a person may pause and still be at it, in milliseconds (30 minutes).
pub const SITTING_GAP_MAX_MS: u64 = 30 * 60_000;

/// Where somebody left a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What was known of the record then.
    pub until: Frontier,
    /// When its last change was made, in milliseconds since 1970: what its maker's device
    /// believed, but never later than what builds on it.
    pub at_ms: u64,
    pub author: AccountId,
    /// The device of its last change.
    pub replica: ReplicaId,
    pub step: Step,
    /// How many changes it has.
    pub changes: usize,
}

/// Lists the versions of a record, the oldest first, whatever the order of its changes
/// (rules F20, F21). A change that waits for another is in none.
pub fn versions(record: RecordId, changes: &[Change]) -> Vec<Version> {
    let mut folded = Record::new(record);
    let mut found: Vec<Version> = Vec::new();
    let mut waiting: Vec<(&Change, u64)> = Vec::new();
    for placed in line::in_order(changes) {
        folded.apply(placed.0);
        waiting.push(placed);
        let (come, left) = waiting.into_iter().partition(|(change, _)| folded.knows(change.id));
        waiting = left;
        for (change, at_ms) in come {
            take(&mut found, change, at_ms, &folded);
        }
    }
    found
}

/// Adds a change to the version that it belongs to, or begins one with it.
fn take(found: &mut Vec<Version>, change: &Change, at_ms: u64, folded: &Record) {
    let step = Step::of(change, folded);
    let (until, replica) = (folded.frontier.clone(), change.id.replica);
    match found.last_mut() {
        Some(last) if goes_on(last, change, at_ms, &step) => {
            (last.until, last.at_ms, last.replica) = (until, at_ms, replica);
            last.changes = last.changes.saturating_add(1);
        }
        Some(_) | None => {
            found.push(Version { until, at_ms, author: change.author, replica, step, changes: 1 });
        }
    }
}

/// Says whether a change belongs to the sitting that a version came from.
fn goes_on(last: &Version, change: &Change, at_ms: u64, step: &Step) -> bool {
    let is_near = at_ms.saturating_sub(last.at_ms) < SITTING_GAP_MAX_MS;
    is_near && last.author == change.author && last.step.goes_on_with(step)
}
