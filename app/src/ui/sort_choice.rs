//! Chooses what comes first in a list.

use leptos::prelude::*;

use crate::i18n::{Word, use_tongue};

/// Draws the choice; an order is named by its code in the address.
#[component]
pub(crate) fn SortChoice(
    label: Word,
    /// The code and the name of each order.
    orders: Vec<(&'static str, Word)>,
    #[prop(into)] chosen: Signal<&'static str>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let tongue = use_tongue();
    let option = move |(code, name): (&'static str, Word)| {
        view! {
            <option value=code prop:selected=move || chosen.get() == code>
                {tongue.word(name)}
            </option>
        }
    };
    view! {
        <label class="sort">
            <span class="vh">{tongue.word(label)}</span>
            <select
                class="select select--quiet"
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {orders.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
