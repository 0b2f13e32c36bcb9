//! One practice: to read, and to write.

mod actions;
mod adopt;
mod adoption;
mod aside;
mod contents;
mod editing;
mod evidence;
mod facts;
mod form;
mod head;
mod offers;
mod origin;
mod path;
mod phase;
mod points;
mod reading;
mod review;
mod sections;
pub(crate) mod seldom;
mod standing;
mod twins;
mod ways;

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use self::editing::Editing;
use self::reading::Reading;
use super::written::addressed;

/// Shows the practice that the address names.
#[component]
pub(crate) fn PracticePage() -> impl IntoView {
    addressed(Kind::Practice, |record| view! { <Reading record /> }.into_any())
}

/// Opens the practice that the address names for writing.
#[component]
pub(crate) fn PracticeEdit() -> impl IntoView {
    addressed(Kind::Practice, |record| view! { <Editing record /> }.into_any())
}
