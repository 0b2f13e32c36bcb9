//! What waits for the network. It leaves by itself.

use leptos::prelude::*;

use crate::i18n::{use_tongue, words};
use crate::ui::waiting_row::WaitingRow;
use crate::workspace::use_workspace;

/// Most rows here; the sync centre has all.
const ROWS_MAX: usize = 5;

/// Lists what waits, or says that all has been sent.
#[component]
pub(crate) fn Outgoing() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let waiting = Memo::new(move |_| {
        workspace
            .status
            .with(|status| status.waiting.iter().take(ROWS_MAX).cloned().collect::<Vec<_>>())
    });
    view! {
        <Show when=move || !waiting.with(Vec::is_empty)>
            <section class="panel" aria-labelledby="h-outgoing">
                <h2 id="h-outgoing">{tongue.word(words::sync::WAITS)}</h2>
                <p class="small muted">{tongue.word(words::sync::WAITS_TEXT)}</p>
                <ul class="rows rows--tight">
                    {move || waiting.get().into_iter().map(|work| view! { <WaitingRow work /> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}
