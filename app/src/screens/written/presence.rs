//! Who else has the document open.

use leptos::prelude::*;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::avatar::Avatar;

/// Shows those who are here, as letters and in words.
#[component]
pub(crate) fn Presence(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let names = Memo::new(move |_| {
        let mut names: Vec<String> =
            session.peers.with(|peers| peers.iter().map(|peer| peer.name.clone()).collect());
        names.sort();
        names.dedup();
        names
    });
    let label = move || tongue.tell(&words::editor::here(names.with(|names| names.join(", "))));
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <div class="avs" role="group" aria-label=label>
                {move || names.get().into_iter().map(|name| view! { <Avatar name /> }).collect_view()}
            </div>
        </Show>
    }
}
