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
    scope: Scope,
    /// How the button looks.
    #[prop(default = "btn btn--quiet")]
    class: &'static str,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let passphrase = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let scope = StoredValue::new(scope);
    let export = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let locked = Some(passphrase.get_untracked()).filter(|words| !words.is_empty());
        spawn_local(async move {
            match workspace.export_transfer(scope.get_value(), locked).await {
                Ok(true) => toasts.say(words::transfer::EXPORTED),
                Ok(false) => toasts.say(words::sync::NOTHING_WAITS),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
            passphrase.try_set(String::new());
        });
    };
    view! {
        <button type="button" class=class aria-busy=move || busy.get().to_string() on:click=export>
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
        </details>
    }
}
