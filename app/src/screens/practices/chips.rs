//! What narrows the library now, each to be taken back.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::facet::Facet;
use super::filter::Filter;
use super::{Asked, HEADING_ID, name};
use crate::i18n::{use_tongue, words};
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// Draws a chip for each choice, and one that takes back all.
#[component]
pub(super) fn Chips(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let chosen = move || asked.filter.with(|filter| filter.chosen.clone());
    let chip = move |(facet, code)| view! { <Chip asked facet code /> };
    let clear = move |_| {
        asked.change.run(asked.filter.with_untracked(Filter::cleared));
        focus_count();
    };
    view! {
        <Show when=move || asked.filter.with(Filter::narrows)>
            <div class="chips">
                {move || chosen().into_iter().map(chip).collect_view()}
                <button type="button" class="chip" on:click=clear>
                    {tongue.word(words::practices::CLEAR)}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn Chip(asked: Asked, facet: Facet, code: String) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let code = StoredValue::new(code);
    let name = move || code.with_value(|code| name::of_code(tongue, workspace, facet, code));
    let take_back = move |_| {
        let next =
            code.with_value(|code| asked.filter.with_untracked(|it| it.toggled(facet, code)));
        asked.change.run(next);
        focus_count();
    };
    view! {
        <button
            type="button"
            class="chip chip--on"
            aria-label=move || tongue.tell(&words::practices::remove(name()))
            on:click=take_back
        >
            {name}
            <Icon name="x" />
        </button>
    }
}

/// Moves the focus from a chip that is going away to the number of what shows now.
fn focus_count() {
    let heading = document().get_element_by_id(HEADING_ID);
    if let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        heading.focus().ok();
    }
}
