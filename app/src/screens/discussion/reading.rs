//! What is new on the page, and noting that it was read.
//!
//! What was new stays marked for as long as the page is open, although it is noted as read once
//! the page was seen: the line above it would otherwise be gone before anybody found it.

use leptos::prelude::*;
use talkoot_core::change::Frontier;
use talkoot_core::id::ChangeId;
use talkoot_core::notebook::{read_but, reading_until};
use talkoot_core::record::Record;
use talkoot_core::thread::Thread;

use super::page::Page;
use super::window::Window;
use crate::device::listen;

/// Marks what is new, and notes that what of it is drawn was read while somebody looks (rules DI11,
/// DI23).
pub(super) fn follow_reading(page: Page) {
    let looks = use_looks();
    // One note at a time: the next begins on what this one left.
    let noting = RwSignal::new(false);
    Effect::new(move || {
        if !page.notes().are_here() {
            return;
        }
        let Some(record) = page.session().record.get() else { return };
        let unread = unread_in(page, &record);
        if unread.is_empty() {
            return;
        }
        if !page.fresh().with_untracked(|new| unread.iter().all(|it| new.contains(it))) {
            page.fresh().update(|new| new.extend(unread.iter().copied()));
        }
        let until = page.talk().with(|talk| {
            let is_drawn =
                |post: &ChangeId| talk.as_ref().is_some_and(|it| it.post(*post).is_some());
            read_but(&record, unread.iter().copied().filter(|post| !is_drawn(post)))
        });
        // Where nothing is read by it a note would come to nothing, again and again.
        let is_noted =
            page.notes().notebook.with(|notebook| notebook.has_read_until(page.id, &until));
        // Before the window opens it is not known what is drawn.
        let is_open = page.window().with(|window| *window != Window::CLOSED);
        if is_open && !is_noted && looks.get() && !noting.get() {
            noting.set(true);
            note_read(page, until, noting);
        }
    });
}

/// Lists what the person has not read, in the order of the discussion.
pub(super) fn unread_in(page: Page, record: &Record) -> Vec<ChangeId> {
    let Some((thread, reader)) = Thread::of(record).zip(page.notes().account) else {
        return Vec::new();
    };
    page.notes().notebook.with(|notebook| notebook.unread(reader, page.id, &thread))
}

fn note_read(page: Page, until: Frontier, noting: RwSignal<bool>) {
    let note = move |notebook: &Record| reading_until(notebook, page.id, until);
    page.notes().note(note, move |is_noted| {
        if is_noted {
            noting.try_set(false);
        } else {
            // It is tried again with what comes next, not at once and for ever.
            noting.try_update_untracked(|noting| *noting = false);
        }
    });
}

/// Follows whether somebody can see the page.
pub(crate) fn use_looks() -> RwSignal<bool> {
    let looks = RwSignal::new(listen::is_visible());
    let follow = move |_| {
        looks.try_set(listen::is_visible());
    };
    let listeners = ["visibilitychange", "focus", "pageshow"]
        .map(|event| window_event_listener_untyped(event, follow));
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    looks
}
