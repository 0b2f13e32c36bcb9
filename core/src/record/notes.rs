//! The notes of a notebook as they are folded.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::fold::write;
use super::said::Said;
use crate::change::note::{Following, Note};
use crate::change::{Change, Frontier};
use crate::id::RecordId;

/// What an account noted, by the record that it is about.
pub type Notes = BTreeMap<RecordId, NoteState>;

/// What an account noted of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct NoteState {
    /// How far it has read there.
    #[n(0)]
    pub read: Frontier,
    #[n(1)]
    pub following: Said<Following>,
}

/// Takes in what a change noted.
pub(super) fn fold(notes: &mut Notes, change: &Change, note: &Note) {
    match note {
        Note::Read { thread, until } => {
            notes.entry(*thread).or_default().read.join(until);
        }
        Note::Follow { record, following, replaces } => {
            let state = notes.entry(*record).or_default();
            state.following.say(change.id, write(change, *following), replaces);
        }
    }
}
