//! One organisation: a small page of its fields.

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use super::not_found::NotFound;
use super::record_address::use_record;
use super::record_page::RecordPage;

/// Shows the organisation that the address names.
#[component]
pub(crate) fn OrganisationPage() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => view! { <RecordPage record kind=Kind::Organisation /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}
