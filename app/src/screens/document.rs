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

pub(crate) use self::actions::PublishButton;
use self::editing::Editing;
pub(crate) use self::editing::{OfflineBanner, leave_if_not_for_writing};
pub(crate) use self::presence::Presence;
use self::reading::Reading;
pub(crate) use self::reading::{InBin, Missing, Newer};
pub(crate) use self::title::TitleField;
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
