//! Drives core's conversation for one device: it does what the machine asks.
//!
//! The same driver serves a WebSocket, for as long as it stands, and one HTTP
//! request. Nothing is decided here but how to ask the store. Changes are for
//! people with an account: those of a published record hold what is written and
//! not published yet, so a conversation begins only with somebody who is signed
//! in (rule PU1).

use std::collections::VecDeque;

use talkoot_core::access::{Caller, Refusal};
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::message::{
    Close, Cursor, Hello, Holding, PROTOCOL, Page, Person, Presence, ServerMessage, Verdict,
    Welcome,
};
use talkoot_core::sync::server::{self, Conversation, Effect, Event, Outcome};

use crate::caller::{SignedIn, Visitor};
use crate::feed;
use crate::give_back;
use crate::hub::Relay;
use crate::push::{self, Pusher};
use crate::reading;
use crate::services::Services;
use crate::store::{Account, DeviceSeen, StoreError, Vouching};

/// Why a conversation cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TalkError {
    #[error("the conversation ends with {0:?}")]
    Close(Close),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One device's conversation.
pub struct Talk {
    services: Services,
    signed_in: SignedIn,
    /// The number of the rights that the device was told.
    rights_told: u64,
    machine: Conversation,
}

impl Talk {
    /// Starts a conversation with whoever the cookie says it is.
    pub fn new(services: Services, signed_in: SignedIn) -> Self {
        let rights_told = signed_in.account.rights;
        Self { services, signed_in, rights_told, machine: Conversation::default() }
    }

    /// Gives who is talking, as last looked up.
    pub fn caller(&self) -> Caller {
        self.signed_in.account.caller()
    }

    /// Gives the key of the device, once it has greeted.
    pub fn key(&self) -> Option<PublicKey> {
        self.machine.key
    }

    /// Takes one event into account and gives what is to be sent, in order.
    pub async fn hear(&mut self, event: Event) -> Result<Vec<ServerMessage>, TalkError> {
        let mut sending = Vec::new();
        let mut effects = self.step(event);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Vouch(hello) => {
                    let event = self.vouch(hello).await?;
                    effects.extend(self.step(event));
                    effects.push_back(Effect::Send(self.people().await?));
                }
                Effect::Admit { key, changes } => {
                    let outcomes = self.admit(key, changes).await?;
                    effects.extend(self.step(Event::Admitted(outcomes)));
                    // What was stored before makes no log grow, and yet its record may be hidden
                    // on the device until a page says that nothing of it comes (rule N34).
                    if self.has_read_all() {
                        effects.extend(self.step(Event::LogGrew));
                    }
                }
                Effect::TakeBack { key, changes } => {
                    let outcomes = self.take_back(key, changes).await?;
                    effects.extend(self.step(Event::Admitted(outcomes)));
                }
                Effect::Read(cursor) => {
                    let page = self.read(cursor).await?;
                    let head = feed::reached(self.services.hub.head());
                    let is_behind = !page.more && page.cursor.sequence < head;
                    effects.extend(self.step(Event::PageRead(page)));
                    // A pass ends where the log ended when it began; what came since follows.
                    if is_behind {
                        effects.extend(self.step(Event::LogGrew));
                    }
                }
                Effect::Compare(holding) => {
                    let event = self.compare(holding).await?;
                    effects.extend(self.step(event));
                }
                Effect::Send(message) => sending.push(message),
                Effect::Relay(presence) => self.relay(presence).await?,
                Effect::Close(close) => return Err(TalkError::Close(close)),
            }
        }
        Ok(sending)
    }

    /// Looks at the session again. `Ok(false)` means that the rights are others now.
    pub async fn recheck(&mut self) -> Result<bool, TalkError> {
        self.look_again().await?;
        Ok(self.signed_in.account.rights == self.rights_told)
    }

    /// Lists the people of the workspace.
    pub async fn people(&self) -> Result<ServerMessage, StoreError> {
        let accounts = self.services.accounts.accounts().await?;
        let person = |account: Account| Person { account: account.id, name: account.name };
        Ok(ServerMessage::People(accounts.into_iter().map(person).collect()))
    }

    /// Says whether the device has asked for pages, and was given the last that there is.
    fn has_read_all(&self) -> bool {
        let head = feed::reached(self.services.hub.head());
        self.machine.cursor.is_some_and(|cursor| cursor.sequence == head)
    }

    fn step(&mut self, event: Event) -> VecDeque<Effect> {
        let (machine, effects) = server::step(std::mem::take(&mut self.machine), event);
        self.machine = machine;
        effects.into()
    }

    async fn vouch(&self, hello: Hello) -> Result<Event, TalkError> {
        let now_ms = self.services.clock.now_ms();
        let mut makers = self.services.vouchers.servers();
        let account = self.signed_in.account.id;
        let Hello { key, device: name, waiting, .. } = hello;
        let seen = DeviceSeen { account, key, name, seen_ms: now_ms, waiting };
        // A removed device still reads; what it pushes is refused.
        match self.services.accounts.vouch(seen).await? {
            Vouching::Foreign => return Err(TalkError::Close(Close::NotAllowed)),
            Vouching::Ours => makers.extend(self.services.vouchers.device(key, account)),
            Vouching::Removed => {}
        }
        let devices = self.services.accounts.devices(account).await?;
        let welcome = Welcome {
            protocol: PROTOCOL,
            caller: self.caller(),
            rights: self.signed_in.account.rights,
            log: self.services.log,
            now_ms,
            devices,
            makers,
        };
        Ok(Event::Vouched { key, welcome })
    }

    /// Admits with the rights of this moment: a role taken away counts at once.
    async fn admit(
        &mut self,
        key: PublicKey,
        changes: Vec<SignedChange>,
    ) -> Result<Vec<Outcome>, TalkError> {
        let owned = self.owns(key).await?;
        let caller = self.caller();
        let pusher = Pusher { caller: &caller, key, owned };
        Ok(push::push(&self.services, pusher, changes).await?)
    }

    /// Takes back what others wrote too, from a device that its account still has.
    async fn take_back(
        &mut self,
        key: PublicKey,
        changes: Vec<SignedChange>,
    ) -> Result<Vec<Outcome>, TalkError> {
        if self.owns(key).await? {
            return Ok(give_back::take_back(&self.services, changes).await?);
        }
        let refuse = |signed: &SignedChange| Outcome::Refused {
            id: signed.open().ok().map(|change| change.id),
            code: Refusal::ForeignReplica.code(),
        };
        Ok(changes.iter().map(refuse).collect())
    }

    /// Says whether the device is the caller's now.
    async fn owns(&mut self, key: PublicKey) -> Result<bool, TalkError> {
        self.look_again().await?;
        let account = self.signed_in.account.id;
        Ok(self.services.accounts.owns_device(account, key.replica()).await?)
    }

    async fn read(&self, cursor: Cursor) -> Result<Page, TalkError> {
        let (caller, rights) = (self.caller(), self.signed_in.account.rights);
        Ok(self.services.page(&caller, rights, cursor).await?)
    }

    async fn compare(&self, holding: Holding) -> Result<Event, TalkError> {
        let (record, caller) = (holding.record, self.caller());
        let row = reading::find_held(&*self.services.records, &caller, record).await?;
        let Some(row) = row else {
            return Ok(Event::Compared { record, verdict: Verdict::Unseen, latest: 0 });
        };
        let held = self.services.readings.holding(&*self.services.changes, &row).await?;
        let verdict = holding.against(&held);
        Ok(Event::Compared { record, verdict, latest: feed::reached(row.changed) })
    }

    /// Passes a presence on, if its sender may see the record.
    async fn relay(&self, presence: Presence) -> Result<(), TalkError> {
        let Some(key) = self.machine.key else { return Ok(()) };
        let audience = self.services.changes.audience(presence.record).await?;
        if audience.includes(&self.caller()) {
            let (account, replica) = (self.signed_in.account.id, key.replica());
            let rooms = &self.services.rooms;
            rooms.device_is_here(presence.record, account, replica, &presence.state);
            self.services.hub.relay(Relay { account, replica, presence, audience });
        }
        Ok(())
    }

    async fn look_again(&mut self) -> Result<(), TalkError> {
        let now = Visitor::look_up(&self.services, self.signed_in.token_hash).await?;
        self.signed_in = now.0.ok_or(TalkError::Close(Close::SignedOut))?;
        Ok(())
    }
}
