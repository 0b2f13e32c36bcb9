//! Choosing several things of a list: the button that begins it, and a tick in each row.
//!
//! What can be done with what is chosen stands in a bar of its own ([`super::chosen_bar`]).

use std::collections::BTreeSet;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::record_row::title;
use crate::i18n::{use_tongue, words};

/// Where the focus goes back to when the choosing ends.
const BUTTON_ID: &str = "choose-several";

/// What is chosen of a list, and whether anything can be.
#[derive(Clone, Copy)]
pub(crate) struct Choosing {
    pub(crate) is_on: RwSignal<bool>,
    pub(crate) records: RwSignal<BTreeSet<RecordId>>,
}

impl Choosing {
    /// Begins with nothing chosen and no ticks.
    pub(crate) fn new() -> Self {
        Self { is_on: RwSignal::new(false), records: RwSignal::new(BTreeSet::new()) }
    }

    /// Ends it; nothing stays chosen.
    pub(crate) fn end(self) {
        self.is_on.try_set(false);
        self.records.try_set(BTreeSet::new());
        let button = document().get_element_by_id(BUTTON_ID);
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.focus().ok();
        }
    }

    fn turn(self, record: RecordId) {
        self.records.update(|records| {
            if !records.remove(&record) {
                records.insert(record);
            }
        });
    }
}

/// Begins and ends the choosing.
#[component]
pub(crate) fn ChooseSeveral(choosing: Choosing) -> impl IntoView {
    let tongue = use_tongue();
    let turn = move |_| {
        if choosing.is_on.get_untracked() {
            choosing.end();
        } else {
            choosing.is_on.set(true);
        }
    };
    view! {
        <button
            type="button"
            id=BUTTON_ID
            class="btn btn--quiet"
            aria-pressed=move || choosing.is_on.get().to_string()
            on:click=turn
        >
            {tongue.word(words::choose::SEVERAL)}
        </button>
    }
}

/// The tick of one thing, while things are chosen.
#[component]
pub(crate) fn Tick<'a>(choosing: Choosing, summary: &'a Summary) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let record = summary.record;
    let name = StoredValue::new(title(tongue, summary));
    let is_chosen = move || choosing.records.with(|records| records.contains(&record));
    view! {
        <Show when=move || choosing.is_on.get()>
            <label class="check tick">
                <input
                    type="checkbox"
                    aria-label=move || tongue.tell(&words::choose::one(name.get_value()))
                    prop:checked=is_chosen
                    on:change=move |_| choosing.turn(record)
                />
            </label>
        </Show>
    }
}
