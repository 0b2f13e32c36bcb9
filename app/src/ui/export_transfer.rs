//! The button that packs a transfer file, and a passphrase for it where somebody wants one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::transfer::lock::check_passphrase;

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
    // Said when somebody is done with it, and unsaid with the letter that makes it long enough.
    let short = RwSignal::new(false);
    let export = move |_| {
        short.set(passphrase.with_untracked(|words| is_short(words)));
        if busy.get_untracked() || short.get_untracked() {
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
        <Lock passphrase short busy />
    }
}

/// Says whether a passphrase is given that is too short.
fn is_short(passphrase: &str) -> bool {
    !passphrase.is_empty() && check_passphrase(passphrase).is_err()
}

/// Takes a passphrase, and says what is wrong with it (rule P82) or what it is used for now.
#[component]
fn Lock(
    passphrase: RwSignal<String>,
    short: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    // Making a key of the passphrase takes a moment, on purpose.
    let working = move || {
        let locks = busy.get() && passphrase.with(|words| !words.is_empty());
        if locks { tongue.say(words::transfer::LOCKING) } else { "" }
    };
    let write = move |event| {
        passphrase.set(event_target_value(&event));
        short.update(|short| *short = *short && passphrase.with_untracked(|words| is_short(words)));
    };
    view! {
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
                    aria-invalid=move || short.get().to_string()
                    aria-describedby="lock-text"
                    prop:value=passphrase
                    on:input=write
                    on:change=move |_| short.set(passphrase.with_untracked(|words| is_short(words)))
                />
            </label>
            <p class="small muted" id="lock-text">
                {tongue.word(words::transfer::LOCK_TEXT)}
            </p>
            <p class="err" role="alert">
                {move || if short.get() { tongue.say(words::transfer::SHORT) } else { "" }}
            </p>
            <p class="small" role="status">{working}</p>
        </details>
    }
}
