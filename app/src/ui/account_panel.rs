//! The account at the foot of the sidebar: who one is, settings, bin, signing out.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::avatar::Avatar;
use super::icon::Icon;
use super::sign_out::SignOut;
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// The id that ties the button to what it opens.
const PANEL_ID: &str = "account-panel";

/// Opens and closes what belongs to the account.
#[component]
pub(crate) fn AccountPanel() -> impl IntoView {
    let workspace = use_workspace();
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    move || {
        if signed_in.get() {
            view! { <Panel /> }.into_any()
        } else {
            view! { <SignInLink /> }.into_any()
        }
    }
}

#[component]
fn SignInLink() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <a class="btn btn--soft btn--wide" href="/sign-in">
            {tongue.word(words::account::SIGN_IN)}
        </a>
    }
}

#[component]
fn Panel() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let me = move || workspace.me.get();
    let name = Signal::derive(move || me().map(|me| me.name).unwrap_or_default());
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get() {
            open.set(false);
            button.get().map(|button| button.focus().ok());
        }
    };
    view! {
        <div class="account" on:keydown=close>
            <button
                type="button"
                class="me__who"
                node_ref=button
                aria-expanded=move || open.get().to_string()
                aria-controls=PANEL_ID
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Avatar name />
                <span>{name}</span>
            </button>
            <div class="menu account__panel" id=PANEL_ID hidden=move || !open.get()>
                <p class="small muted">{move || me().map(|me| me.email)}</p>
                <a class="btn btn--quiet" href="/settings" on:click=move |_| open.set(false)>
                    <Icon name="list" />
                    {tongue.word(words::settings::TITLE)}
                </a>
                <a class="btn btn--quiet" href="/bin" on:click=move |_| open.set(false)>
                    <Icon name="trash" />
                    {tongue.word(words::bin::TITLE)}
                </a>
                <SignOut />
            </div>
        </div>
    }
}
