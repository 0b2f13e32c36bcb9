//! What people say to each other, in a part of the program of its own.
//!
//! Who reads documents and practices does not wait for it; it is fetched when a page asks for
//! it, and kept by the service worker with the rest. [`draw`] is its only door.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::discussion::DiscussionPage;
use super::discussions::Discussions;
use super::discussions::about::DiscussionsAbout;
use super::door::Door;
use super::inbox::InboxPage;
use super::inbox::count::InboxCount;
use super::margin::{Margin, MarginOf};

/// Something of the part about discussions.
#[derive(Clone, Copy)]
pub(crate) enum Talk {
    List,
    Thread,
    Inbox,
    /// How much of the inbox is unread, beside the way there.
    InboxCount,
    /// The discussions about a thing, on its page.
    About(RecordId, Kind),
    /// What people said beside a text that is written.
    Margin(MarginOf),
}

/// Draws a whole page of discussions as soon as their part is here.
#[component]
pub(crate) fn TalkScreen(part: Talk) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) /> }
}

/// Draws a piece of a page; the page does not wait for it.
#[component]
pub(crate) fn TalkPiece(part: Talk) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) quiet=true /> }
}

/// Draws: the door to the part about discussions.
#[wasm_split(talk, wasm_split_path = ::leptos::wasm_split, fallible)]
fn draw(part: Talk) -> Result<AnyView, SplitLoaderError> {
    Ok(match part {
        Talk::List => view! { <Discussions /> }.into_any(),
        Talk::Thread => view! { <DiscussionPage /> }.into_any(),
        Talk::Inbox => view! { <InboxPage /> }.into_any(),
        Talk::InboxCount => view! { <InboxCount /> }.into_any(),
        Talk::About(record, kind) => view! { <DiscussionsAbout record kind /> }.into_any(),
        // The page that it belongs to may have been left while the part was on its way.
        Talk::Margin(of) if of.session.record.is_disposed() => ().into_any(),
        Talk::Margin(of) => view! { <Margin of /> }.into_any(),
    })
}
