//! Doing what the client machine says, one effect at a time.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::sync::client::{Effect, Event, Watch};
use talkoot_core::sync::message::{Page, ServerMessage, Welcome};
use wasm_bindgen_futures::spawn_local;

use super::{Driver, Word};
use crate::device;
use crate::local::{KnownPerson, StoreError};
use crate::workspace::Desk;

impl Driver {
    /// Does one effect. A storage that fails is told to the person; the line goes on.
    pub(super) async fn perform(self: &Rc<Self>, effect: Effect) {
        let Some(desk) = self.desk.upgrade() else { return };
        let done = match effect {
            Effect::Open => {
                self.open_line();
                Ok(())
            }
            Effect::WakeAt { at_ms } => {
                self.wake_at(at_ms);
                Ok(())
            }
            Effect::Listen { watch, for_ms } => {
                self.listen(watch, for_ms);
                Ok(())
            }
            Effect::SayHello { .. } => {
                self.say_hello(&desk);
                Ok(())
            }
            Effect::Send(message) => {
                self.send(&message);
                Ok(())
            }
            Effect::ReadOutbox { held } => self.read_outbox(&desk, &held).await,
            Effect::Store(page) => self.store(&desk, page).await,
            Effect::OweAll => self.owe_all(&desk).await,
            Effect::ReadOwed { after } => self.read_owed(&desk, after).await,
            Effect::Forget(ids) => desk.sent(&ids).await,
            Effect::SetAside { id, code } => desk.set_aside(id, code).await,
            Effect::Greeted(welcome) => greeted(&desk, welcome).await,
            Effect::KeepPeople(people) => desk.keep_people(people).await,
            Effect::ShowPresence(message) => {
                show_presence(&desk, message);
                Ok(())
            }
            Effect::Hold(_) => {
                self.close_line();
                Ok(())
            }
            Effect::Refold(record) => desk.refold(record).await,
            Effect::Reread(record) => desk.reread(record).await,
        };
        if let Err(cause) = done {
            desk.note_fault(cause);
            let (now_ms, chance) = (device::now_ms(), device::chance_number());
            self.tell(Event::DiskFailed { now_ms, chance });
        }
    }

    fn wake_at(self: &Rc<Self>, at_ms: u64) {
        let driver = Rc::downgrade(self);
        spawn_local(async move {
            let delay_ms = at_ms.saturating_sub(device::now_ms());
            device::sleep(u32::try_from(delay_ms).unwrap_or(u32::MAX)).await;
            if let Some(driver) = driver.upgrade() {
                driver.tell(Event::Woke { now_ms: device::now_ms() });
            }
        });
    }

    fn listen(self: &Rc<Self>, watch: Watch, for_ms: u64) {
        let driver = Rc::downgrade(self);
        spawn_local(async move {
            device::sleep(u32::try_from(for_ms).unwrap_or(u32::MAX)).await;
            if let Some(driver) = driver.upgrade() {
                driver.tell(Event::Waited(watch));
            }
        });
    }

    fn say_hello(&self, desk: &Rc<Desk>) {
        let Ok(local) = desk.local() else { return };
        let waiting = u32::try_from(desk.waiting_count()).unwrap_or(u32::MAX);
        let key = local.identity.key.public();
        let hello = self.client.borrow().hello(key, device::name(), waiting);
        self.send(&hello);
    }

    async fn read_outbox(
        self: &Rc<Self>,
        desk: &Rc<Desk>,
        held: &BTreeSet<RecordId>,
    ) -> Result<(), StoreError> {
        let Ok(local) = desk.local() else { return Ok(()) };
        let (oldest, owed) = local.oldest_waiting(held).await?;
        let changes = oldest.into_iter().filter_map(|entry| {
            let id = entry.change.open().ok()?.id;
            Some((id, entry.change))
        });
        self.tell(Event::OutboxRead { changes: changes.collect(), owed });
        Ok(())
    }

    /// Where the list cannot be stored, the new log is not read: it is tried again later.
    async fn owe_all(self: &Rc<Self>, desk: &Rc<Desk>) -> Result<(), StoreError> {
        let Ok(local) = desk.local() else { return Ok(()) };
        local.owe_all().await?;
        self.tell(Event::AllOwed);
        Ok(())
    }

    async fn read_owed(self: &Rc<Self>, desk: &Rc<Desk>, after: u64) -> Result<(), StoreError> {
        let Ok(local) = desk.local() else { return Ok(()) };
        let owed = local.oldest_owed(after).await?;
        self.tell(Event::OwedRead { owed });
        Ok(())
    }

    /// A page that could not be stored is asked for again before the next one is taken.
    async fn store(self: &Rc<Self>, desk: &Rc<Desk>, page: Page) -> Result<(), StoreError> {
        let stored = desk.arrive(&page).await;
        if stored != Ok(true) {
            self.tell(Event::PageNotStored);
            return stored.map(drop);
        }
        self.tell(Event::PageStored { cursor: page.cursor, more: page.more });
        if page.more {
            return Ok(());
        }
        desk.sort_shelf_again().await;
        desk.note_synced().await
    }
}

async fn greeted(desk: &Rc<Desk>, welcome: Welcome) -> Result<(), StoreError> {
    desk.shown.status.update(|status| status.devices = welcome.devices);
    if let Ok(local) = desk.local() {
        local.learn(&welcome.makers).await?;
    }
    let known = desk.shown.me.get_untracked();
    let Some(mut me) = known.filter(|me| me.caller != welcome.caller) else { return Ok(()) };
    me.caller = welcome.caller;
    let person =
        KnownPerson { name: me.name.clone(), email: me.email.clone(), caller: me.caller.clone() };
    desk.shown.me.set(Some(me));
    if let Ok(local) = desk.local() {
        local.keep_person(&person).await?;
    }
    desk.tell_tabs(&Word::PeopleChanged);
    desk.look_at_unpublished().await
}

fn show_presence(desk: &Rc<Desk>, message: ServerMessage) {
    if let ServerMessage::Present { account, replica, presence } = message {
        desk.sessions.present(account, replica, &presence);
        desk.tell_tabs(&Word::Present { account, replica, presence });
    }
}
