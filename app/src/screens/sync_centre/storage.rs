//! How much of this device the workspace uses, and whether the browser keeps it.

use leptos::prelude::*;

use crate::i18n::{use_tongue, words};
use crate::time_text::size;
use crate::workspace::{Storage, use_workspace};

/// Shows the storage as a bar and in words.
#[component]
pub(super) fn StorageMeter() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let storage = Memo::new(move |_| workspace.status.with(|status| status.storage));
    let meter = move |Storage { used, quota, persisted }: Storage| {
        let text = move || {
            let language = tongue.language();
            tongue.tell(&words::storage::used(size(language, used), size(language, quota)))
        };
        let kept = if persisted { words::storage::KEPT } else { words::storage::NOT_KEPT };
        view! {
            <section aria-labelledby="h-storage">
                <div class="sec__h">
                    <h2 id="h-storage">{tongue.word(words::storage::TITLE)}</h2>
                    <span class="muted num">{text}</span>
                </div>
                <progress
                    class="pbar"
                    aria-labelledby="h-storage"
                    max=quota.to_string()
                    value=used.to_string()
                ></progress>
                <p class="small muted">{tongue.word(kept)}</p>
            </section>
        }
    };
    move || storage.get().map(meter)
}
