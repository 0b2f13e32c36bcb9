//! The frame around every screen, and the ear's region beside it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::announcer::Announcer;
use super::bars::Bars;
use super::dropped::provide_dropped;
use super::overall::provide_overall;
use super::page::follow_pages;
use super::sidebar::Sidebar;
use super::toast::use_toasts;
use super::topbar::{Tabbar, Topbar};
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// The id that the skip link leads to.
pub(crate) const MAIN_ID: &str = "content";

/// Says that what was published without a network had been rejected meanwhile (rule OC13).
fn tell_of_overruled() {
    let (workspace, toasts) = (use_workspace(), use_toasts());
    let count = Memo::new(move |_| workspace.status.with(|status| status.overruled));
    Effect::new(move |before: Option<usize>| {
        if count.get() > before.unwrap_or_default() {
            toasts.say(words::comments::OVERRULED);
        }
        count.get()
    });
}

/// Puts the frame around a screen.
#[component]
pub(crate) fn Shell(children: Children) -> impl IntoView {
    provide_overall();
    provide_dropped();
    follow_pages();
    tell_of_overruled();
    let tongue = use_tongue();
    let path = use_location().pathname;
    let editing = Memo::new(move |_| path.with(|path| path.ends_with("/edit")));
    view! {
        <a class="skip" href=format!("#{MAIN_ID}") rel="external">{tongue.word(words::nav::SKIP)}</a>
        <div class="app" class:in-editor=editing>
            <Sidebar />
            <div class="app__r">
                <Topbar />
                <Bars />
                <main class=move || if editing.get() { "ed" } else { "main" } id=MAIN_ID tabindex="-1">
                    <div class=move || if editing.get() { "ed__in" } else { "main__in" }>{children()}</div>
                </main>
            </div>
            <Tabbar />
        </div>
        <Announcer />
    }
}
