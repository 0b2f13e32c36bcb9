//! The button that packs a transfer file, and a passphrase for it where somebody wants one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fault_text;
use super::icon::Icon;
use super::toast::use_toasts;
use crate::i18n::{use_tongue, words};
use crate::workspace::{Scope, use_workspace};

/// Packs what belongs to a thing, or everything not sent yet (rule P42).
#[component]
pub(crate) fn ExportTransfer(
    #[prop(into)] scope: Signal<Scope>,
    /// How the button looks.
    #[prop(default = "btn btn--quiet")]
    class: &'static str,
    /// Whether there is nothing to pack yet.
    #[prop(into, default = Signal::stored(false))]
    disabled: Signal<bool>,
    /// Hears that a file was packed.
    #[prop(optional, into)]
    on_exported: Option<Callback<()>>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let passphrase = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    // Making a key of the passphrase takes a moment, on purpose.
    let working = move || {
        let locks = busy.get() && passphrase.with(|words| !words.is_empty());
        if locks { tongue.say(words::transfer::LOCKING) } else { "" }
    };
    let export = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let locked = Some(passphrase.get_untracked()).filter(|words| !words.is_empty());
        spawn_local(async move {
            match workspace.export_transfer(scope.get_untracked(), locked).await {
                Ok(true) => {
                    toasts.say(words::transfer::EXPORTED);
                    if let Some(on_exported) = on_exported {
                        on_exported.try_run(());
                    }
                }
                Ok(false) => toasts.say(words::sync::NOTHING_WAITS),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
            passphrase.try_set(String::new());
        });
    };
    view! {
        <button
            type="button"
            class=class
            disabled=disabled
            aria-busy=move || busy.get().to_string()
            on:click=export
        >
            <Icon name="export" />
            {tongue.word(words::transfer::EXPORT)}
        </button>
        <details class="lock">
            <summary>
                <Icon name="caret-right" />
                {tongue.word(words::transfer::LOCK)}
            </summary>
            <label class="field">
                <span>{tongue.word(words::transfer::PASSPHRASE)}</span>
                <input
                    type="password"
                    class="input"
                    autocomplete="new-password"
                    prop:value=passphrase
                    on:input=move |event| passphrase.set(event_target_value(&event))
                />
            </label>
            <p class="small muted">{tongue.word(words::transfer::LOCK_TEXT)}</p>
            <p class="small" role="status">{working}</p>
        </details>
    }
}
