//! Deciding about open comments: the queue lies on the server, publishing is a change from here.
//!
//! The words that are held go only when the server has the change, so a comment is never lost:
//! whatever breaks in between, it stands on its thing or still waits (rule OC14). The server
//! notes that it is published only once it stands there, so asking before decides nothing: it
//! tells whether somebody else did. Where nobody could be asked, it is asked until the server
//! says, and what was rejected meanwhile is taken away again (rule OC13).

use std::cell::Cell;
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use talkoot_core::access::Role;
use talkoot_core::comment::{self, Approved, Typed};
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::record::{ItemState, Record};

use super::{ActError, Desk, LineState, WriteFault, write};
use crate::comments::{self, Decided, Decision, Held, Ruled};
use crate::device;
use crate::device::memory;

/// What was published here and the server has not ruled on: by account, record and comment.
const PUBLISHED: &str = "talkoot.published.";

/// How often the queue is looked at while nobody opens it, in looks at the line.
const LOOK_EVERY: u32 = 20;
/// How often the line is looked at, in milliseconds.
const LINE_EVERY_MS: u32 = 3_000;
/// How often the server is asked whether it has a change, and how long it is waited between.
const ASKS_MAX: u32 = 40;
const ASK_EVERY_MS: u32 = 500;

impl Desk {
    /// Reads the queue now.
    pub(super) async fn read_held(&self) -> Result<(), ActError> {
        let account = || self.shown.me.with_untracked(|me| me.as_ref().map(|me| me.account));
        let before = account();
        let mut held = comments::waiting().await?;
        // The change that publishes one may still be on its way.
        held.retain(|it| !self.published_here.borrow().contains(&it.id));
        // Who came in the place of somebody else meanwhile asks for themselves.
        if before.is_none() || account() == before {
            self.shown.status.update(|status| status.held = Some(held));
        }
        Ok(())
    }
}

/// Follows the queue for as long as the account is open here: when the line comes back, and now
/// and then.
pub(super) async fn follow(desk: Weak<Desk>) {
    let (mut was_online, mut looks) = (false, 0_u32);
    while let Some(desk) = desk.upgrade() {
        let may = desk.caller().role >= Role::Member;
        let line = desk.shown.status.with_untracked(|status| status.line);
        let is_online = line == LineState::Online;
        let is_due = is_online && (!was_online || looks.is_multiple_of(LOOK_EVERY));
        if may && is_due {
            ask_about_published(&desk).await;
            // What cannot be read now is read at the next look.
            desk.read_held().await.ok();
        }
        (was_online, looks) = (is_online, looks.wrapping_add(1));
        drop(desk);
        device::sleep(LINE_EVERY_MS).await;
    }
}

/// Publishes a comment in the words that are to be read.
pub(super) async fn publish(desk: &Rc<Desk>, held: &Held, typed: Typed) -> Result<Ruled, ActError> {
    let Held { id, record, written_ms, arrived_ms, .. } = *held;
    let line = desk.shown.status.with_untracked(|status| status.line);
    let known = match line {
        // Nobody can be asked: what the person says is stored at once.
        LineState::Offline => Err(ActError::NoNetwork),
        LineState::Online | LineState::Connecting | LineState::Held(_) => {
            comments::decide(id, &Decision::Publish).await
        }
    };
    if matches!(known, Ok(Decided::Done | Decided::Otherwise)) {
        forget(desk, held);
        return Ok(Ruled::Otherwise);
    }
    // Noted first: what is written and not noted would stand although somebody rejected it.
    let name = format!("{}{record}.{id}", published_by(desk));
    memory::keep(&name, "");
    let approved = Approved { id, typed, written_ms, arrived_ms };
    if let Err(fault) =
        write::change(desk, record, |record| comment::publish(record, &approved)).await
    {
        memory::forget(&name);
        return Err(fault.into());
    }
    // From here on it is published, here first; the server lets go of its words when it knows.
    desk.published_here.borrow_mut().insert(id);
    let mut ruled = Ruled::Here;
    // Whoever does not answer is asked again when there is a line.
    let asks = if known.is_ok() { ASKS_MAX } else { 1 };
    for _ in 0..asks {
        match ask(desk, &name, record, id).await {
            Some(Decided::NotYet) => {
                device::sleep(ASK_EVERY_MS).await;
                continue;
            }
            Some(Decided::Done) => ruled = Ruled::Done,
            Some(Decided::Otherwise) => ruled = Ruled::Otherwise,
            Some(Decided::Unknown) | None => {}
        }
        break;
    }
    forget(desk, held);
    Ok(ruled)
}

/// Begins the names of what this account published here.
fn published_by(desk: &Desk) -> String {
    let account = desk.caller().account;
    format!("{PUBLISHED}{}.", account.map(|account| account.to_string()).unwrap_or_default())
}

/// Asks about everything that was published here while nobody could be asked.
async fn ask_about_published(desk: &Rc<Desk>) {
    let begin = published_by(desk);
    for name in memory::names(&begin) {
        let parts = name.strip_prefix(&begin).and_then(|parts| parts.split_once('.'));
        let parts = parts.and_then(|(record, id)| Some((record.parse().ok()?, id.parse().ok()?)));
        let Some((record, id)) = parts else { continue };
        if ask(desk, &name, record, id).await == Some(Decided::Otherwise) {
            desk.shown.status.update(|status| status.overruled += 1);
        }
    }
}

/// Asks what was decided about a comment that was published here; what somebody else rejected is
/// taken away again. `None` where nobody answers.
async fn ask(desk: &Rc<Desk>, name: &str, record: RecordId, id: CommentId) -> Option<Decided> {
    let mut decided = comments::decide(id, &Decision::Publish).await.ok()?;
    if decided == Decided::Otherwise && !take_away(desk, record, id).await.ok()? {
        // Nothing stands there any more that would be against it.
        decided = Decided::Done;
    }
    if decided != Decided::NotYet {
        memory::forget(name);
    }
    Some(decided)
}

/// Takes a published comment away again; says whether it was there.
async fn take_away(desk: &Rc<Desk>, record: RecordId, id: CommentId) -> Result<bool, WriteFault> {
    let was_there = Cell::new(false);
    let remove = |record: &Record| {
        let Some(field) = record.kind.and_then(comment::field_of) else { return Vec::new() };
        let item = comment::item_of(id);
        let state = record.field(field).and_then(|state| state.items.get(&item));
        was_there.set(state.is_some_and(ItemState::is_there));
        if was_there.get() { vec![record.remove_item(field, item)] } else { Vec::new() }
    };
    write::change(desk, record, remove).await?;
    Ok(was_there.get())
}

/// Rejects a comment, with a reason that is kept without its words.
pub(super) async fn reject(
    desk: &Rc<Desk>,
    held: &Held,
    reason: String,
    block: bool,
) -> Result<Ruled, ActError> {
    let decided = comments::decide(held.id, &Decision::Reject { reason, block }).await?;
    forget(desk, held);
    Ok(if decided == Decided::Done { Ruled::Done } else { Ruled::Otherwise })
}

fn forget(desk: &Desk, held: &Held) {
    desk.shown.status.update(|status| {
        if let Some(all) = &mut status.held {
            all.retain(|it| it.id != held.id);
        }
    });
}
