//! Signing out, with what it does to the things on the device.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::fault_text;
use super::toast::use_toasts;
use crate::i18n::{by_count, use_tongue, words};
use crate::workspace::use_workspace;

/// Offers to sign out and says what stays.
#[component]
pub(crate) fn SignOut() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let waiting = Memo::new(move |_| workspace.status.with(|status| status.waiting.len()));
    let stays = move || match waiting.get() {
        0 => tongue.say(words::account::STAYS).to_owned(),
        count => {
            tongue.tell(&by_count(count, words::account::STAYS_ONE, words::account::stays_many))
        }
    };
    let sign_out = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match workspace.sign_out().await {
                Ok(()) => navigate("/sign-in", NavigateOptions::default()),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    view! {
        <div class="stack stack--sm">
            <p class="small muted">{stays}</p>
            <button type="button" class="btn btn--line fits" on:click=sign_out>
                {tongue.word(words::account::SIGN_OUT)}
            </button>
        </div>
    }
}
