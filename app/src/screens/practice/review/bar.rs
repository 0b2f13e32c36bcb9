//! How much is decided, and the button that carries it out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::schema::Kind;

use super::Page;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::screens::history::say_received;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Draws the bar at the end of the page.
#[component]
pub(super) fn Bar(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let decided = Memo::new(move |_| page.decided());
    let total = Memo::new(move |_| page.count());
    let record = page.record;
    let busy = page.merging;
    let home = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of(Kind::Practice, record, &title)
    };
    let merge = move |_| {
        if decided.get_untracked() < total.get_untracked() {
            toasts.say(words::review::CHOOSE_ALL);
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        let (chosen, fields) = (page.chosen.get_untracked(), untrack(|| page.fields()));
        spawn_local(async move {
            match workspace.receive(record, &chosen).await {
                Ok(span) => {
                    page.carried_out(&fields);
                    say_received(workspace, toasts, record, span);
                    navigate(&home(), NavigateOptions::default());
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
        });
    };
    let told = move || tongue.tell(&words::review::decided(decided.get(), total.get()));
    view! {
        <div class="actbar">
            <span role="status">
                <b>{told}</b>
                " "
                <span class="muted">{tongue.word(words::review::SAFE)}</span>
            </span>
            <div class="acts">
                <a class="btn btn--quiet" href=home>{tongue.word(words::review::LATER)}</a>
                <button
                    type="button"
                    class="btn btn--primary"
                    aria-disabled=move || (decided.get() < total.get()).to_string()
                    on:click=merge
                >
                    <Icon name="git-merge" />
                    {tongue.word(words::review::MERGE)}
                </button>
            </div>
        </div>
    }
}
