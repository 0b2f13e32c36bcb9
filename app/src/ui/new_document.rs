//! The button that begins a document.

use leptos::prelude::*;
use talkoot_core::schema::{Kind, document_field};

use super::begin::Begin;
use crate::i18n::words;

/// Begins a document. Not there for those who may not.
#[component]
pub(crate) fn NewDocument() -> impl IntoView {
    view! {
        <Begin
            kind=Kind::Document
            word=words::document::NEW
            language=document_field::LANGUAGE
            project=document_field::PROJECT
        />
    }
}
