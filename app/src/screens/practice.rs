//! One practice: to read, and to write.

mod actions;
mod aside;
mod contents;
mod editing;
mod evidence;
mod facts;
mod form;
mod head;
mod path;
mod phase;
mod points;
mod reading;
mod sections;

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use self::editing::Editing;
use self::reading::Reading;
use super::not_found::NotFound;
use super::record_address::{keep_address, use_record};

/// Shows the practice that the address names.
#[component]
pub(crate) fn PracticePage() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => {
            keep_address(Kind::Practice, record);
            view! { <Reading record /> }.into_any()
        }
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Opens the practice that the address names for writing.
#[component]
pub(crate) fn PracticeEdit() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => {
            keep_address(Kind::Practice, record);
            view! { <Editing record /> }.into_any()
        }
        None => view! { <NotFound /> }.into_any(),
    }
}
