//! Acting on a record from a screen: do it, say what was done, offer to undo it.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use leptos::task::spawn_local;
use talkoot_core::blank::lacks_name;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::record::{Publication, Record};

use super::fault_text;
use super::toast::{Toasts, use_toasts};
use crate::i18n::{Word, words};
use crate::workspace::{Workspace, use_workspace};

/// What a person wants to do with a record, as operations on what it is then.
pub(crate) type Intent = Box<dyn FnOnce(&Record) -> Vec<Op>>;

/// What a screen needs to act.
#[derive(Clone, Copy)]
pub(crate) struct Acts {
    workspace: Workspace,
    toasts: Toasts,
}

/// Gives what a screen needs to act.
pub(crate) fn use_acts() -> Acts {
    Acts { workspace: use_workspace(), toasts: use_toasts() }
}

impl Acts {
    /// Changes a record; says only what went wrong.
    pub(crate) fn change(
        self,
        record: RecordId,
        intent: impl FnOnce(&Record) -> Vec<Op> + 'static,
    ) {
        self.change_then(record, intent, || {});
    }

    /// Changes a record and goes on when it is safe on this device.
    pub(crate) fn change_then(
        self,
        record: RecordId,
        intent: impl FnOnce(&Record) -> Vec<Op> + 'static,
        then: impl FnOnce() + 'static,
    ) {
        let ended = |is_done| {
            if is_done {
                then();
            }
        };
        self.change_all(vec![(record, Box::new(intent))], Box::new(ended));
    }

    /// Changes several records, all or none, and tells whether it is safe on this device; says
    /// what went wrong. The one copy of what every act does: a copy for each would weigh 3 KB.
    pub(crate) fn change_all(self, intents: Vec<(RecordId, Intent)>, ended: Box<dyn FnOnce(bool)>) {
        spawn_local(async move {
            let done = self.workspace.change_all(intents).await;
            ended(done.is_ok());
            if let Err(fault) = done {
                self.toasts.say(fault_text::of_act(&fault));
            }
        });
    }

    /// Changes a record, says so and offers to undo it.
    pub(crate) fn change_undoably(
        self,
        record: RecordId,
        said: Word,
        intent: impl FnOnce(&Record) -> Vec<Op> + 'static,
        undo: impl Fn(&Record) -> Vec<Op> + Clone + Send + Sync + 'static,
    ) {
        self.change_then(record, intent, move || self.offer_undo(record, said, undo));
    }

    /// Says what was done to a record and offers to undo it.
    pub(crate) fn offer_undo(
        self,
        record: RecordId,
        said: Word,
        undo: impl Fn(&Record) -> Vec<Op> + Clone + Send + Sync + 'static,
    ) {
        self.toasts.say_undoable(said, move || self.change(record, undo.clone()));
    }

    /// Opens a record to everybody, or closes it again.
    pub(crate) fn publish(self, record: RecordId, published: bool) {
        let said = if published { words::act::PUBLISHED } else { words::act::UNPUBLISHED };
        let undo = move |record: &Record| {
            vec![if published { record.publish(false) } else { record.reopen() }]
        };
        let intent = move |record: &Record| record.publish(published);
        self.open_named(record, !published, intent, move || self.offer_undo(record, said, undo));
    }

    /// Publishes what was written since the last time, with what changed and why.
    pub(crate) fn publish_changes(
        self,
        record: RecordId,
        reason: String,
        then: impl FnOnce() + 'static,
    ) {
        // What was published before, and what is now, as the transaction that stores knows it.
        let made = Arc::new(Mutex::new(None));
        let noted = Arc::clone(&made);
        let intent = move |record: &Record| {
            let op = record.publish_changes(&reason);
            if let Ok(mut noted) = noted.lock() {
                *noted = Publication::made_by(&op).map(|made| (record.published_now(), made));
            }
            op
        };
        self.open_named(record, false, intent, move || {
            then();
            self.offer_to_take_back(record, &made);
        });
    }

    fn offer_to_take_back(
        self,
        record: RecordId,
        made: &Mutex<Option<(Publication, Publication)>>,
    ) {
        let made = made.lock().ok().and_then(|made| made.clone());
        let Some((before, made)) = made else { return self.toasts.say(words::published::DONE) };
        self.toasts.say_undoable(words::published::DONE, move || {
            let (before, made) = (before.clone(), made.clone());
            let back = move |it: &Record| vec![it.take_publishing_back(&made, before)];
            let toasts = self.toasts;
            self.change_then(record, back, move || toasts.say(words::published::TAKEN_BACK));
        });
    }

    /// Publishes what has a name, once what is typed is stored (rule P81); `closes`: it is closed,
    /// for which it needs none.
    fn open_named(
        self,
        record: RecordId,
        closes: bool,
        intent: impl FnOnce(&Record) -> Op + 'static,
        then: impl FnOnce() + 'static,
    ) {
        let nameless = Rc::new(Cell::new(false));
        let found = Rc::clone(&nameless);
        let intent = move |record: &Record| {
            found.set(!closes && lacks_name(record));
            if found.get() { Vec::new() } else { vec![intent(record)] }
        };
        let toasts = self.toasts;
        spawn_local(async move {
            self.workspace.settle_typing().await;
            self.change_then(record, intent, move || {
                if nameless.get() { toasts.say(words::act::NAME_FIRST) } else { then() }
            });
        });
    }

    /// Puts into the bin what was left without a word (rule P80).
    pub(crate) fn drop_blank(self, record: RecordId) {
        let intent = |record: &Record| vec![record.trash(true)];
        self.change_undoably(record, words::act::BLANK, intent, |it| vec![it.trash(false)]);
    }

    /// Puts a record into the bin; it can be taken out for thirty days.
    pub(crate) fn trash(self, record: RecordId) {
        let intent = |record: &Record| vec![record.trash(true)];
        self.change_undoably(record, words::act::TRASHED, intent, |it| vec![it.trash(false)]);
    }

    /// Takes a record out of the bin.
    pub(crate) fn restore(self, record: RecordId) {
        let intent = |record: &Record| vec![record.trash(false)];
        self.change_undoably(record, words::act::RESTORED, intent, |it| vec![it.trash(true)]);
    }
}
