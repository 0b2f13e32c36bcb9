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
mod names;
mod restore;
mod step;

pub use names::{VersionName, naming, version_names};
pub use restore::{Difference, Part, differences, restorable, restoring, taking_back};
pub use step::Step;

use std::collections::BTreeMap;

use crate::change::{Change, Frontier};
use crate::id::{AccountId, ItemId, RecordId, ReplicaId};
use crate::record::Record;
use crate::schema::Kind;
use line::Placed;

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
    /// What somebody called it.
    pub name: Option<VersionName>,
}

/// Lists the versions of a record, the oldest first, whatever the order of its changes
/// (rules F20, F21). A change that waits for another is in none.
pub fn versions(record: RecordId, changes: &[Change]) -> Vec<Version> {
    let line = line::in_order(changes);
    let names = names_in(record, &line).into_iter().map(|name| (name.item, name));
    let mut finding =
        Finding { folded: Record::new(record), found: Vec::new(), unplaced: names.collect() };
    let mut waiting: Vec<(&Change, u64)> = Vec::new();
    for Placed { change, at_ms, scanned } in line {
        if !finding.folded.knows(change.id) {
            finding.folded.take_in_scanned(change, scanned);
        }
        waiting.push((change, at_ms));
        if finding.folded.waiting() == waiting.len() {
            continue;
        }
        let (come, left) =
            waiting.into_iter().partition(|(change, _)| finding.folded.knows(change.id));
        waiting = left;
        for (change, at_ms) in come {
            finding.take(change, at_ms);
        }
    }
    finding.found
}

/// Reads the names that people gave to versions; most records have none, and are not folded for it.
fn names_in(record: RecordId, line: &[Placed<'_>]) -> Vec<VersionName> {
    let ops = || line.iter().flat_map(|placed| &placed.change.ops);
    if !ops().any(|op| Kind::ALL.into_iter().any(|kind| names::names(op, Some(kind)))) {
        return Vec::new();
    }
    let mut folded = Record::new(record);
    for Placed { change, scanned, .. } in line {
        if !folded.knows(change.id) {
            folded.take_in_scanned(change, scanned.clone());
        }
    }
    version_names(&folded)
}

/// The versions as far as the line of changes was followed.
struct Finding {
    folded: Record,
    found: Vec<Version>,
    /// The names whose version has not come yet.
    unplaced: BTreeMap<ItemId, VersionName>,
}

impl Finding {
    /// Adds a change to the version that it belongs to, or begins one with it.
    fn take(&mut self, change: &Change, at_ms: u64) {
        let step = Step::of(change, &self.folded);
        let (until, replica) = (self.folded.frontier.clone(), change.id.replica);
        let names_only = change.ops.iter().all(|op| names::names(op, self.folded.kind));
        match self.found.last_mut() {
            // Giving a name is no version: the record says what it said.
            Some(last) if names_only => {
                last.until = until;
                last.changes = last.changes.saturating_add(1);
            }
            Some(last) if goes_on(last, change, at_ms, &step) => {
                (last.until, last.at_ms, last.replica) = (until, at_ms, replica);
                last.changes = last.changes.saturating_add(1);
            }
            Some(_) | None => {
                let (author, changes, name) = (change.author, 1, None);
                self.found.push(Version { until, at_ms, author, replica, step, changes, name });
            }
        }
        for name in names::reached(&mut self.unplaced, &self.folded.frontier) {
            self.give(name);
        }
    }

    /// Gives the newest version its name. Where that has changes in it by now which whoever gave
    /// the name did not know, the named one stands before it, without a change of its own.
    fn give(&mut self, name: VersionName) {
        let Some(last) = self.found.last_mut() else { return };
        if last.name.is_none() && last.until == name.version {
            last.name = Some(name);
            return;
        }
        let until = name.version.clone();
        let named = Version { until, changes: 0, name: Some(name), ..last.clone() };
        let before_last = self.found.len().saturating_sub(1);
        self.found.insert(before_last, named);
    }
}

/// Says whether a change belongs to the sitting that a version came from.
fn goes_on(last: &Version, change: &Change, at_ms: u64, step: &Step) -> bool {
    let is_near = at_ms.saturating_sub(last.at_ms) < SITTING_GAP_MAX_MS;
    let is_open = last.name.is_none();
    is_open && is_near && last.author == change.author && last.step.goes_on_with(step)
}
