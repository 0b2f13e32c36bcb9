//! A field that narrows a list by words while one types.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n::{Word, use_tongue};

/// Draws the field.
#[component]
pub(crate) fn SearchField(
    id: &'static str,
    /// What it is called and what stands in it while it is empty.
    label: Word,
    #[prop(into)] words: Signal<String>,
    #[prop(into)] on_type: Callback<String>,
) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <form class="libsearch" role="search" on:submit=|event| event.prevent_default()>
            <div class="searchfield">
                <Icon name="magnifying-glass" />
                <label class="vh" for=id>{tongue.word(label)}</label>
                <input
                    id=id
                    class="input"
                    type="search"
                    autocomplete="off"
                    placeholder=tongue.word(label)
                    prop:value=words
                    on:input=move |event| on_type.run(event_target_value(&event))
                />
            </div>
        </form>
    }
}
