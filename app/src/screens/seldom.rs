//! What few days need, in a part of the program of its own: adopting, deciding, suggesting.
//!
//! Reading and writing wait for the second part alone; this one is fetched when a page asks for
//! it, and kept by the service worker with the rest. [`draw`] is its only door.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::RecordId;

use super::door::Door;
use super::practice::seldom::{
    AdoptButton, Given, Improvements, PracticeReview, Received, Suggest, Suggestions,
};
use crate::record_session::RecordSession;

/// Something of the third part.
#[derive(Clone, Copy)]
pub(crate) enum Seldom {
    PracticeReview,
    Adopt(RecordId, RecordSession),
    Improvements(RecordId, RecordSession),
    Suggest(RecordId, RecordSession),
    Suggestions(RecordId, RecordSession),
    Given(RecordId, RecordSession),
    Received(RecordSession),
}

/// Draws a whole page of the third part as soon as that is here.
#[component]
pub(crate) fn SeldomScreen(part: Seldom) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) /> }
}

/// Draws a piece of a page; the page does not wait for it.
#[component]
pub(crate) fn SeldomPiece(part: Seldom) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) quiet=true /> }
}

/// Draws: the door to the third part.
#[wasm_split(seldom, wasm_split_path = ::leptos::wasm_split, fallible)]
fn draw(part: Seldom) -> Result<AnyView, SplitLoaderError> {
    Ok(match part {
        Seldom::PracticeReview => view! { <PracticeReview /> }.into_any(),
        Seldom::Adopt(record, session) => view! { <AdoptButton record session /> }.into_any(),
        Seldom::Improvements(record, session) => {
            view! { <Improvements record session /> }.into_any()
        }
        Seldom::Suggest(record, session) => view! { <Suggest record session /> }.into_any(),
        Seldom::Suggestions(record, session) => view! { <Suggestions record session /> }.into_any(),
        Seldom::Given(record, session) => view! { <Given record session /> }.into_any(),
        Seldom::Received(session) => view! { <Received session /> }.into_any(),
    })
}
