//! What the tab hears from the browser and from the other tabs.

use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::AccountId;
use wasm_bindgen_futures::spawn_local;

use super::{Desk, Me, enter};
use crate::device::{self, listen, memory};
use crate::local::StoreError;
use crate::offline;
use crate::sync::{LineWord, Word};

/// Where the last visit of an account is remembered.
const VISIT: &str = "talkoot.visit.";
/// How often to look whether somebody fell silent, in milliseconds.
const LOOK_AROUND_MS: u32 = 10_000;

/// Sets the tab's listeners, once.
pub(super) fn hear(desk: &Rc<Desk>) {
    if desk.hears.replace(true) {
        return;
    }
    let online = Rc::clone(desk);
    listen::on_window("online", move |_| online.try_now());
    let outside = Rc::clone(desk);
    listen::on_window("storage", move |_| {
        let desk = Rc::clone(&outside);
        spawn_local(async move { enter::follow_other_tabs(&desk).await });
    });
    let leaving = Rc::clone(desk);
    listen::on_window("pagehide", move |_| leaving.hide());
    let leaving = Rc::clone(desk);
    listen::on_window("beforeunload", move |_| leaving.hide());
    let seen = Rc::clone(desk);
    listen::on_document("visibilitychange", move |_| {
        if listen::is_visible() { seen.page_shown() } else { seen.hide() }
    });
    let sessions = Rc::downgrade(desk);
    spawn_local(async move {
        while let Some(desk) = sessions.upgrade() {
            desk.sessions.forget_silent();
            drop(desk);
            device::sleep(LOOK_AROUND_MS).await;
        }
    });
    let ready = desk.shown.update_ready;
    offline::on_update_ready(move || ready.set(true));
}

impl Desk {
    /// The tab may be gone in a moment: stores what is being typed, notes the visit.
    fn hide(self: &Rc<Self>) {
        self.journal_typing();
        let account = self.shown.me.with_untracked(|me| me.as_ref().map(|me| me.account));
        if let Some(account) = account {
            memory::keep(&format!("{VISIT}{account}"), &device::now_ms().to_string());
        }
        let desk = Rc::clone(self);
        spawn_local(async move { desk.flush_typing().await });
    }
}

/// Shows when the person was last here.
pub(super) fn note_visit(desk: &Desk, account: Option<AccountId>) {
    let visit = account.and_then(|account| memory::read(&format!("{VISIT}{account}")));
    desk.shown.last_visit_ms.set(visit.and_then(|at_ms| at_ms.parse().ok()));
}

/// Gives what to do with the words of other tabs.
pub(super) fn tabs_hear(desk: &Rc<Desk>) -> impl FnMut(Word) + 'static {
    let desk = Rc::downgrade(desk);
    move |word| {
        let Some(desk) = desk.upgrade() else { return };
        spawn_local(async move {
            if let Err(cause) = heard(&desk, word).await {
                desk.note_fault(cause);
            }
        });
    }
}

async fn heard(desk: &Rc<Desk>, word: Word) -> Result<(), StoreError> {
    match word {
        Word::Wrote { records, anew } => desk.catch_up(&records, anew).await?,
        Word::Sent(ids) => {
            desk.waiting.forget(&ids);
            desk.show_waiting();
        }
        Word::SetAsideChanged => desk.hear_set_aside().await?,
        Word::Line(line) => {
            desk.shown.status.update(|status| line.put_into(status));
            desk.note_sent();
            desk.note_owed().await?;
        }
        Word::ShelfChanged => {
            // Without the second part, no screen shows it; that reads it when it comes.
            if let Ok(hands) = desk.hands().await {
                hands.hear_shelf(Rc::clone(desk)).await?;
            }
        }
        Word::Present { account, replica, presence } => {
            desk.sessions.present(account, replica, &presence);
        }
        Word::PeopleChanged => people_changed(desk).await?,
        Word::SignedOut => enter::leave(desk),
        Word::OutboxGrew
        | Word::TryNow
        | Word::PageShown
        | Word::SignedIn
        | Word::AskLine
        | Word::OwesMore
        | Word::Here(_) => asked(desk, word),
    }
    Ok(())
}

/// Answers what is for the tab that speaks for all.
fn asked(desk: &Rc<Desk>, word: Word) {
    let Some(line) = desk.line() else { return };
    match word {
        Word::OutboxGrew => line.outbox_grew(),
        Word::TryNow => line.try_now(),
        Word::PageShown => line.page_shown(),
        Word::SignedIn => line.signed_in(),
        Word::OwesMore => line.owes_more(),
        Word::Here(presence) => line.here(presence),
        Word::AskLine => {
            desk.tell_tabs(&Word::Line(desk.shown.status.with_untracked(LineWord::of)));
        }
        Word::Wrote { .. }
        | Word::Sent(_)
        | Word::SetAsideChanged
        | Word::ShelfChanged
        | Word::SignedOut
        | Word::Line(_)
        | Word::Present { .. }
        | Word::PeopleChanged => {}
    }
}

async fn people_changed(desk: &Rc<Desk>) -> Result<(), StoreError> {
    let Ok(local) = desk.local() else { return Ok(()) };
    desk.shown.people.set(local.people().await?);
    if let Some((account, person)) = local.account.zip(local.person().await?) {
        let me = Me { account, name: person.name, email: person.email, caller: person.caller };
        if desk.shown.me.with_untracked(|known| known.as_ref() != Some(&me)) {
            desk.shown.me.set(Some(me));
            if let Ok(hands) = desk.hands().await {
                hands.look_at_unpublished(Rc::clone(desk)).await?;
            }
        }
    }
    Ok(())
}
