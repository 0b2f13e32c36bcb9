//! What the screens know and can do: one workspace a tab.
//!
//! Signals out, actions in. The screens read [`Shown`] and call the actions
//! here; everything that stores, sends or folds is behind [`desk::Desk`].
//! No text for people: faults and refusals are codes that the screens explain.

mod act;
mod adopting;
mod answers;
mod arrive;
mod awaiting;
mod compare;
mod confirm;
mod desk;
mod discussing;
mod enter;
mod events;
mod export;
mod feed;
mod hands;
mod history;
mod improving;
mod mend;
mod moderating;
mod open_records;
mod phase;
mod published;
mod reviewing;
mod set_aside;
mod shown;
mod status;
mod summaries;
mod transfer;
mod waiting;
mod write;

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

pub(crate) use act::ActError;
pub(crate) use adopting::{Adopted, Proposed, Review, Worked};
pub(crate) use desk::Desk;
pub(crate) use discussing::Arrivals;
pub(crate) use history::{History, Span};
pub(crate) use phase::{LocalFault, Phase};
pub(crate) use reviewing::{Choice, Choices, Seen, Way, Written};
pub(crate) use set_aside::{texts_of, value_text, words_in};
pub(crate) use shown::{Me, Shown};
pub(crate) use status::{LineState, RecordSync, SetAside, Storage, SyncStatus};
pub(crate) use summaries::Summaries;
pub(crate) use transfer::{Brought, ImportFault, Scope};
pub(crate) use write::{WriteFault, text as write_text};

use talkoot_core::adopt::offer::Answer;
use talkoot_core::adopt::{Content, Offer};
use talkoot_core::change::{Frontier, Op};
use talkoot_core::comment::Typed;
use talkoot_core::history::Version;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::text::Block;
use talkoot_core::value::Value;

use crate::comments::{Held, Ruled};
use crate::record_session::RecordSession;

/// The workspace of this tab: its signals (by [`Deref`]) and what can be done.
#[derive(Clone, Copy)]
pub(crate) struct Workspace {
    shown: Shown,
    desk: StoredValue<Rc<Desk>, LocalStorage>,
}

impl Deref for Workspace {
    type Target = Shown;

    fn deref(&self) -> &Shown {
        &self.shown
    }
}

/// Makes the workspace and offers it to every component below.
pub(crate) fn provide_workspace() -> Workspace {
    let shown = Shown::new();
    let desk = StoredValue::new_local(Rc::new(Desk::new(shown)));
    let workspace = Workspace { shown, desk };
    provide_context(workspace);
    workspace
}

/// Gives the workspace; it exists wherever the app's root has provided it.
pub(crate) fn use_workspace() -> Workspace {
    use_context().unwrap_or_else(provide_workspace)
}

impl Workspace {
    /// Opens what this device holds, then the line. Called once, by the root.
    pub(crate) async fn start(self) {
        enter::start(&self.desk()).await;
    }

    /// Signs in; what waited for it is sent.
    pub(crate) async fn sign_in(self, email: String, password: String) -> Result<(), ActError> {
        enter::sign_in(&self.desk(), &email, &password).await
    }

    /// Signs out. What was not sent yet stays on this device.
    pub(crate) async fn sign_out(self) -> Result<(), ActError> {
        enter::sign_out(&self.desk()).await
    }

    /// Tries to reach the server at once.
    pub(crate) fn try_now(self) {
        self.desk().try_now();
    }

    /// Starts a record with these fields.
    pub(crate) async fn create(
        self,
        kind: Kind,
        fields: Vec<(u16, Value)>,
    ) -> Result<RecordId, ActError> {
        let desk = self.desk();
        Ok(desk.hands().await?.create(Rc::clone(&desk), kind, fields).await?)
    }

    /// Turns an intention into a change, on top of the newest state of the record.
    pub(crate) async fn change(
        self,
        record: RecordId,
        intent: impl FnOnce(&Record) -> Vec<Op>,
    ) -> Result<(), ActError> {
        write::change(&self.desk(), record, intent).await?;
        Ok(())
    }

    /// Turns intentions into changes of several records, all or none.
    pub(crate) async fn change_all(
        self,
        intents: Vec<(RecordId, write::Intent<'_>)>,
    ) -> Result<(), ActError> {
        Ok(write::commit_all(&self.desk(), intents).await?)
    }

    /// Adopts a practice into a project, under a name; gives the copy, or the one that there is.
    pub(crate) async fn adopt(
        self,
        original: RecordId,
        name: String,
        project: RecordId,
    ) -> Result<Adopted, ActError> {
        adopting::adopt(&self.desk(), original, &name, project).await
    }

    /// Lists what the original of a copy says now; `None` where the original is not here.
    pub(crate) async fn review(self, copy: RecordId) -> Result<Option<Review>, ActError> {
        adopting::review(&self.desk(), copy).await
    }

    /// Carries out what was decided about the improvements of the original; gives what can be
    /// taken back.
    pub(crate) async fn receive(self, copy: RecordId, choices: &Choices) -> Result<Span, ActError> {
        reviewing::receive(&self.desk(), copy, choices).await
    }

    /// Reads what was chosen in the review of a copy and not carried out.
    pub(crate) async fn choices(self, copy: RecordId) -> Result<Choices, ActError> {
        reviewing::kept(&self.desk(), copy).await
    }

    /// Gives what was written for a section in the review of a copy, with what came since.
    pub(crate) async fn carried(
        self,
        copy: RecordId,
        field: &'static Field,
        written: &Written,
    ) -> Result<Content, ActError> {
        reviewing::carried(&self.desk(), copy, field, written).await
    }

    /// Keeps on this device what was chosen in the review of a copy; nothing forgets it. It
    /// survives the page from the call on, and what is given waits until it is stored.
    pub(crate) fn keep_choices(
        self,
        copy: RecordId,
        choices: &Choices,
    ) -> impl Future<Output = Result<(), ActError>> + use<> {
        reviewing::keep(&self.desk(), copy, choices)
    }

    /// Lists the fields in which a copy goes its own way.
    pub(crate) async fn own_ways(self, copy: RecordId) -> Result<Vec<&'static Field>, ActError> {
        adopting::own_ways(&self.desk(), copy).await
    }

    /// Suggests sections of a copy to its original.
    pub(crate) async fn suggest(
        self,
        copy: RecordId,
        sections: Vec<&'static Field>,
        reason: String,
    ) -> Result<(), ActError> {
        adopting::suggest(&self.desk(), copy, sections, reason).await
    }

    /// Gives what a section would say with a suggestion accepted.
    pub(crate) async fn with_offer(
        self,
        record: RecordId,
        offer: Offer,
    ) -> Result<Worked, ActError> {
        adopting::with_offer(&self.desk(), record, &offer).await
    }

    /// Answers a suggestion: with the text of its section from now on, or with a refusal.
    pub(crate) async fn answer(
        self,
        record: RecordId,
        offer: Offer,
        text: Option<Worked>,
        reason: String,
    ) -> Result<(), ActError> {
        adopting::answer(&self.desk(), record, offer, text, reason).await
    }

    /// Reads the versions of a record.
    pub(crate) async fn history(self, record: RecordId) -> Result<Arc<History>, ActError> {
        history::read(&self.desk(), record).await
    }

    /// Makes a record say what it said in a version; gives what can be taken back.
    pub(crate) async fn restore(
        self,
        record: RecordId,
        until: &Frontier,
    ) -> Result<Option<Span>, ActError> {
        history::restore(&self.desk(), record, until).await
    }

    /// Gives a version a name; without letters it has none.
    pub(crate) async fn name_version(
        self,
        record: RecordId,
        version: &Version,
        name: &str,
    ) -> Result<(), ActError> {
        history::name(&self.desk(), record, version, name).await
    }

    /// Takes back what was done, and leaves what came since.
    pub(crate) async fn take_back(self, record: RecordId, span: &Span) -> Result<(), ActError> {
        history::take_back(&self.desk(), record, span).await
    }

    /// Gives what a section says without a suggestion that was accepted, where that can be told.
    pub(crate) async fn without_offer(
        self,
        record: RecordId,
        offer: Offer,
    ) -> Result<Option<Vec<Block>>, ActError> {
        answers::without_offer(&self.desk(), record, &offer).await
    }

    /// Puts one answer to a suggestion in place of all, and a text in place of its section.
    pub(crate) async fn settle_answer(
        self,
        record: RecordId,
        offer: Offer,
        answer: Answer,
        text: Worked,
    ) -> Result<(), ActError> {
        answers::settle(&self.desk(), record, &offer, &answer, &text).await
    }

    /// Reads the open comments that wait for this person.
    pub(crate) async fn read_held(self) -> Result<(), ActError> {
        self.desk().read_held().await
    }

    /// Publishes an open comment in the words that are to be read.
    pub(crate) async fn publish_comment(
        self,
        held: &Held,
        typed: Typed,
    ) -> Result<Ruled, ActError> {
        moderating::publish(&self.desk(), held, typed).await
    }

    /// Rejects an open comment; `block` keeps whoever sent it out for a while.
    pub(crate) async fn reject_comment(
        self,
        held: &Held,
        reason: String,
        block: bool,
    ) -> Result<Ruled, ActError> {
        moderating::reject(&self.desk(), held, reason, block).await
    }

    /// Opens a record for a screen; it closes when the screen's owner is gone.
    pub(crate) fn open(self, record: RecordId) -> RecordSession {
        RecordSession::open(&self.desk(), record)
    }

    /// Opens what is published of a record, as its readers see it.
    pub(crate) fn open_published(self, record: RecordId) -> RecordSession {
        RecordSession::open_published(&self.desk(), record)
    }

    /// Stores what is being typed in every open text, so that what follows covers it.
    pub(crate) async fn settle_typing(self) {
        self.desk().flush_typing().await;
    }

    /// Says where the newest work on a record is.
    pub(crate) fn record_state(self, record: RecordId) -> Signal<RecordSync> {
        let shown = self.shown;
        Signal::derive(move || shown.record_sync(record))
    }

    /// Gives the first project the person belongs to, with its title.
    pub(crate) fn my_project(self) -> Option<(RecordId, String)> {
        self.shown.my_project()
    }

    /// Says whether a replica is this very device.
    pub(crate) fn is_this_device(self, replica: ReplicaId) -> bool {
        let own = self.desk().local().map(|local| local.identity.key.public().replica());
        own == Ok(replica)
    }

    /// Removes a device of this account; what it sends later is refused.
    pub(crate) async fn remove_device(self, replica: ReplicaId) -> Result<(), ActError> {
        act::remove_device(&self.desk(), replica).await
    }

    /// Tries a change that was set aside once more, as a new one.
    pub(crate) async fn retry_set_aside(self, id: ChangeId) -> Result<(), ActError> {
        set_aside::retry(&self.desk(), id).await
    }

    /// Throws away a change that was set aside.
    pub(crate) async fn discard_set_aside(self, id: ChangeId) -> Result<(), ActError> {
        set_aside::discard(&self.desk(), id).await
    }

    /// Hands the person a file with everything that the server does not have.
    pub(crate) async fn export_unsent(self) -> Result<(), ActError> {
        let desk = self.desk();
        desk.hands().await?.export(Rc::clone(&desk)).await
    }

    /// Writes down what is being typed and changes to the new version.
    pub(crate) async fn apply_update(self) -> Result<(), ActError> {
        act::apply_update(&self.desk()).await
    }

    /// Asks the browser to keep what is stored; gives whether it will.
    pub(crate) async fn ask_persistent_storage(self) -> bool {
        act::ask_persistent_storage(&self.desk()).await
    }

    /// Starts this device's copy anew after a damage; the server fills it again.
    pub(crate) async fn rebuild(self) -> Result<(), ActError> {
        enter::rebuild(&self.desk()).await
    }

    fn desk(self) -> Rc<Desk> {
        self.desk.get_value()
    }
}
