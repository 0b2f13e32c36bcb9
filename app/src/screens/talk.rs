//! What people say to each other, in a part of the program of its own.
//!
//! Who reads documents and practices does not wait for it; it is fetched when a page asks for
//! it, and kept by the service worker with the rest. [`draw`] is its only door.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::discussion::DiscussionPage;
use super::discussions::Discussions;
use super::door::Door;

/// Something of the part about discussions.
#[derive(Clone, Copy)]
pub(crate) enum Talk {
    List,
    Thread,
}

/// Draws a whole page of discussions as soon as their part is here.
#[component]
pub(crate) fn TalkScreen(part: Talk) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) /> }
}

/// Draws: the door to the part about discussions.
#[wasm_split(talk, wasm_split_path = ::leptos::wasm_split, fallible)]
fn draw(part: Talk) -> Result<AnyView, SplitLoaderError> {
    Ok(match part {
        Talk::List => view! { <Discussions /> }.into_any(),
        Talk::Thread => view! { <DiscussionPage /> }.into_any(),
    })
}
