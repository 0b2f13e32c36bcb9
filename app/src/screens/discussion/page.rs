//! What the parts of a discussion's page share: the thread as it is drawn, what is new in it, what
//! its person may do, and what is being written.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use talkoot_core::access::{Caller, may_answer, may_moderate, may_post};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::record::Record;

use super::composer::Composing;
use super::conversation::{Conversation, Said, of_anchor};
use super::latecomers::follow_arrivals;
use super::reading::{follow_reading, unread_in};
use super::window::Window;
use crate::record_session::RecordSession;
use crate::screens::discussions::notes::{Notes, use_notes};
use crate::workspace::{Arrivals, Workspace, use_workspace};

/// A discussion's page.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(super) id: RecordId,
    parts: StoredValue<Parts>,
}

#[derive(Clone, Copy)]
struct Parts {
    session: RecordSession,
    talk: Memo<Option<Arc<Conversation>>>,
    window: RwSignal<Window>,
    new: RwSignal<BTreeSet<ChangeId>>,
    arrivals: RwSignal<Arrivals>,
    waiting: Memo<BTreeSet<ChangeId>>,
    rights: Memo<Rights>,
    notes: Notes,
    composing: Composing,
}

/// What the person may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rights {
    pub(super) post: bool,
    pub(super) answer: bool,
    pub(super) moderate: bool,
}

impl Page {
    /// Opens a discussion for the component that runs.
    pub(super) fn open(id: RecordId) -> Self {
        let workspace = use_workspace();
        let session = workspace.open(id);
        let window = RwSignal::new(Window::CLOSED);
        let talk = Memo::new(move |_| {
            let of = |record: &Option<Arc<Record>>| {
                Conversation::of(record.as_ref()?, window.get()).map(Arc::new)
            };
            session.record.with(of)
        });
        let parts = Parts {
            session,
            talk,
            window,
            new: RwSignal::new(BTreeSet::new()),
            arrivals: RwSignal::new(Arrivals::default()),
            waiting: Memo::new(move |_| waiting_in(workspace, id)),
            rights: Memo::new(move |_| rights_in(workspace, session)),
            notes: use_notes(),
            composing: Composing::open(id),
        };
        let page = Self { id, parts: StoredValue::new(parts) };
        follow_reading(page);
        follow_arrivals(page);
        page.open_window();
        page
    }

    /// The open record.
    pub(super) fn session(self) -> RecordSession {
        self.parts.with_value(|it| it.session)
    }

    /// The thread as it is drawn.
    pub(super) fn talk(self) -> Memo<Option<Arc<Conversation>>> {
        self.parts.with_value(|it| it.talk)
    }

    /// Which posts are drawn.
    pub(super) fn window(self) -> RwSignal<Window> {
        self.parts.with_value(|it| it.window)
    }

    /// The posts that were new when this page showed them first.
    pub(super) fn new(self) -> RwSignal<BTreeSet<ChangeId>> {
        self.parts.with_value(|it| it.new)
    }

    /// When the posts reached the server.
    pub(super) fn arrivals(self) -> RwSignal<Arrivals> {
        self.parts.with_value(|it| it.arrivals)
    }

    /// The changes of this device that the server does not have.
    pub(super) fn waiting(self) -> Memo<BTreeSet<ChangeId>> {
        self.parts.with_value(|it| it.waiting)
    }

    /// What the person may do.
    pub(super) fn rights(self) -> Memo<Rights> {
        self.parts.with_value(|it| it.rights)
    }

    /// The person's notebook.
    pub(super) fn notes(self) -> Notes {
        self.parts.with_value(|it| it.notes)
    }

    /// What is being written.
    pub(super) fn composing(self) -> Composing {
        self.parts.with_value(|it| it.composing)
    }

    /// Follows one post that is drawn.
    pub(super) fn post(self, id: ChangeId) -> Memo<Option<Arc<Said>>> {
        let talk = self.talk();
        Memo::new(move |_| talk.with(|talk| talk.as_ref()?.post(id).cloned()))
    }

    /// Gives the first post that was new, of those that stand in their order.
    pub(super) fn first_new(self) -> Memo<Option<ChangeId>> {
        let (new, talk) = (self.new(), self.talk());
        Memo::new(move |_| {
            let new = new.read();
            talk.with(|talk| talk.as_ref()?.rest.iter().copied().find(|it| new.contains(it)))
        })
    }

    /// Opens the window once, where the person is led to: a post that the address names, or the
    /// first that is new.
    fn open_window(self) {
        let hash = use_location().hash;
        Effect::new(move |was_open: Option<bool>| {
            let Some(record) = self.session().record.get() else { return false };
            if was_open == Some(true) || !self.notes().are_here() {
                return was_open == Some(true);
            }
            let Some(talk) = Conversation::of(&record, Window::CLOSED) else { return false };
            let named = of_anchor(&hash.get_untracked(), &record);
            let wanted = named.map_or_else(|| unread_in(self, &record), |named| vec![named]);
            let place = talk.rest.iter().position(|id| wanted.contains(id));
            self.window().set(Window::around(talk.rest.len(), place));
            if let Some(post) = named {
                lead_to(post);
            }
            true
        });
    }
}

/// Brings a post into view, once it is drawn.
fn lead_to(post: ChangeId) {
    let place = super::conversation::anchor(post);
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&place) {
            element.scroll_into_view();
        }
    });
}

fn waiting_in(workspace: Workspace, record: RecordId) -> BTreeSet<ChangeId> {
    workspace.status.with(|status| {
        let of_record = status.waiting.iter().filter(|work| work.record == record);
        of_record.flat_map(|work| work.changes.iter().copied()).collect()
    })
}

fn rights_in(workspace: Workspace, session: RecordSession) -> Rights {
    let caller: Option<Caller> = workspace.me.with(|me| me.as_ref().map(|me| me.caller.clone()));
    let is_open = !session.is_newer.get() && !session.is_trashed();
    let Some(caller) = caller.filter(|_| is_open) else { return Rights::default() };
    let rights = |record: &Record| Rights {
        post: may_post(&caller, record),
        answer: may_answer(&caller, record),
        moderate: may_moderate(&caller, record),
    };
    session.record.with(|record| record.as_ref().map(|record| rights(record)).unwrap_or_default())
}
