//! One record on one screen: its live state, its words, the editor of its texts.
//!
//! A session belongs to the component that opened it and closes with it. What
//! other tabs and the server bring flows in; what is typed flows out in small
//! changes ([`typing`]).

mod peers;
mod sessions;
mod shown;
mod typed;
pub(crate) mod typing;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::access::{self, Deal};
use talkoot_core::choice::{self, Choice};
use talkoot_core::id::RecordId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice::Progress;
use talkoot_core::record::Record;
use talkoot_core::text::anchor::{Anchor, Place};
use talkoot_core::text::{self, Heading, html, plain};
use wasm_bindgen_futures::spawn_local;

pub(crate) use crate::editor::MountFault;
pub(crate) use peers::Peer;
pub(crate) use sessions::Sessions;
pub(crate) use shown::{Facts, SaveState, SessionState};

use crate::editor::{self, EditorHandle, EditorPlace};
use crate::local::Loaded;
use crate::workspace::Desk;

/// A record as one screen sees it.
#[derive(Clone, Copy)]
pub(crate) struct RecordSession {
    pub(crate) id: RecordId,
    /// `None` until it is read, and for what this device does not have.
    pub(crate) record: RwSignal<Option<Arc<Record>>>,
    /// What waits for a person's decision.
    pub(crate) choices: Memo<Vec<Choice>>,
    /// Others who have this record's text open.
    pub(crate) peers: RwSignal<Vec<Peer>>,
    save_state: RwSignal<SaveState>,
    /// The fields of one value that somebody types in here, until it is stored.
    typed: RwSignal<BTreeSet<u16>>,
    /// How far the words of this screen have travelled, whatever they are written in.
    pub(crate) safety: Memo<SaveState>,
    /// Whether reading it from storage is over: then a `record` of `None` is not here.
    pub(crate) is_loaded: RwSignal<bool>,
    /// Whether it was made by a newer program, so that it is read-only here.
    pub(crate) is_newer: RwSignal<bool>,
    /// Counts up with every difference in the words.
    version: RwSignal<u64>,
    state: StoredValue<Rc<SessionState>, LocalStorage>,
    desk: StoredValue<Rc<Desk>, LocalStorage>,
}

impl RecordSession {
    /// Opens a record for the component that runs.
    pub(crate) fn open(desk: &Rc<Desk>, id: RecordId) -> Self {
        Self::open_for(desk, id, false)
    }

    /// Opens what is published of a record, as its readers see it.
    pub(crate) fn open_published(desk: &Rc<Desk>, id: RecordId) -> Self {
        Self::open_for(desk, id, true)
    }

    fn open_for(desk: &Rc<Desk>, id: RecordId, reads: bool) -> Self {
        let record = RwSignal::new(None);
        let waits = desk.is_waiting(id);
        let at_first = if waits { SaveState::OnDevice } else { SaveState::Sent };
        let (save_state, typed) = (RwSignal::new(at_first), RwSignal::new(BTreeSet::new()));
        let session = Self {
            id,
            record,
            choices: Memo::new(move |_| {
                record.with(|record: &Option<Arc<Record>>| {
                    record.as_ref().map(|record| choice::choices(record)).unwrap_or_default()
                })
            }),
            peers: RwSignal::new(Vec::new()),
            save_state,
            typed,
            safety: Memo::new(move |_| typed::safety(&save_state.get(), &typed.read())),
            is_loaded: RwSignal::new(false),
            is_newer: RwSignal::new(false),
            version: RwSignal::new(0),
            state: StoredValue::new_local(Rc::new(SessionState::new(id, reads))),
            desk: StoredValue::new_local(Rc::clone(desk)),
        };
        let state = session.state.get_value();
        state.shows_on(session);
        let number = desk.sessions.add(Rc::clone(&state));
        let closing = StoredValue::new_local((Rc::clone(desk), state));
        on_cleanup(move || {
            closing.try_with_value(|(desk, state)| {
                desk.sessions.remove(number);
                state.close();
                desk.look_soon(state.id);
            });
        });
        session.bring(Rc::clone(desk));
        session
    }

    fn bring(self, desk: Rc<Desk>) {
        spawn_local(async move {
            if let Err(cause) = desk.bring(self.id).await {
                desk.note_fault(cause);
            }
            self.is_loaded.try_set(true);
        });
    }

    /// Says whether the person may do something with it, as the server would judge.
    pub(crate) fn may(self, deal: Deal) -> bool {
        let desk = self.desk.get_value();
        desk.shown.me.track();
        let caller = desk.caller();
        let fits = deal == Deal::See || (!self.is_newer.get() && caller.account.is_some());
        self.record.with(|record| {
            fits && record.as_ref().is_some_and(|record| access::may(&caller, record, deal))
        })
    }

    /// Says whether a choice is for the person to settle; `about`: the project whose own entry it
    /// is about.
    pub(crate) fn is_asked(self, about: Option<RecordId>) -> bool {
        let Some(about) = about else { return self.may(Deal::Edit) };
        let desk = self.desk.get_value();
        desk.shown.me.track();
        let caller = desk.caller();
        self.record.with(|record| {
            let Some((record, kind)) = record.as_ref().and_then(|it| Some((it, it.kind?))) else {
                return false;
            };
            access::is_asked(&caller, kind, record.project(), Some(about))
        })
    }

    /// Says whether it lies in the bin, with nobody working on it unknowing.
    pub(crate) fn is_trashed(self) -> bool {
        self.record.with(|record| record.as_ref().is_some_and(|record| record.is_trashed()))
    }

    /// Gives a formatted text as HTML that is safe to show.
    pub(crate) fn html(self, field: &str) -> String {
        self.read(field, html::html)
    }

    /// Gives the headings of a formatted text, with the ids that [`RecordSession::html`] gives them.
    pub(crate) fn headings(self, field: &str) -> Vec<Heading> {
        self.read(field, text::headings)
    }

    /// Gives a formatted text as plain text.
    pub(crate) fn plain(self, field: &str) -> String {
        self.read(field, plain::plain)
    }

    /// Gives a formatted text as a tree.
    pub(crate) fn blocks(self, field: &str) -> Vec<text::Block> {
        self.read(field, <[text::Block]>::to_vec)
    }

    /// Gives where a passage of a formatted text begins; `None` once nothing of it is left.
    pub(crate) fn place(self, field: &str, anchor: &Anchor) -> Option<Place> {
        self.version.track();
        self.with_seen(|open| Some(open.text.find(field, anchor)?.from)).flatten()
    }

    /// Says how far the description of a practice has come.
    pub(crate) fn progress(self) -> Option<Progress> {
        self.version.track();
        self.with_seen(Progress::of)
    }

    /// Looks at what is published of the whole record, or at the record where that is the same or
    /// nothing is.
    pub(crate) async fn with_published<T>(self, look: impl FnOnce(&OpenRecord) -> T) -> Option<T> {
        let desk = self.desk.try_get_value()?;
        desk.pin_for_all(self.id).await.ok()?;
        desk.records.with(self.id, |loaded| loaded.seen(true).map(look)).flatten()
    }

    /// Looks at the record as this screen sees it.
    pub(crate) fn with_seen<T>(self, look: impl FnOnce(&OpenRecord) -> T) -> Option<T> {
        let (desk, reads) = (self.desk.get_value(), self.state.get_value().reads());
        let seen = |loaded: &mut Loaded| loaded.seen(reads || desk.only_reads(loaded)).map(look);
        desk.records.with(self.id, seen).flatten()
    }

    fn read<T: Default>(self, field: &str, read: impl FnOnce(&[text::Block]) -> T) -> T {
        self.version.track();
        self.with_seen(|open| read(&open.text.blocks(field))).unwrap_or_default()
    }

    /// Puts the editor of one formatted text into the page.
    pub(crate) async fn mount_editor(self, place: EditorPlace) -> Result<EditorHandle, MountFault> {
        let (desk, state) = (self.desk.get_value(), self.state.get_value());
        editor::mount(&desk, &state, self, place).await
    }

    /// Shows a state of the record, where it differs from what shows.
    fn put(self, facts: Option<Facts>) {
        let (record, is_newer) = match facts {
            Some(facts) => (facts.record, facts.is_newer),
            None => (None, false),
        };
        if self.is_newer.try_get_untracked() == Some(!is_newer) {
            self.is_newer.try_set(is_newer);
        }
        // Every change moves the frontier, so equal records have equal words too.
        if self.record.try_with_untracked(|known| *known != record) == Some(true) {
            self.record.try_set(record);
            self.version.try_update(|version| *version = version.wrapping_add(1));
        }
    }
}
