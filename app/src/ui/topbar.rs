//! The bars of narrow windows: brand, state and account above, places below.

use leptos::prelude::*;

use super::avatar::Avatar;
use super::icon::{Drawing, Icon};
use super::nav::{Place, PlaceLink};
use super::overall::use_overall;
use super::sync_mark::Shape;
use crate::i18n::{use_tongue, words};
use crate::screens::talk::{Talk, TalkPiece};
use crate::workspace::use_workspace;

/// Draws the bar above.
#[component]
pub(crate) fn Topbar() -> impl IntoView {
    let tongue = use_tongue();
    let mark = use_overall().mark;
    let workspace = use_workspace();
    let me = move || workspace.me.with(|me| me.as_ref().map(|me| me.name.clone()));
    view! {
        <header class="topbar">
            <a class="brand" href="/">
                <Drawing name="logo" />
                "Talkoot"
            </a>
            <div class="topbar__r">
                <a class="ib" href="/inbox">
                    <Icon name="tray" />
                    <span class="vh">{tongue.word(words::nav::INBOX)}</span>
                    <TalkPiece part=Talk::InboxCount />
                </a>
                <a class="ib" href="/sync" aria-label=move || tongue.tell(&mark.get().phrase())>
                    <Shape mark class="on-md" />
                </a>
                <a class="ib" href="/settings" aria-label=tongue.word(words::account::TITLE)>
                    {move || match me() {
                        Some(name) => view! { <Avatar name /> }.into_any(),
                        None => view! { <Icon name="list" /> }.into_any(),
                    }}
                </a>
            </div>
        </header>
    }
}

/// Draws the bar below.
#[component]
pub(crate) fn Tabbar() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <nav class="tabbar" aria-label=tongue.word(words::nav::PLACES)>
            {Place::TABS.map(|place| view! { <PlaceLink place short=true /> })}
        </nav>
    }
}
