//! What stands behind the signals of one tab: storage, open records, the line.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::access::{Caller, Role};
use talkoot_core::author::Author;
use talkoot_core::id::{ChangeId, CommentId, RecordId};
use wasm_bindgen_futures::spawn_local;

use super::enter;
use super::hands::{self, Hands};
use super::improving::Uncounted;
use super::open_records::OpenRecords;
use super::waiting::Waiting;
use super::{LocalFault, Phase, Shown, WriteFault};
use crate::local::{Local, StoreError};
use crate::record_session::Sessions;
use crate::sync::{ServerLine, Tabs, Word};

/// Everything of one tab that is not a signal.
pub(crate) struct Desk {
    pub(crate) shown: Shown,
    pub(crate) records: OpenRecords,
    pub(crate) sessions: Sessions,
    pub(super) waiting: Waiting,
    /// Copies whose improvements are to be counted.
    pub(super) uncounted: Uncounted,
    /// Changes that ended the program once, and are passed over.
    pub(crate) held: RefCell<BTreeSet<ChangeId>>,
    /// Whether the tab's own listeners are set.
    pub(super) hears: Cell<bool>,
    /// Whether the queue of open comments is followed.
    pub(super) follows_held: Cell<bool>,
    /// The open comments that were published from here.
    pub(super) published_here: RefCell<BTreeSet<CommentId>>,
    local: RefCell<Option<Rc<Local>>>,
    tabs: RefCell<Option<Tabs>>,
    line: RefCell<Option<Rc<dyn ServerLine>>>,
    /// The work of the second part, once that is here.
    hands: RefCell<Option<Rc<dyn Hands>>>,
}

impl Desk {
    /// Makes an empty desk.
    pub(super) fn new(shown: Shown) -> Self {
        Self {
            shown,
            records: OpenRecords::default(),
            sessions: Sessions::default(),
            waiting: Waiting::default(),
            uncounted: Uncounted::default(),
            held: RefCell::new(BTreeSet::new()),
            hears: Cell::new(false),
            follows_held: Cell::new(false),
            published_here: RefCell::new(BTreeSet::new()),
            local: RefCell::new(None),
            tabs: RefCell::new(None),
            line: RefCell::new(None),
            hands: RefCell::new(None),
        }
    }

    /// Gives the open database.
    pub(crate) fn local(&self) -> Result<Rc<Local>, WriteFault> {
        self.local.borrow().clone().ok_or(WriteFault::NotReady)
    }

    /// Gives who writes here; nobody does without an account.
    pub(crate) fn author(&self) -> Result<Author, WriteFault> {
        let local = self.local()?;
        let account = local.account.ok_or(WriteFault::Refused { code: "not_allowed" })?;
        Ok(Author { account, key: local.identity.key.clone() })
    }

    /// Gives who reads here.
    pub(crate) fn caller(&self) -> Caller {
        let me = self.shown.me.with_untracked(|me| me.as_ref().map(|me| me.caller.clone()));
        me.unwrap_or(Caller { account: None, role: Role::Anyone, projects: BTreeSet::new() })
    }

    /// Puts an opened database on the desk.
    pub(super) fn take_up(&self, local: Rc<Local>, tabs: Tabs) {
        *self.tabs.borrow_mut() = Some(tabs);
        *self.local.borrow_mut() = Some(local);
    }

    /// Clears the desk: the account is left.
    pub(super) fn put_down(&self) {
        if let Some(line) = self.line.borrow_mut().take() {
            line.stop();
        }
        *self.tabs.borrow_mut() = None;
        if let Some(local) = self.local.borrow_mut().take() {
            local.database.close();
        }
        self.records.clear();
        self.waiting.clear();
        self.shown.clear();
    }

    /// Lets this tab speak for all.
    pub(super) fn lead_with(&self, line: Rc<dyn ServerLine>) {
        *self.line.borrow_mut() = Some(line);
    }

    /// Gives the line, if this tab speaks for all.
    pub(crate) fn line(&self) -> Option<Rc<dyn ServerLine>> {
        self.line.borrow().clone()
    }

    /// Gives the work of the second part, fetching that where it is not here yet.
    pub(super) async fn hands(&self) -> Result<Rc<dyn Hands>, WriteFault> {
        let here = self.hands.borrow().clone();
        match here {
            Some(hands) => Ok(hands),
            None => Ok(self.take_hands(hands::fetch().await?)),
        }
    }

    /// Waits for the work of the second part, for as long as it takes.
    pub(super) async fn wait_for_hands(&self) -> Rc<dyn Hands> {
        let here = self.hands.borrow().clone();
        match here {
            Some(hands) => hands,
            None => self.take_hands(hands::wait().await),
        }
    }

    fn take_hands(&self, hands: Rc<dyn Hands>) -> Rc<dyn Hands> {
        *self.hands.borrow_mut() = Some(Rc::clone(&hands));
        hands
    }

    /// Tells the other tabs of this account.
    pub(crate) fn tell_tabs(&self, word: &Word) {
        if let Some(tabs) = self.tabs.borrow().as_ref() {
            tabs.tell(word);
        }
    }

    /// Tells whichever tab speaks for all; true if that is this one.
    pub(crate) fn try_now(&self) {
        match self.line() {
            Some(line) => line.try_now(),
            None => self.tell_tabs(&Word::TryNow),
        }
    }

    /// Tells whichever tab speaks for all that a person looks at this one again.
    pub(crate) fn page_shown(&self) {
        match self.line() {
            Some(line) => line.page_shown(),
            None => self.tell_tabs(&Word::PageShown),
        }
    }

    /// Lists the records that screens of this tab show.
    pub(crate) fn on_screen(&self) -> BTreeSet<RecordId> {
        self.sessions.records()
    }

    /// Ends the tab's work when its storage can no longer be used.
    pub(crate) fn note_fault(self: &Rc<Self>, cause: StoreError) {
        match cause {
            // A full disk refuses this write only; what is here can still be read.
            // A connection that we closed ourselves (the account was left) is no fault.
            // What failed for no known reason may work the next time.
            StoreError::Full | StoreError::Closed | StoreError::Failed => {}
            StoreError::Damaged => {
                let desk = Rc::clone(self);
                spawn_local(async move { enter::end_damaged(&desk).await });
            }
            StoreError::Blocked | StoreError::Newer | StoreError::Denied => {
                self.shown.phase.set(Phase::Failed(LocalFault::from(cause)));
            }
        }
    }

    /// Stores what is being typed in every open text, and waits for it.
    ///
    /// Before the second part is here, no text is open.
    pub(crate) async fn flush_typing(self: &Rc<Self>) {
        let here = self.hands.borrow().clone();
        if let Some(hands) = here {
            hands.store_typing(Rc::clone(self)).await;
        }
    }

    /// Notes what is being typed, for a page that may be gone in a moment.
    pub(super) fn journal_typing(&self) {
        let here = self.hands.borrow().clone();
        if let Some(hands) = here {
            hands.journal_typing(self);
        }
    }

    /// Says whether something of a record waits for the server.
    pub(crate) fn is_waiting(&self, record: RecordId) -> bool {
        self.waiting.records().contains(&record)
    }
}
