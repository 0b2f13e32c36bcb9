//! What the library is, in a sentence or two with its numbers.

use leptos::prelude::*;

use super::facet::Facet;
use super::shelf::Found;
use crate::i18n::{Word, use_tongue, words};
use crate::time_text;

/// Draws the sentence below the heading.
#[component]
pub(super) fn Lead(all: Memo<Found>) -> impl IntoView {
    let tongue = use_tongue();
    let numbers =
        Memo::new(move |_| all.with(|all| (all.shown.len(), all.codes(Facet::Project).count())));
    let counted = move || {
        let number = |count| time_text::number(tongue.language(), count);
        let phrase = match numbers.get() {
            (0, _) => return String::new(),
            (1, _) => Word::into(words::practices::LEAD_ONE),
            (count, 0 | 1) => words::practices::lead_few(number(count)),
            (count, projects) => words::practices::lead_many(number(count), number(projects)),
        };
        tongue.tell(&phrase) + " "
    };
    view! { <p class="lead">{counted} {tongue.word(words::practices::INVITE)}</p> }
}
