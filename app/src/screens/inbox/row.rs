//! An entry of the inbox: who, what, about what, when, and the way there.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::inbox::{Entry, What};
use talkoot_core::thread::Why;

use crate::i18n::{Tongue, by_count, use_tongue, words};
use crate::time_text;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::record_row::title;
use crate::workspace::use_workspace;

/// Draws the inside of a row.
#[component]
pub(super) fn EntryRow(entry: Entry, on_open: Callback<Entry>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let record = entry.record;
    let about = workspace.summaries.with_untracked(|all| all.get(record).cloned())?;
    let (what, by, is_unread) = (entry.what, entry.by, entry.is_unread);
    let person = move || who(tongue, workspace, by.author);
    let said = move || sentence(tongue, what, person());
    let named = Arc::clone(&about);
    // What waits says first what to do; who caused it stands below.
    let parts = move || {
        let person = is_waiting(what).then(person);
        let at = time_text::clock(tongue.language(), time_text::local(by.stamp.wall_ms));
        [Some(title(tongue, &named)), person, Some(at)]
    };
    let href = entry.address(&about);
    let open = move |_| on_open.run(entry.clone());
    Some(view! {
        <Icon name=icon(what) />
        <div class="row__b">
            <a href=href class:new=is_unread on:click=open>
                {said}
            </a>
            <Show when=move || is_unread>
                <span class="vh">" " {tongue.word(words::inbox::IS_UNREAD)}</span>
            </Show>
            <div class="row__m">
                {move || parts().into_iter().flatten().map(|part| view! { <span>{part}</span> }).collect_view()}
            </div>
        </div>
    })
}

fn is_waiting(what: What) -> bool {
    match what {
        What::Choices(_) | What::Suggestions(_) | What::Improvements(_) => true,
        What::Called(_) | What::Said => false,
    }
}

fn sentence(tongue: Tongue, what: What, person: String) -> String {
    let phrase = match what {
        What::Choices(count) => {
            by_count(count, words::home::CHOICES_ONE, words::home::choices_many)
        }
        What::Suggestions(count) => {
            by_count(count, words::offer::WAITING_ONE, words::offer::waiting_many)
        }
        What::Improvements(count) => by_count(count, words::review::ONE, words::review::many),
        What::Called(Why::Named) => words::inbox::named(person),
        What::Called(Why::Replied) => words::inbox::replied(person),
        What::Called(Why::Answered) => words::inbox::answered(person),
        What::Called(Why::Accepted) => words::inbox::accepted(person),
        What::Called(Why::Taken) => words::inbox::taken(person),
        What::Called(Why::Declined) => words::inbox::declined(person),
        What::Said => words::inbox::said(person),
    };
    tongue.tell(&phrase)
}

fn icon(what: What) -> &'static str {
    match what {
        What::Choices(_) => "sync-attention",
        What::Suggestions(_) => "arrow-bend-up-left",
        What::Improvements(_) => "git-merge",
        What::Called(Why::Named) => "at",
        What::Called(Why::Accepted | Why::Taken) => "check-circle",
        What::Called(Why::Declined) => "chat-text",
        What::Called(Why::Replied | Why::Answered) | What::Said => "chats-circle",
    }
}
