//! The button that begins a practice.

use leptos::prelude::*;
use talkoot_core::schema::{Kind, practice_field};

use super::begin::Begin;
use crate::i18n::words;

/// Begins a practice in my project.
#[component]
pub(crate) fn NewPractice() -> impl IntoView {
    let (language, project) = (practice_field::LANGUAGE, practice_field::PROJECT);
    view! { <Begin kind=Kind::Practice word=words::practice::NEW language project /> }
}
