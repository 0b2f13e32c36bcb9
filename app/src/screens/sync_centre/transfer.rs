//! Moving without a network: packing what is not sent, taking in what somebody brought.

mod importing;
mod outcome;
mod report;
mod unverified;

use leptos::html;
use leptos::prelude::*;

use self::importing::Importing;
use self::outcome::OutcomeDialog;
pub(super) use self::unverified::Unverified;
use crate::i18n::{use_tongue, words};
use crate::ui::dropped::{files_of, use_dropped};
use crate::ui::export_transfer::ExportTransfer;
use crate::ui::icon::Icon;
use crate::workspace::Scope;

/// Draws the section with its two panels.
#[component]
pub(super) fn Transfer() -> impl IntoView {
    let tongue = use_tongue();
    let importing = Importing::new();
    let dropped = use_dropped();
    importing.look_for_shared();
    Effect::new(move || {
        let files = dropped.0.get();
        if !files.is_empty() {
            dropped.0.set(Vec::new());
            importing.take(files);
        }
    });
    view! {
        <section class="bundle" aria-labelledby="h-transfer">
            <div>
                <h2 id="h-transfer">{tongue.word(words::transfer::TITLE)}</h2>
                <p class="muted">{tongue.word(words::transfer::TEXT)}</p>
            </div>
            <div class="bundle__g">
                <div class="panel">
                    <span class="ball ball--brand"><Icon name="export" /></span>
                    <p class="muted">{tongue.word(words::transfer::EXPORT_TEXT)}</p>
                    <ExportTransfer scope=Scope::Unsent class="btn btn--primary" />
                </div>
                <div class="panel">
                    <span class="ball ball--brand"><Icon name="tray-arrow-down" /></span>
                    <p class="muted">{tongue.word(words::transfer::IMPORT_TEXT)}</p>
                    <Pick importing />
                </div>
            </div>
            <OutcomeDialog importing />
        </section>
    }
}

/// The button that opens the system's own picker.
#[component]
fn Pick(importing: Importing) -> impl IntoView {
    let tongue = use_tongue();
    let input = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        let Some(input) = input.get_untracked() else { return };
        importing.take(input.files().map(files_of).unwrap_or_default());
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <button
            type="button"
            class="btn btn--soft"
            aria-busy=move || importing.busy.get().to_string()
            on:click=open
        >
            <Icon name="tray-arrow-down" />
            {tongue.word(words::transfer::IMPORT)}
        </button>
        // Any name: a file that is not ours is told of in words.
        <input type="file" multiple hidden node_ref=input on:change=take />
    }
}
