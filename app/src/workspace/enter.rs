//! Coming in and leaving: which account this device works for.
//!
//! The account is remembered outside the databases, so that a start without a
//! network opens the right one. Leaving keeps the database: what was not sent
//! waits there until the account comes back (rule L15).

use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::AccountId;
use talkoot_core::sync::message::Cursor;
use wasm_bindgen_futures::spawn_local;

use super::{ActError, Desk, LocalFault, Me, Phase, events};
use crate::account::{self, AccountError, SignedIn};
use crate::device::{self, memory};
use crate::local::{self, KnownPerson, Local, StoreError};
use crate::sync::{Lease, Tabs, Word};

/// Where the account is remembered.
const ACCOUNT: &str = "talkoot.account";
/// What stood there while the app itself let people read without an account.
const ANYONE: &str = "anyone";
/// Where the last address is remembered, for the form.
const EMAIL: &str = "talkoot.email";
/// Set while a sign-out has not reached the server.
const LEAVING: &str = "talkoot.leaving";

/// Opens what this device was last used for.
pub(super) async fn start(desk: &Rc<Desk>) {
    events::hear(desk);
    *desk.held.borrow_mut() = local::held_at_start();
    match memory::read(ACCOUNT).as_deref() {
        Some(ANYONE) => {
            memory::forget(ACCOUNT);
            sign_out_shown(desk);
        }
        Some(name) => match name.parse() {
            Ok(account) => open(desk, Some(account), None).await,
            Err(_) => sign_out_shown(desk),
        },
        None => adopt_session(desk).await,
    }
}

/// A browser may still be signed in although this memory was cleared.
async fn adopt_session(desk: &Rc<Desk>) {
    if memory::read(LEAVING).is_some() && account::sign_out().await.is_ok() {
        memory::forget(LEAVING);
    }
    let left = memory::read(LEAVING).is_some();
    match account::current().await {
        Ok(signed_in) if !left => come_in(desk, signed_in).await,
        _ => sign_out_shown(desk),
    }
}

fn sign_out_shown(desk: &Rc<Desk>) {
    desk.shown.phase.set(Phase::SignedOut { last_email: memory::read(EMAIL) });
}

/// Comes in too when another tab of this browser has (rule L15).
pub(super) async fn follow_other_tabs(desk: &Rc<Desk>) {
    let is_out = desk.shown.phase.with_untracked(|it| matches!(it, Phase::SignedOut { .. }));
    if is_out && memory::read(ACCOUNT).is_some() {
        start(desk).await;
    }
}

/// Signs in.
pub(super) async fn sign_in(desk: &Rc<Desk>, email: &str, password: &str) -> Result<(), ActError> {
    let signed_in = account::sign_in(email, password).await?;
    memory::keep(EMAIL, email);
    memory::forget(LEAVING);
    come_in(desk, signed_in).await;
    Ok(())
}

async fn come_in(desk: &Rc<Desk>, signed_in: SignedIn) {
    let SignedIn { account, person } = signed_in;
    memory::keep(ACCOUNT, &account.to_string());
    let is_open = desk.local().is_ok_and(|local| local.account == Some(account));
    if !is_open {
        open(desk, Some(account), Some(person)).await;
        return;
    }
    desk.shown.me.set(Some(me_of(account, person.clone())));
    if let Ok(local) = desk.local()
        && let Err(cause) = local.keep_person(&person).await
    {
        desk.note_fault(cause);
    }
    match desk.line() {
        Some(line) => line.signed_in(),
        None => desk.tell_tabs(&Word::SignedIn),
    }
}

/// Leaves the account; the server is told now or at the next start.
pub(super) async fn sign_out(desk: &Rc<Desk>) -> Result<(), ActError> {
    desk.flush_typing().await;
    memory::keep(LEAVING, "1");
    match account::sign_out().await {
        Ok(()) => memory::forget(LEAVING),
        Err(AccountError::NoNetwork) => {}
        Err(other) => {
            memory::forget(LEAVING);
            return Err(other.into());
        }
    }
    desk.tell_tabs(&Word::SignedOut);
    leave(desk);
    Ok(())
}

/// Leaves the account in this tab.
pub(super) fn leave(desk: &Rc<Desk>) {
    memory::forget(ACCOUNT);
    desk.put_down();
    sign_out_shown(desk);
}

/// Removes a damaged database and starts a new one; the server fills it.
pub(super) async fn rebuild(desk: &Rc<Desk>) -> Result<(), ActError> {
    let account = memory::read(ACCOUNT).and_then(|name| name.parse().ok());
    desk.put_down();
    Local::remove(account).await?;
    start(desk).await;
    Ok(())
}

/// Opens an account's database and puts it on the desk.
async fn open(desk: &Rc<Desk>, account: Option<AccountId>, person: Option<KnownPerson>) {
    // What was typed belongs to the account that is left.
    desk.flush_typing().await;
    desk.put_down();
    desk.shown.phase.set(Phase::Starting);
    loop {
        match open_once(desk, account, person.clone()).await {
            Ok(()) => break,
            Err(StoreError::Blocked) => {
                // The person is told; should the other tab let go, this one goes on by itself.
                desk.shown.phase.set(Phase::Failed(LocalFault::Blocked));
                device::sleep(1_000).await;
            }
            Err(cause) => {
                fail(desk, account, cause).await;
                return;
            }
        }
    }
    desk.shown.phase.set(Phase::Ready);
    lead_when_it_is_our_turn(desk, account);
    let desk = Rc::clone(desk);
    spawn_local(async move {
        desk.wait_for_hands().await.mend(Rc::clone(&desk)).await;
        desk.measure_storage().await;
    });
}

/// Ends a tab whose storage turned out to be damaged: what was not sent is saved first.
pub(super) async fn end_damaged(desk: &Rc<Desk>) {
    if let Ok(local) = desk.local() {
        fail(desk, local.account, StoreError::Damaged).await;
    }
}

async fn fail(desk: &Rc<Desk>, account: Option<AccountId>, cause: StoreError) {
    let mut fault = LocalFault::from(cause);
    if let LocalFault::Damaged { exported } = &mut fault
        && let Ok(local) = Local::open(account).await
        && let Ok(hands) = desk.hands().await
    {
        *exported = hands.rescue(local).await;
    }
    desk.shown.phase.set(Phase::Failed(fault));
}

async fn open_once(
    desk: &Rc<Desk>,
    account: Option<AccountId>,
    person: Option<KnownPerson>,
) -> Result<(), StoreError> {
    let local = Rc::new(Local::open(account).await?);
    if let Some(person) = &person {
        local.keep_person(person).await?;
    }
    let known = match person {
        Some(person) => Some(person),
        None => local.person().await?,
    };
    let (summaries, people) = (local.summaries().await?, local.people().await?);
    let waiting = local.waiting_after(0).await?;
    let last_synced_ms = local.last_synced_ms().await?;
    let told = Rc::downgrade(desk);
    local.database.close_on_request(move || {
        if let Some(desk) = told.upgrade() {
            desk.shown.phase.set(Phase::Failed(LocalFault::Newer));
        }
    });
    desk.take_up(Rc::clone(&local), Tabs::open(account, events::tabs_hear(desk)));
    desk.shown.me.set(account.zip(known).map(|(account, person)| me_of(account, person)));
    desk.shown.people.set(people);
    desk.show_summaries(summaries.into_iter().map(|it| (it.record, Some(it))));
    desk.waiting.add_all(&waiting);
    desk.shown.status.update(|status| status.last_synced_ms = last_synced_ms);
    desk.show_waiting();
    desk.show_set_aside().await?;
    if local.owes().await? {
        desk.shown.status.update(|status| status.owes = true);
        desk.note_owed().await?;
    }
    events::note_visit(desk, account);
    desk.tell_tabs(&Word::AskLine);
    Ok(())
}

fn me_of(account: AccountId, person: KnownPerson) -> Me {
    Me { account, name: person.name, email: person.email, caller: person.caller }
}

/// Waits in the background until this tab may speak for all.
fn lead_when_it_is_our_turn(desk: &Rc<Desk>, account: Option<AccountId>) {
    let weak = Rc::downgrade(desk);
    spawn_local(async move {
        let lease = Lease::wait(account).await;
        let Some(desk) = weak.upgrade() else { return };
        let hands = desk.wait_for_hands().await;
        // Another account was opened meanwhile: the lease goes with its end here.
        let Ok(local) = desk.local() else { return };
        if local.account != account || desk.line().is_some() {
            return;
        }
        // The tab that spoke before may have ended in the middle of a word.
        let recounted = desk.recount_waiting().await;
        let place = where_we_are(&local).await;
        match recounted.and(place) {
            Ok((cursor, owes)) => {
                let line = hands.lead(&desk, cursor, owes, lease);
                desk.lead_with(Rc::clone(&line));
                line.try_now();
            }
            Err(cause) => desk.note_fault(cause),
        }
    });
}

/// Reads how far the log was read, and whether something is owed to the server.
async fn where_we_are(local: &Local) -> Result<(Cursor, bool), StoreError> {
    Ok((local.cursor().await?, local.owes().await?))
}
