//! Tabs as the accessibility practice asks: one tab stop, arrows move, the choice follows the focus.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::i18n::{Word, use_tongue};

/// One tab.
#[derive(Clone, Copy)]
pub(crate) struct Tab {
    pub(crate) word: Word,
    /// How many things are behind it.
    pub(crate) count: Signal<usize>,
}

/// Gives the id of a tab; its panel names it in `aria-labelledby`.
pub(crate) fn tab_id(group: &str, place: usize) -> String {
    format!("{group}-tab-{place}")
}

/// Gives the id of the panel of a group of tabs.
pub(crate) fn panel_id(group: &str) -> String {
    format!("{group}-panel")
}

/// Draws a list of tabs.
#[component]
pub(crate) fn Tabs(
    /// The prefix of the ids.
    group: &'static str,
    label: Word,
    tabs: Vec<Tab>,
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let tongue = use_tongue();
    let count = tabs.len();
    let move_by = move |event: KeyboardEvent| {
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % count,
            "ArrowLeft" => (now + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let tab = document().get_element_by_id(&tab_id(group, next));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            tab.focus().ok();
        }
    };
    let tab = move |(place, Tab { word, count }): (usize, Tab)| {
        let selected = move || chosen.get() == place;
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(group, place)
                aria-selected=move || selected().to_string()
                aria-controls=panel_id(group)
                tabindex=move || if selected() { "0" } else { "-1" }
                on:click=move |_| chosen.set(place)
            >
                {tongue.word(word)} " "
                <span class="n">{move || Some(count.get()).filter(|count| *count > 0)}</span>
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=tongue.word(label) on:keydown=move_by>
            {tabs.into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}
