//! One document: to read, and to write.

mod actions;
mod aside;
mod details;
mod editing;
mod reading;

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use self::editing::Editing;
use self::reading::Reading;
use super::written::addressed;

/// Shows the document that the address names.
#[component]
pub(crate) fn DocumentPage() -> impl IntoView {
    addressed(Kind::Document, |record| view! { <Reading record /> }.into_any())
}

/// Opens the document that the address names for writing.
#[component]
pub(crate) fn DocumentEdit() -> impl IntoView {
    addressed(Kind::Document, |record| view! { <Editing record /> }.into_any())
}
