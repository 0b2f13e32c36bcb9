//! Why an original changed: what its people said when they published, for each section that a
//! publishing changed.

use std::collections::BTreeMap;

use super::{content, heritage};
use crate::change::{Change, Frontier, Op};
use crate::id::{ChangeId, RecordId};
use crate::open_record::OpenRecord;
use crate::record::{Deed, named_by, widen};

/// How many publishings are looked through one by one; what earlier ones changed has no reasons.
const PUBLISHINGS_MAX: usize = 32;

/// What somebody said of the changes that he published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub by: Deed,
    pub words: String,
}

/// A publishing, and the version that it published.
struct Publishing<'a> {
    by: Deed,
    version: Frontier,
    words: Option<&'a str>,
}

/// Gives, by the tag of a field, the reasons for what changed between two versions of an
/// original, oldest first (rule G14).
pub fn reasons(
    original: RecordId,
    changes: &[Change],
    before: &Frontier,
    now: &Frontier,
) -> BTreeMap<u16, Vec<Reason>> {
    let publishings = publishings(changes, before, now);
    let mut found: BTreeMap<u16, Vec<Reason>> = BTreeMap::new();
    if publishings.iter().all(|it| it.words.is_none()) {
        return found;
    }
    let mut open = OpenRecord::new(original);
    let mut known = before.clone();
    advance(&mut open, changes, &known);
    let early = publishings.len().saturating_sub(PUBLISHINGS_MAX);
    for (place, publishing) in publishings.iter().enumerate() {
        widen(&mut known, &publishing.version);
        let was: Vec<_> = heritage().map(|field| content(&open, field)).collect();
        advance(&mut open, changes, &known);
        let Some(words) = publishing.words.filter(|_| place >= early) else { continue };
        for (field, was) in heritage().zip(was) {
            if content(&open, field) != was {
                let reason = Reason { by: publishing.by, words: words.to_owned() };
                found.entry(field.tag).or_default().push(reason);
            }
        }
    }
    found
}

/// Lists the publishings between two versions, oldest first.
fn publishings<'a>(
    changes: &'a [Change],
    before: &Frontier,
    now: &Frontier,
) -> Vec<Publishing<'a>> {
    let of = |change: &'a Change| {
        let published = change.ops.iter().find_map(|op| match op {
            Op::Publish { published: true, version: Some(version), reason, .. } => {
                Some((version, reason.as_deref()))
            }
            Op::Publish { .. }
            | Op::Create { .. }
            | Op::SetField { .. }
            | Op::AddToSet { .. }
            | Op::RemoveFromSet { .. }
            | Op::PutItem { .. }
            | Op::PlaceItem { .. }
            | Op::RemoveItem { .. }
            | Op::Text { .. }
            | Op::Trash { .. }
            | Op::Receive { .. }
            | Op::Accept { .. } => None,
        });
        let (version, words) = published?;
        let by = Deed { stamp: change.stamp, change: change.id, author: change.author };
        Some(Publishing { by, version: named_by(change, version), words })
    };
    let within = |one: &Frontier, other: &Frontier| {
        one.iter().all(|(replica, last)| other.get(replica).is_some_and(|until| until >= last))
    };
    let mut all: Vec<_> = changes.iter().filter_map(of).collect();
    all.retain(|it| !within(&it.version, before) && within(&it.version, now));
    all.sort_by_key(|it| it.by);
    all
}

/// Folds what a version knows and the fold does not.
fn advance(open: &mut OpenRecord, changes: &[Change], version: &Frontier) {
    let known = |id: ChangeId| version.get(&id.replica).is_some_and(|until| *until >= id.counter);
    for change in changes.iter().filter(|change| known(change.id)) {
        open.apply(change);
    }
}
