//! Choosing the language. Each is named in itself.

use leptos::prelude::*;

use super::segment::{Part, Segment};
use crate::i18n::{Language, own_name, use_tongue, words};

/// Lets a person choose the language; it changes at once.
#[component]
pub(crate) fn LanguageSegment() -> impl IntoView {
    let tongue = use_tongue();
    let parts = Language::ALL.map(|language| Part {
        value: language,
        name: own_name(language),
        lang: Some(language.tag()),
    });
    view! {
        <Segment
            legend=Signal::derive(move || tongue.say(words::language::LEGEND).to_owned())
            name="language"
            parts=Signal::stored(parts.to_vec())
            chosen=Signal::derive(move || tongue.language())
            on_choose=move |language| tongue.choose(language)
            class="langs"
        />
    }
}
