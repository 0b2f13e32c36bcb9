//! Drives core's conversation for one device: it does what the machine asks.
//!
//! The same driver serves a WebSocket, for as long as it stands, and one HTTP
//! request. Nothing is decided here but how to ask the store.

use std::collections::VecDeque;

use talkoot_core::access::{Caller, Refusal};
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::message::{
    Close, Cursor, Hello, Holding, PROTOCOL, Page, Person, Presence, ServerMessage, Verdict,
    Welcome,
};
use talkoot_core::sync::server::{self, Conversation, Effect, Event, Outcome};

use crate::caller::Visitor;
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
    visitor: Visitor,
    /// The number of the rights that the device was told.
    rights_told: u64,
    machine: Conversation,
}

impl Talk {
    /// Starts a conversation with whoever the cookie says it is.
    pub fn new(services: Services, visitor: Visitor) -> Self {
        let rights_told = visitor.rights();
        Self { services, visitor, rights_told, machine: Conversation::default() }
    }

    /// Gives who is talking, as last looked up.
    pub fn caller(&self) -> Caller {
        self.visitor.caller()
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
        Ok(self.visitor.rights() == self.rights_told)
    }

    /// Lists the people whose names the caller may see: everybody, or the authors of what is open.
    pub async fn people(&self) -> Result<ServerMessage, StoreError> {
        let accounts = self.services.accounts.accounts().await?;
        let person = |account: Account| Person { account: account.id, name: account.name };
        if self.visitor.0.is_some() {
            return Ok(ServerMessage::People(accounts.into_iter().map(person).collect()));
        }
        let authors = self.services.changes.public_authors().await?;
        let open = accounts.into_iter().filter(|account| authors.contains(&account.id));
        Ok(ServerMessage::People(open.map(person).collect()))
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
        let mut devices = Vec::new();
        let mut makers = self.services.vouchers.servers();
        if let Some(signed_in) = &self.visitor.0 {
            let account = signed_in.account.id;
            let Hello { key, device: name, waiting, .. } = hello.clone();
            let seen = DeviceSeen { account, key, name, seen_ms: now_ms, waiting };
            // A removed device still reads; what it pushes is refused.
            match self.services.accounts.vouch(seen).await? {
                Vouching::Foreign => return Err(TalkError::Close(Close::NotAllowed)),
                Vouching::Ours => makers.extend(self.services.vouchers.device(key, account)),
                Vouching::Removed => {}
            }
            devices = self.services.accounts.devices(account).await?;
        }
        let welcome = Welcome {
            protocol: PROTOCOL,
            caller: self.visitor.caller(),
            rights: self.visitor.rights(),
            log: self.services.log,
            now_ms,
            devices,
            makers,
        };
        Ok(Event::Vouched { key: hello.key, welcome })
    }

    /// Admits with the rights of this moment: a role taken away counts at once.
    async fn admit(
        &mut self,
        key: PublicKey,
        changes: Vec<SignedChange>,
    ) -> Result<Vec<Outcome>, TalkError> {
        let owned = self.owns(key).await?;
        let caller = self.visitor.caller();
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
        match self.visitor.caller().account {
            Some(account) => Ok(self.services.accounts.owns_device(account, key.replica()).await?),
            None => Ok(false),
        }
    }

    async fn read(&self, cursor: Cursor) -> Result<Page, TalkError> {
        let (caller, rights) = (self.visitor.caller(), self.visitor.rights());
        Ok(self.services.page(&caller, rights, cursor).await?)
    }

    async fn compare(&self, holding: Holding) -> Result<Event, TalkError> {
        let (record, caller) = (holding.record, self.visitor.caller());
        let row = reading::find_one(&*self.services.records, &caller, record).await?;
        let Some(row) = row else {
            return Ok(Event::Compared { record, verdict: Verdict::Unseen, latest: 0 });
        };
        let folded = self.services.readings.read(&*self.services.changes, &row).await?;
        let verdict = holding.against(&folded.holding);
        Ok(Event::Compared { record, verdict, latest: feed::reached(row.changed) })
    }

    /// Passes a presence on, if its sender has an account and may see the record.
    async fn relay(&self, presence: Presence) -> Result<(), TalkError> {
        let (Some(signed_in), Some(key)) = (&self.visitor.0, self.machine.key) else {
            return Ok(());
        };
        let audience = self.services.changes.audience(presence.record).await?;
        if audience.includes(&signed_in.account.caller()) {
            let (account, replica) = (signed_in.account.id, key.replica());
            let rooms = &self.services.rooms;
            rooms.device_is_here(presence.record, account, replica, &presence.state);
            self.services.hub.relay(Relay { account, replica, presence, audience });
        }
        Ok(())
    }

    async fn look_again(&mut self) -> Result<(), TalkError> {
        let Some(signed_in) = &self.visitor.0 else { return Ok(()) };
        self.visitor = Visitor::look_up(&self.services, signed_in.token_hash).await?;
        if self.visitor.0.is_some() { Ok(()) } else { Err(TalkError::Close(Close::SignedOut)) }
    }
}
