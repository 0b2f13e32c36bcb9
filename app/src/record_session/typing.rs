//! What a person types in one record: gathered for a moment, then stored as one change.
//!
//! Until its transaction is complete, every letter also lies in the journal, so
//! that a page loaded again in the middle of a word loses nothing (rule L3).

mod storing;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::sync::message::Presence;
use wasm_bindgen_futures::spawn_local;

use super::shown::{SaveState, SessionState};
use crate::device;
use crate::editor::{MountFault, Mounted, TextSession, open_text};
use crate::local::Journal;
use crate::sync::Word;
use crate::workspace::Desk;

/// One open text and what was typed into it.
pub(crate) struct Typing {
    record: RecordId,
    /// Who types.
    account: AccountId,
    desk: Weak<Desk>,
    state: Weak<SessionState>,
    text: RefCell<Option<TextSession>>,
    views: RefCell<Vec<Weak<Mounted>>>,
    journal: RefCell<Journal>,
    /// Typed and on the way to storage.
    leaving: RefCell<Vec<Vec<u8>>>,
    /// Typed since.
    gathered: RefCell<Vec<Vec<u8>>>,
    timer_runs: Cell<bool>,
}

impl Typing {
    /// Opens the text of a record under a Yjs client id of its own.
    pub(crate) async fn open(
        desk: &Rc<Desk>,
        state: &Rc<SessionState>,
    ) -> Result<Rc<Self>, MountFault> {
        let record = state.id;
        let local = desk.local().map_err(|_| MountFault::NotOpen)?;
        let account = local.account.ok_or(MountFault::NotOpen)?;
        let client = fresh_client();
        let typing = Rc::new(Self {
            record,
            account,
            desk: Rc::downgrade(desk),
            state: Rc::downgrade(state),
            text: RefCell::new(None),
            views: RefCell::new(Vec::new()),
            journal: RefCell::new(Journal::new(account, record, u64::from(client))),
            leaving: RefCell::new(Vec::new()),
            gathered: RefCell::new(Vec::new()),
            timer_runs: Cell::new(false),
        });
        let text = typing.open_text(client).await?;
        // The screen may be gone by now, and nobody would ever close this text.
        if !state.is_shown() {
            text.close();
            return Err(MountFault::NotOpen);
        }
        *typing.text.borrow_mut() = Some(text);
        // Two editors of one page may open at once; the first to be ready is the one.
        if let Some(first) = state.typing() {
            typing.end_text();
            return Ok(first);
        }
        state.keep_typing(Rc::clone(&typing));
        typing.catch_up();
        Ok(typing)
    }

    async fn open_text(self: &Rc<Self>, client: u32) -> Result<TextSession, MountFault> {
        let (typed, moved) = (Rc::downgrade(self), Rc::downgrade(self));
        let on_update = move |update| {
            if let Some(typing) = typed.upgrade() {
                typing.hear(update);
            }
        };
        let on_presence = move |state| {
            if let Some(typing) = moved.upgrade() {
                typing.tell_here(state);
            }
        };
        let state = self.stored_state().ok_or(MountFault::NotOpen)?;
        open_text(&state, client, on_update, on_presence).await
    }

    fn stored_state(&self) -> Option<Vec<u8>> {
        self.desk.upgrade()?.records.with(self.record, |loaded| loaded.open.text.state())
    }

    /// Takes in what came while the module was loading.
    fn catch_up(&self) {
        if let Some(state) = self.stored_state() {
            self.take_in(&[state]);
        }
    }

    /// Works with the open text.
    pub(crate) fn with_text<T>(&self, work: impl FnOnce(&TextSession) -> T) -> Option<T> {
        self.text.borrow().as_ref().map(work)
    }

    /// Remembers a view, so that it follows when the text begins anew.
    pub(crate) fn add_view(&self, view: &Rc<Mounted>) {
        let mut views = self.views.borrow_mut();
        views.retain(|view| view.strong_count() > 0);
        views.push(Rc::downgrade(view));
    }

    /// Takes in what others wrote.
    pub(crate) fn take_in(&self, updates: &[Vec<u8>]) {
        self.with_text(|text| updates.iter().for_each(|update| text.take_in(update)));
    }

    /// Takes in where others are.
    pub(crate) fn take_in_presence(&self, state: &[u8]) {
        self.with_text(|text| text.take_in_presence(state));
    }

    /// Lets the person write, or only read.
    pub(crate) fn set_editable(&self, editable: bool) {
        for view in self.live_views() {
            view.set_editable(editable);
        }
    }

    /// Lets nobody type while what was typed is parted from what is stored.
    fn hold(&self, held: bool) {
        self.live_views().iter().for_each(|view| view.hold(held));
    }

    /// Tells the others where this person is.
    pub(crate) fn say_here(&self) {
        if let Some(state) = self.with_text(TextSession::presence) {
            self.tell_here(state);
        }
    }

    fn tell_here(&self, state: Vec<u8>) {
        let Some(desk) = self.desk.upgrade() else { return };
        let presence = Presence { record: self.record, state };
        match desk.line() {
            Some(line) => line.here(presence),
            None => desk.tell_tabs(&Word::Here(presence)),
        }
    }

    fn live_views(&self) -> Vec<Rc<Mounted>> {
        self.views.borrow().iter().filter_map(Weak::upgrade).collect()
    }

    /// Opens the text again from what is stored, under a new client id, in the same places.
    pub(crate) fn begin_anew(self: &Rc<Self>) {
        let typing = Rc::clone(self);
        typing.hold(true);
        spawn_local(async move {
            typing.part_with().await;
            let Ok(text) = typing.open_text(fresh_client()).await else {
                return typing.hold(false);
            };
            if typing.text.borrow().is_none() {
                // Closed meanwhile.
                text.close();
                return;
            }
            for view in typing.live_views() {
                view.take_out();
            }
            if let Some(old) = typing.text.borrow_mut().replace(text) {
                old.close();
            }
            typing.catch_up();
            for view in typing.live_views() {
                typing.with_text(|text| view.put_in(text));
            }
        });
    }

    fn say(&self, state: SaveState) {
        if let Some(session) = self.state.upgrade() {
            session.set_save_state(state);
        }
    }

    /// Stores what was typed and ends the text.
    pub(crate) fn close(self: Rc<Self>) {
        spawn_local(async move {
            self.flush().await;
            for view in self.live_views() {
                view.take_out();
            }
            self.end_text();
        });
    }

    fn end_text(&self) {
        if let Some(text) = self.text.borrow_mut().take() {
            text.close();
        }
    }
}

/// Gives a Yjs client id that no other session has: 32 random bits, as Yjs does.
fn fresh_client() -> u32 {
    device::chance::<4>().map(u32::from_le_bytes).unwrap_or_default()
}
