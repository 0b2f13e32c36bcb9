//! The sidebar of wide windows: brand, my project, places, sync state, account.

use leptos::prelude::*;
use talkoot_core::schema::Kind;

use super::account_panel::AccountPanel;
use super::avatar::Avatar;
use super::icon::{Drawing, Icon};
use super::nav::{HeldLink, Place, PlaceLink};
use super::overall::use_overall;
use super::sync_mark::Shape;
use super::theme::ThemeToggle;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::workspace::{LineState, use_workspace};

/// Draws the sidebar.
#[component]
pub(crate) fn Sidebar() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <aside class="side" aria-label=tongue.word(words::nav::MAIN)>
            <a class="brand" href="/">
                <Drawing name="logo" />
                "Talkoot"
            </a>
            <MyProject />
            <nav class="nav" aria-label=tongue.word(words::nav::PLACES)>
                {Place::ALL.map(|place| view! { <PlaceLink place /> })}
                <HeldLink />
            </nav>
            <div class="side__foot">
                <SyncLine />
                <div class="me">
                    <AccountPanel />
                    <ThemeToggle />
                </div>
            </div>
        </aside>
    }
}

/// Leads to the project that the person works in.
#[component]
fn MyProject() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let mine = Memo::new(move |_| workspace.my_project());
    let link = move |(project, title): (_, String)| {
        view! {
            <a class="proj plain" href=address::of(Kind::Project, project, &title)>
                <Avatar name=title.clone() square=true />
                <span>
                    <small>{tongue.word(words::nav::MY_PROJECT)}</small>
                    {title.clone()}
                </span>
                <Icon name="caret-right" />
            </a>
        }
    };
    move || mine.get().map(link)
}

/// Says the overall state and leads to the sync centre.
#[component]
fn SyncLine() -> impl IntoView {
    let tongue = use_tongue();
    let mark = use_overall().mark;
    view! {
        <a class="sidesync" href="/sync">
            <Shape mark />
            <span>
                {move || tongue.tell(&mark.get().phrase())}
                <LineNote />
            </span>
        </a>
    }
}

/// Says how the line to the server is, where that is worth a word.
#[component]
fn LineNote() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let line = Memo::new(move |_| workspace.status.with(|status| status.line));
    move || {
        let word = match line.get() {
            LineState::Online | LineState::Connecting => return None,
            LineState::Offline => words::sync::NO_NETWORK,
            LineState::Held(_) => words::sync::HELD,
        };
        Some(view! { <small>{tongue.say(word)}</small> })
    }
}
