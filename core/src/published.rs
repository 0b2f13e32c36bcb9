//! A record as its readers see it: the published version, with what always is as it is now.
//!
//! Whoever may write a record sees what it says now. Everybody else, a file handed out and a copy
//! that receives improvements see what was published ([`crate::record::Publication`]). The two
//! differ only while something is written and not published yet, so [`published`] asks that first
//! and folds only then.
//!
//! It pins what is shown. From people with an account it keeps nothing secret: the changes travel to
//! every account that sees the record. Whoever has none gets what comes out here, and no changes.

use std::collections::BTreeSet;

use crate::adopt::as_known;
use crate::change::{Change, Frontier};
use crate::open_record::OpenRecord;
use crate::record::{Deed, Record};
use crate::schema::{Kind, document_field, is_kept, practice_field};

/// Folds what readers see of a record; `None` where that is what the record says now.
pub fn published<'a>(
    now: &OpenRecord,
    changes: impl IntoIterator<Item = &'a Change>,
) -> Option<OpenRecord> {
    published_beside(now, changes, &Frontier::new())
}

/// Folds the same, but never less than what is `known` of it already: a copy does not go back.
pub fn published_beside<'a>(
    now: &OpenRecord,
    changes: impl IntoIterator<Item = &'a Change>,
    known: &Frontier,
) -> Option<OpenRecord> {
    if !now.record.has_unpublished() {
        return None;
    }
    let mut version = now.record.published_version()?;
    version.join(known);
    let mut open = as_known(now.record.id, changes, &version);
    follow(&mut open, now);
    Some(open)
}

/// Brings what readers see up to what was noted and done since; the version is the same.
pub fn follow(seen: &mut OpenRecord, now: &OpenRecord) {
    seen.record.stand_as(&now.record);
    seen.note_unreadable_of(now);
}

impl Record {
    /// Takes over where a record stands now and what others note on it; what its own people wrote
    /// stays as it is here (rule G12).
    fn stand_as(&mut self, now: &Self) {
        (self.kind, self.created) = (now.kind, now.created);
        self.publication = now.publication.clone();
        self.trashing = now.trashing.clone();
        // An edit that a deleter did not know keeps a record out of the bin, published or not.
        self.last_edits = now.last_edits.clone();
        self.last_own_edits = now.last_own_edits.clone();
        self.modified = self.modified.max(now.created).max(now.published_by());
        let kept = now.fields.keys().chain(self.fields.keys()).copied().filter(|tag| is_kept(*tag));
        let tags: BTreeSet<u16> = kept.chain(now.kind.and_then(place)).collect();
        for tag in tags {
            match now.fields.get(&tag) {
                Some(state) => self.fields.insert(tag, state.clone()),
                None => self.fields.remove(&tag),
            };
        }
    }

    /// Says who published what shows, and when.
    pub fn published_by(&self) -> Option<Deed> {
        let (change, write) = self.publication.live().into_iter().next()?;
        Some(Deed { stamp: write.stamp, change, author: write.author })
    }
}

/// Gives the field that says where a record belongs: it decides who may see and write it.
fn place(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Document => Some(document_field::PROJECT),
        Kind::Practice => Some(practice_field::PROJECT),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            None
        }
    }
}
