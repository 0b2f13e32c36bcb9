//! The bar below a list of which several things are chosen: how many, and what to do with them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::choosing::Choosing;
use super::export_transfer::ExportTransfer;
use crate::i18n::{by_count, use_tongue, words};
use crate::workspace::Scope;

/// Says how many are chosen, packs them into one file, or ends the choosing (rule P63).
#[component]
pub(crate) fn ChosenBar(choosing: Choosing) -> impl IntoView {
    let tongue = use_tongue();
    let count = Memo::new(move |_| choosing.records.with(BTreeSet::len));
    let counted = move || match count.get() {
        0 => tongue.say(words::choose::NONE).to_owned(),
        count => tongue.tell(&by_count(count, words::choose::COUNT_ONE, words::choose::count_many)),
    };
    view! {
        <section class="actbar" aria-labelledby="h-chosen">
            <h2 class="h3" id="h-chosen" aria-live="polite">{counted}</h2>
            <div class="acts">
                <ExportTransfer
                    scope=Signal::derive(move || Scope::Chosen(choosing.records.get()))
                    class="btn btn--primary"
                    disabled=Signal::derive(move || count.get() == 0)
                    on_exported=Callback::new(move |()| choosing.end())
                />
                <button type="button" class="btn btn--soft" on:click=move |_| choosing.end()>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </section>
    }
}
