//! What a session shows, and what it keeps beside its signals.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::sync::message::Presence;

use super::RecordSession;
use super::peers::Peers;
use super::typing::Typing;
use crate::workspace::LocalFault;

/// How far the latest words of this screen have travelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SaveState {
    /// On the way to this device's storage.
    Writing,
    /// Safe on this device.
    OnDevice,
    /// Safe on the server.
    Sent,
    /// Not taken in; readable among what was set aside.
    Refused,
    /// This device could not store it.
    Failed(LocalFault),
}

/// What an open record says to its screens.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) record: Option<Arc<Record>>,
    pub(crate) is_newer: bool,
}

impl Facts {
    /// Reads what the screens of a record show.
    pub(crate) fn of(open: &OpenRecord) -> Self {
        let exists = open.record.kind.is_some();
        let record = exists.then(|| Arc::new(open.record.clone()));
        Self { record, is_newer: open.is_newer() }
    }
}

/// A session's part outside its signals.
pub(crate) struct SessionState {
    pub(crate) id: RecordId,
    /// Whether it shows what is published, whoever looks.
    reads: bool,
    session: Cell<Option<RecordSession>>,
    typing: RefCell<Option<Rc<Typing>>>,
    peers: RefCell<Peers>,
}

impl SessionState {
    pub(super) fn new(id: RecordId, reads: bool) -> Self {
        Self {
            id,
            reads,
            session: Cell::new(None),
            typing: RefCell::new(None),
            peers: RefCell::new(Peers::default()),
        }
    }

    pub(super) fn shows_on(&self, session: RecordSession) {
        self.session.set(Some(session));
    }

    /// Says whether it shows what is published, whoever looks.
    pub(crate) fn reads(&self) -> bool {
        self.reads
    }

    /// Says whether its screen is still there.
    pub(super) fn is_shown(&self) -> bool {
        self.session.get().is_some()
    }

    /// Shows a new state; `anew`: something was taken out, so the editor begins again.
    pub(crate) fn show(&self, facts: Option<Facts>, texts: &[Vec<u8>], anew: bool) {
        let is_newer = facts.as_ref().is_some_and(|facts| facts.is_newer);
        if let Some(typing) = self.typing() {
            if anew {
                typing.begin_anew();
            } else {
                typing.take_in(texts);
            }
            if is_newer {
                typing.set_editable(false);
            }
        }
        if let Some(session) = self.session.get() {
            session.put(facts);
        }
    }

    /// Gives the open text, if an editor was ever mounted.
    pub(crate) fn typing(&self) -> Option<Rc<Typing>> {
        self.typing.borrow().clone()
    }

    /// Keeps the open text for the session's life.
    pub(crate) fn keep_typing(&self, typing: Rc<Typing>) {
        *self.typing.borrow_mut() = Some(typing);
    }

    /// Shows how far the latest words have travelled.
    pub(crate) fn set_save_state(&self, state: SaveState) {
        if let Some(session) = self.session.get() {
            session.save_state.try_set(state);
        }
    }

    /// Says whether anything of the record still waits for the server.
    pub(super) fn note_waiting(&self, waits: bool) {
        let Some(session) = self.session.get() else { return };
        let known = session.save_state.try_get_untracked();
        match (known, waits) {
            (Some(SaveState::OnDevice), false) => self.set_save_state(SaveState::Sent),
            (Some(SaveState::Sent), true) => self.set_save_state(SaveState::OnDevice),
            _ => {}
        }
    }

    /// Takes in somebody's presence.
    pub(super) fn present(&self, account: AccountId, replica: ReplicaId, presence: &Presence) {
        let Some(session) = self.session.get() else { return };
        let is_new = self.peers.borrow_mut().hear(account, replica, &presence.state);
        if let Some(typing) = self.typing() {
            typing.take_in_presence(&presence.state);
            if is_new {
                typing.say_here();
            }
        }
        self.show_peers(session);
    }

    /// Lets go of those who fell silent.
    pub(super) fn forget_silent(&self) {
        if let Some(session) = self.session.get()
            && self.peers.borrow_mut().forget_silent()
        {
            self.show_peers(session);
        }
    }

    fn show_peers(&self, session: RecordSession) {
        let peers = self.peers.borrow().list();
        let named = session.named(peers);
        session.peers.try_set(named);
    }

    /// Ends the session: what was typed is stored, the editor is gone.
    pub(super) fn close(&self) {
        self.session.set(None);
        if let Some(typing) = self.typing.borrow_mut().take() {
            typing.close();
        }
    }
}
