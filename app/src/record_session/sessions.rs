//! All open sessions of this tab.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::sync::message::Presence;

use super::shown::{SaveState, SessionState};
use super::typing::Typing;

/// The sessions by number.
#[derive(Default)]
pub(crate) struct Sessions {
    open: RefCell<BTreeMap<u64, Rc<SessionState>>>,
    last: Cell<u64>,
}

impl Sessions {
    /// Adds a session and gives its number.
    pub(super) fn add(&self, state: Rc<SessionState>) -> u64 {
        let number = self.last.get().wrapping_add(1);
        self.last.set(number);
        self.open.borrow_mut().insert(number, state);
        number
    }

    /// Removes a session.
    pub(super) fn remove(&self, number: u64) {
        self.open.borrow_mut().remove(&number);
    }

    /// Lists the sessions of a record.
    pub(crate) fn of(&self, record: RecordId) -> Vec<Rc<SessionState>> {
        let open = self.open.borrow();
        open.values().filter(|state| state.id == record).cloned().collect()
    }

    /// Lists the records that are on screen.
    pub(crate) fn records(&self) -> BTreeSet<RecordId> {
        self.open.borrow().values().map(|state| state.id).collect()
    }

    /// Lists the open texts.
    pub(crate) fn typing(&self) -> Vec<Rc<Typing>> {
        self.all().iter().filter_map(|state| state.typing()).collect()
    }

    /// Tells every session whether something of its record waits for the server; while the
    /// server is being filled up again, any of it may.
    pub(crate) fn note_waiting(&self, waiting: &BTreeSet<RecordId>) {
        for state in self.all() {
            state.note_waiting(waiting.contains(&state.id));
        }
    }

    /// Tells the sessions of a record that the server did not take its newest words in.
    pub(crate) fn note_refused(&self, record: RecordId) {
        for state in self.of(record) {
            state.set_save_state(SaveState::Refused);
        }
    }

    /// Hands somebody's presence to the sessions of its record.
    pub(crate) fn present(&self, account: AccountId, replica: ReplicaId, presence: &Presence) {
        for state in self.of(presence.record) {
            state.present(account, replica, presence);
        }
    }

    /// Lets go of peers who fell silent.
    pub(crate) fn forget_silent(&self) {
        for state in self.all() {
            state.forget_silent();
        }
    }

    fn all(&self) -> Vec<Rc<SessionState>> {
        self.open.borrow().values().cloned().collect()
    }
}
