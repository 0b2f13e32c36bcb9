//! Counting what waits in the way people count it.
//!
//! A person who types a paragraph has made one change, although it left the
//! editor in many small ones. A run of text changes to one record, without
//! anything else between them in that record, counts once.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Change, Op};
use crate::id::{ChangeId, RecordId};
use crate::stamp::Stamp;

/// One thing that waits, as the sync centre lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingWork {
    pub record: RecordId,
    /// The changes it consists of, oldest first.
    pub changes: Vec<ChangeId>,
    /// When the latest of them was made.
    pub stamp: Stamp,
    /// What kind of work it is.
    pub work: Work,
}

/// What a waiting change does, in words a person uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Created,
    Wrote,
    /// Adopted improvements of the record that it came from.
    Received,
    ChangedFields,
    /// Said something in a thread, or about what somebody said.
    Discussed,
    /// Noted for oneself what was read or is followed.
    Noted,
    Published,
    Unpublished,
    Trashed,
    Restored,
}

/// Names what a change does; the weightiest of its operations decides.
pub fn work_of(change: &Change) -> Work {
    let has = |wanted: &dyn Fn(&Op) -> bool| change.ops.iter().any(wanted);
    if has(&|op| matches!(op, Op::Note { .. })) {
        Work::Noted
    } else if has(&|op| matches!(op, Op::Create { .. })) {
        Work::Created
    } else if has(&|op| matches!(op, Op::Trash { trashed: true, .. })) {
        Work::Trashed
    } else if has(&|op| matches!(op, Op::Trash { trashed: false, .. })) {
        Work::Restored
    } else if has(&|op| matches!(op, Op::Publish { published: true, .. })) {
        Work::Published
    } else if has(&|op| matches!(op, Op::Publish { .. })) {
        Work::Unpublished
    } else if has(&|op| matches!(op, Op::Receive { .. })) {
        Work::Received
    } else if has(&|op| matches!(op, Op::Text { .. } | Op::Accept { .. })) {
        Work::Wrote
    } else if has(&|op| matches!(op, Op::Discuss { .. })) {
        Work::Discussed
    } else {
        Work::ChangedFields
    }
}

/// Groups an outbox, oldest first, into the things a person did (rule N5).
pub fn group<'a>(outbox: impl Iterator<Item = &'a Change>) -> Vec<WaitingWork> {
    let mut groups: Vec<WaitingWork> = Vec::new();
    let mut open_runs: BTreeMap<RecordId, usize> = BTreeMap::new();
    for change in outbox {
        let work = work_of(change);
        let run = open_runs.get(&change.record).and_then(|at| groups.get_mut(*at));
        match run {
            Some(run) if work == run.work && is_run(work) => {
                run.changes.push(change.id);
                run.stamp = run.stamp.max(change.stamp);
            }
            _ => {
                open_runs.insert(change.record, groups.len());
                groups.push(WaitingWork {
                    record: change.record,
                    changes: vec![change.id],
                    stamp: change.stamp,
                    work,
                });
            }
        }
    }
    groups
}

/// Says whether several in a row are one: typing, and what a screen notes while one reads.
fn is_run(work: Work) -> bool {
    matches!(work, Work::Wrote | Work::Noted)
}

/// Lists the records that have something waiting.
pub fn records<'a>(outbox: impl Iterator<Item = &'a Change>) -> BTreeSet<RecordId> {
    outbox.map(|change| change.record).collect()
}
