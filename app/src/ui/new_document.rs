//! The button that begins a document.

use leptos::prelude::*;
use talkoot_core::schema::{Kind, document_field};

use super::begin::Begin;
use crate::i18n::words;

/// Begins a document in my project.
#[component]
pub(crate) fn NewDocument() -> impl IntoView {
    let (language, project) = (document_field::LANGUAGE, document_field::PROJECT);
    view! { <Begin kind=Kind::Document word=words::document::NEW language project /> }
}
