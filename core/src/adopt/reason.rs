//! Why an original changed: what its people said when they published, for each section that a
//! publishing changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{content, heritage};
use crate::change::{Change, Frontier, Op};
use crate::id::{ChangeId, RecordId};
use crate::open_record::OpenRecord;
use crate::record::{Deed, named_by};

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
    let mut found: BTreeMap<u16, Vec<Reason>> = BTreeMap::new();
    let (mut known, publishings) = publishings(changes, before, now);
    if publishings.iter().all(|it| it.words.is_none()) {
        return found;
    }
    let mut open = OpenRecord::new(original);
    advance(&mut open, changes, &known);
    for publishing in publishings {
        known.join(&publishing.version);
        let was: Vec<_> = heritage().map(|field| content(&open, field)).collect();
        advance(&mut open, changes, &known);
        let Some(words) = publishing.words else { continue };
        for (field, was) in heritage().zip(was) {
            if content(&open, field) != was {
                let reason = Reason { by: publishing.by, words: words.to_owned() };
                found.entry(field.tag).or_default().push(reason);
            }
        }
    }
    found
}

/// Gives the latest publishings between two versions, oldest first, and the version before them.
fn publishings<'a>(
    changes: &'a [Change],
    before: &Frontier,
    now: &Frontier,
) -> (Frontier, Vec<Publishing<'a>>) {
    let (mut early, mut latest) = (before.clone(), Vec::<Publishing<'a>>::new());
    let taken = taken_back(changes);
    let between = changes.iter().filter_map(publishing);
    let between = between.filter(|it| !before.covers(&it.version) && now.covers(&it.version));
    let between = between.filter(|it| !taken.contains(&it.by.change));
    for publishing in between {
        let later = latest.iter().position(|it| it.by > publishing.by);
        latest.insert(later.unwrap_or(latest.len()), publishing);
        if latest.len() > PUBLISHINGS_MAX {
            early.join(&latest.remove(0).version);
        }
    }
    (early, latest)
}

/// Lists the publishings that another one took back to a version before theirs: nobody stands by
/// what was said of them.
fn taken_back(changes: &[Change]) -> BTreeSet<ChangeId> {
    let published = changes.iter().filter_map(publishing);
    let published: BTreeMap<ChangeId, Frontier> =
        published.map(|it| (it.by.change, it.version)).collect();
    let mut taken = BTreeSet::new();
    for op in changes.iter().flat_map(|change| &change.ops) {
        let Op::Publish { published: true, replaces, version: Some(version), .. } = op else {
            continue;
        };
        let is_beyond = |it: &&ChangeId| published.get(it).is_some_and(|was| !version.covers(was));
        taken.extend(replaces.iter().filter(is_beyond));
    }
    taken
}

/// Reads what a change published, if it published a version.
fn publishing(change: &Change) -> Option<Publishing<'_>> {
    let (version, words) = change.ops.iter().find_map(|op| {
        let Op::Publish { published: true, version, reason, .. } = op else { return None };
        Some((version.as_ref()?, reason.as_deref()))
    })?;
    let by = Deed { stamp: change.stamp, change: change.id, author: change.author };
    Some(Publishing { by, version: named_by(change, version), words })
}

/// Folds what a version knows and the fold does not.
fn advance(open: &mut OpenRecord, changes: &[Change], version: &Frontier) {
    for change in changes.iter().filter(|change| version.knows(change.id)) {
        open.apply(change);
    }
}
