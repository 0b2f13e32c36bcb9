//! Whether one wants to hear of a discussion: follow it, or let it be quiet.

use leptos::prelude::*;
use talkoot_core::change::note::Following;

use super::page::Page;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::icon::Icon;

/// Draws both buttons; pressed again, one lets go.
#[component]
pub(super) fn Follow(page: Page) -> impl IntoView {
    view! {
        <Turn page to=Following::Followed word=words::talk::FOLLOW icon="bookmark-simple" />
        <Turn page to=Following::Muted word=words::talk::MUTE icon="x" />
    }
}

#[component]
fn Turn(page: Page, to: Following, word: Word, icon: &'static str) -> impl IntoView {
    let tongue = use_tongue();
    let is_on = Memo::new(move |_| page.notes().following(page.id) == to);
    let turn = move |_| {
        let next = if is_on.get_untracked() { Following::Unsaid } else { to };
        page.notes().follow(page.id, next);
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
