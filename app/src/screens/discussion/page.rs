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
    fresh: RwSignal<BTreeSet<ChangeId>>,
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
            fresh: RwSignal::new(BTreeSet::new()),
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
    pub(super) fn fresh(self) -> RwSignal<BTreeSet<ChangeId>> {
        self.parts.with_value(|it| it.fresh)
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
        let (new, talk) = (self.fresh(), self.talk());
        Memo::new(move |_| {
            let new = new.read();
            talk.with(|talk| talk.as_ref()?.rest.iter().copied().find(|it| new.contains(it)))
        })
    }

    /// Opens the window where the person is led to: at first to a post that the address names, or
    /// to the first that is new; then to each that a link names and that is not drawn.
    fn open_window(self) {
        let hash = use_location().hash;
        Effect::new(move |before: Option<Option<String>>| {
            let (before, now) = (before.flatten(), hash.get());
            let Some(record) = self.session().record.get() else { return before };
            if before.as_ref() == Some(&now) || !self.notes().are_here() {
                return before;
            }
            let Some(talk) = Conversation::of(&record, Window::CLOSED) else { return before };
            let named = of_anchor(&now, &record);
            let place = match (named, &before) {
                (Some(named), _) => talk.rest.iter().position(|id| *id == named),
                (None, None) => {
                    let unread = unread_in(self, &record);
                    talk.rest.iter().position(|id| unread.contains(id))
                }
                (None, Some(_)) => None,
            };
            let is_drawn = |place| self.window().get_untracked().draws(place, talk.rest.len());
            if before.is_none() || place.is_some_and(|place| !is_drawn(place)) {
                self.window().set(Window::around(talk.rest.len(), place));
                named.into_iter().for_each(lead_to);
            }
            Some(now)
        });
    }
}

/// Brings a post into view, once it is drawn.
fn lead_to(post: ChangeId) {
    let place = crate::address::post_anchor(post);
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
