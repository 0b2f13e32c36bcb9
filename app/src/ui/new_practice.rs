//! The button that begins a practice.

use leptos::prelude::*;
use talkoot_core::schema::{Kind, practice_field};

use super::begin::Begin;
use crate::i18n::words;

/// Begins a practice. Not there for those who may not.
#[component]
pub(crate) fn NewPractice(
    /// Whether it is the first thing to do in its place.
    #[prop(default = true)]
    primary: bool,
) -> impl IntoView {
    view! {
        <Begin
            kind=Kind::Practice
            word=words::practices::NEW
            language=practice_field::LANGUAGE
            project=practice_field::PROJECT
            primary
        />
    }
}
