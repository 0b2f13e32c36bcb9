//! One document: to read, and to write.

mod actions;
mod aside;
mod details;
mod editing;
mod presence;
mod reading;
mod title;

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use self::editing::Editing;
pub(crate) use self::reading::Missing;
use self::reading::Reading;
use super::not_found::NotFound;
use super::record_address::{keep_address, use_record};

/// Shows the document that the address names.
#[component]
pub(crate) fn DocumentPage() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => {
            keep_address(Kind::Document, record);
            view! { <Reading record /> }.into_any()
        }
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Opens the document that the address names for writing.
#[component]
pub(crate) fn DocumentEdit() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => {
            keep_address(Kind::Document, record);
            view! { <Editing record /> }.into_any()
        }
        None => view! { <NotFound /> }.into_any(),
    }
}
