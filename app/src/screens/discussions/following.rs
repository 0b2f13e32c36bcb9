//! Whether one wants to hear of a discussion, or of those about a thing or of a project.

use leptos::prelude::*;
use talkoot_core::change::note::Following;
use talkoot_core::id::RecordId;

use super::notes::Notes;
use crate::i18n::{use_tongue, words};
use crate::ui::icon::Icon;

/// Follows something; pressed again, one lets go.
#[component]
pub(crate) fn Follow(notes: Notes, record: RecordId) -> impl IntoView {
    view! { <Turn notes record to=Following::Followed /> }
}

/// Lets something be quiet; pressed again, one hears of it as before.
#[component]
pub(crate) fn Mute(notes: Notes, record: RecordId) -> impl IntoView {
    view! { <Turn notes record to=Following::Muted /> }
}

#[component]
fn Turn(notes: Notes, record: RecordId, to: Following) -> impl IntoView {
    let tongue = use_tongue();
    let (word, icon) = match to {
        Following::Muted => (words::talk::MUTE, "x"),
        Following::Followed | Following::Unsaid => (words::talk::FOLLOW, "bookmark-simple"),
    };
    let is_on = Memo::new(move |_| notes.following(record) == to);
    let turn = move |_| {
        let next = if is_on.get_untracked() { Following::Unsaid } else { to };
        notes.follow(record, next);
    };
    view! {
        <button
            type="button"
            class="chip"
            class:chip--on=move || is_on.get()
            aria-pressed=move || if is_on.get() { "true" } else { "false" }
            on:click=turn
        >
            <Icon name=icon />
            {tongue.word(word)}
        </button>
    }
}
