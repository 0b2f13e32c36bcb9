//! A record: the fold of its changes.
//!
//! Applying is total and forgets the order of arrival: the same set of changes
//! gives the same record on every device. A change whose predecessor has not
//! come waits here until it has. The words of formatted texts live in the
//! record's [`TextDocument`](crate::text::TextDocument); this fold keeps only
//! what judging needs of them (which Yjs client belongs to which replica, up
//! to which clock), so a server can judge without holding any text.

mod discussion;
mod field;
mod fold;
mod intent;
mod latest;
#[cfg(test)]
mod laws;
mod lineage;
mod notes;
mod publication;
mod said;
mod text_clients;

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

pub use discussion::{Discussion, PostState};
pub use field::{FieldState, ItemState};
pub use fold::Applied;
pub(crate) use fold::{BroughtText, Scanned, Taken, scan_texts};
pub use latest::Latest;
pub use lineage::{Lineage, Lineages};
pub use notes::{NoteState, Notes};
pub use publication::{Publication, named_by};
pub use said::{Said, Saying};
pub use text_clients::{TextClient, TextClients, TextFitError, TextOwner};

use crate::change::{Change, Frontier};
use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
use crate::register::Register;
use crate::schema::{Kind, document_field, practice_field, thread_field};
use crate::stamp::Stamp;

/// Who did something and when, as their device believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Deed {
    #[n(0)]
    pub stamp: Stamp,
    #[n(1)]
    pub change: ChangeId,
    #[n(2)]
    pub author: AccountId,
}

/// Whether a record lies in the bin, and what the one who put it there knew.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Trashing {
    #[n(0)]
    pub trashed: bool,
    #[n(1)]
    pub knew: Frontier,
}

/// Everything known of one record, but the words of its texts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Record {
    #[n(0)]
    pub id: RecordId,
    /// Absent until its `create` has come.
    #[n(1)]
    pub kind: Option<Kind>,
    #[n(2)]
    pub created: Option<Deed>,
    #[n(3)]
    pub modified: Option<Deed>,
    #[n(4)]
    pub fields: BTreeMap<u16, FieldState>,
    #[n(5)]
    pub publication: Register<Publication>,
    #[n(6)]
    pub trashing: Register<Trashing>,
    #[n(7)]
    pub text_clients: TextClients,
    /// The last change of each replica that is folded in.
    #[n(8)]
    pub frontier: Frontier,
    /// The last edit of each replica.
    #[n(9)]
    pub last_edits: BTreeMap<ReplicaId, Deed>,
    /// The newest schema that any folded change was made with.
    #[n(10)]
    pub schema: u16,
    /// The newest text schema that any folded text change was made with.
    #[n(11)]
    pub text_schema: u16,
    /// Changes that came before what they build on.
    #[n(12)]
    waiting: BTreeMap<ChangeId, Change>,
    /// The records that this one was adopted from.
    #[n(13)]
    pub lineages: Lineages,
    /// The last change of each replica that changed what the record's own people say.
    #[n(14)]
    pub last_own_edits: Frontier,
    /// What was said in it, if it is a thread. Absent in others, which keep the bytes they had.
    #[n(15)]
    pub discussion: Option<Discussion>,
    /// What was noted in it, if it is a notebook.
    #[n(16)]
    pub notes: Option<Notes>,
}

impl Record {
    /// Starts with nothing known.
    pub fn new(id: RecordId) -> Self {
        Self {
            id,
            kind: None,
            created: None,
            modified: None,
            fields: BTreeMap::new(),
            publication: Register::default(),
            trashing: Register::default(),
            text_clients: TextClients::default(),
            frontier: Frontier::new(),
            last_edits: BTreeMap::new(),
            schema: 0,
            text_schema: 0,
            waiting: BTreeMap::new(),
            lineages: Lineages::new(),
            last_own_edits: Frontier::new(),
            discussion: None,
            notes: None,
        }
    }

    /// Says whether a change is already folded in.
    pub fn knows(&self, id: ChangeId) -> bool {
        self.frontier.knows(id)
    }

    /// Gives the counter of a replica's last change here; 0 if it made none.
    pub fn previous(&self, replica: ReplicaId) -> u64 {
        self.frontier.last(replica)
    }

    /// Counts the changes that wait for what they build on.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Gives a field's state, if anything ever touched it.
    pub fn field(&self, tag: u16) -> Option<&FieldState> {
        self.fields.get(&tag)
    }

    /// Says whether it lies in the bin. Where one put it there and another took
    /// it out, or edited it unknowing, it stays out of the bin until a person chooses.
    pub fn is_trashed(&self) -> bool {
        let trashed = self.trashing.value().is_some_and(|trashing| trashing.trashed);
        trashed
            && !self.trashing.disagrees_on(|trashing| trashing.trashed)
            && !self.edited_unknown()
    }

    /// Says when it was put into the bin, if it lies there.
    pub fn trashed_at(&self) -> Option<Stamp> {
        self.trashing.shown().filter(|_| self.is_trashed()).map(|write| write.stamp)
    }

    /// Lists the edits that those who put it into the bin did not know.
    pub fn edits_unknown_to_trashing(&self) -> Vec<Deed> {
        let live = self.trashing.live();
        let trashings: Vec<_> =
            live.iter().map(|(_, write)| &write.value).filter(|it| it.trashed).collect();
        if trashings.is_empty() {
            return Vec::new();
        }
        let known = |deed: &Deed| trashings.iter().any(|trashing| trashing.knew.knows(deed.change));
        self.last_edits.values().filter(|deed| !known(deed)).copied().collect()
    }

    fn edited_unknown(&self) -> bool {
        !self.edits_unknown_to_trashing().is_empty()
    }

    /// Gives the project it belongs to, if its kind has such a field and it is set.
    pub fn project(&self) -> Option<RecordId> {
        match self.kind? {
            Kind::Project => Some(self.id),
            Kind::Document => self.field(document_field::PROJECT)?.value()?.as_record(),
            Kind::Practice => self.field(practice_field::PROJECT)?.value()?.as_record(),
            Kind::Thread => self.field(thread_field::PROJECT)?.value()?.as_record(),
            Kind::Programme | Kind::Organisation | Kind::Notebook => None,
        }
    }

    /// Gives the name that shows.
    pub fn title(&self) -> Option<&str> {
        self.field(self.kind?.schema().title)?.value()?.as_text()
    }
}
