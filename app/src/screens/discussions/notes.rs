//! The notebook of the person at this device: what they have read, and what they hear of.

use leptos::prelude::*;
use talkoot_core::change::note::{Following, Note};
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::notebook::{Notebook, follow, noting};
use talkoot_core::record::Record;
use talkoot_core::summary::Summary;

use crate::record_session::RecordSession;
use crate::ui::acts::{Acts, use_acts};
use crate::workspace::use_workspace;

/// The notebook, and writing in it.
#[derive(Clone, Copy)]
pub(crate) struct Notes {
    pub(crate) account: Option<AccountId>,
    pub(crate) notebook: Memo<Notebook>,
    session: StoredValue<Option<RecordSession>>,
    acts: Acts,
}

/// Opens the notebook for the component that runs.
pub(crate) fn use_notes() -> Notes {
    let workspace = use_workspace();
    let account = workspace.me.with_untracked(|me| me.as_ref().map(|me| me.account));
    let session = account.map(|account| workspace.open(RecordId::notebook_of(account)));
    let notebook = Memo::new(move |_| {
        let of = |record: &Option<_>| record.as_deref().map(Notebook::of);
        session.and_then(|session| session.record.with(of)).unwrap_or_default()
    });
    Notes { account, notebook, session: StoredValue::new(session), acts: use_acts() }
}

impl Notes {
    /// Says whether what was noted is known: before that, nothing is known to be unread.
    pub(crate) fn are_here(self) -> bool {
        self.session.get_value().is_none_or(|session| session.is_loaded.get())
    }

    /// Says whether something in a discussion is unread.
    pub(crate) fn is_unread(self, summary: &Summary) -> bool {
        let Some((thread, me)) = summary.thread.as_ref().zip(self.account) else { return false };
        self.are_here()
            && self.notebook.with(|notebook| notebook.is_unread(me, summary.record, thread))
    }

    /// Says what was noted about following something.
    pub(crate) fn following(self, record: RecordId) -> Following {
        self.notebook.with(|notebook| notebook.following(record))
    }

    /// Notes whether the person wants to hear of something.
    pub(crate) fn follow(self, record: RecordId, following: Following) {
        self.note(move |notebook| Some(follow(notebook, record, following)), |_| {});
    }

    /// Notes something, if there is something to note, and tells whether that is stored.
    pub(crate) fn note(
        self,
        note: impl FnOnce(&Record) -> Option<Note> + 'static,
        ended: impl FnOnce(bool) + 'static,
    ) {
        let Some(account) = self.account else { return };
        let intent = move |notebook: &Record| match note(notebook) {
            Some(note) => noting(notebook, [note]),
            None => Vec::new(),
        };
        let book = RecordId::notebook_of(account);
        self.acts.change_all(vec![(book, Box::new(intent))], Box::new(ended));
    }
}
