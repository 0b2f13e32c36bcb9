//! Deciding about open comments: the queue lies on the server, publishing is a change from here.
//!
//! The words that are held go only when the server has the change, so a comment is never lost:
//! whatever breaks in between, it stands on its thing or still waits (rule OC14).

use std::rc::{Rc, Weak};

use leptos::prelude::*;
use talkoot_core::access::Role;
use talkoot_core::comment::{self, Approved, Typed};

use super::{ActError, Desk, LineState, write};
use crate::comments::{self, Decided, Decision, Held, Ruled};
use crate::device;

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
    let approved = Approved { id, typed, written_ms, arrived_ms };
    write::change(desk, record, |record| comment::publish(record, &approved)).await?;
    // From here on it is published, here first; the server lets go of its words when it knows.
    desk.published_here.borrow_mut().insert(id);
    let mut ruled = Ruled::Here;
    for _ in 0..ASKS_MAX {
        match comments::decide(id, &Decision::Publish).await {
            Ok(Decided::Done) => ruled = Ruled::Done,
            Ok(Decided::NotYet) => {
                device::sleep(ASK_EVERY_MS).await;
                continue;
            }
            Ok(Decided::Otherwise) => ruled = Ruled::Otherwise,
            Err(_) => {}
        }
        break;
    }
    forget(desk, held);
    Ok(ruled)
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
