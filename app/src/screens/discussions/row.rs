//! What a list says of a discussion: its subject, what it is about, how much was said, by whom last.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::summary::Summary;
use talkoot_core::thread::margin::State;
use talkoot_core::thread::{InMargin, ThreadSummary};

use super::notes::Notes;
use crate::address;
use crate::i18n::{Phrase, Tongue, Word, by_count, use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{RecordSync, Workspace, use_workspace};

/// Draws the inside of a row.
#[component]
pub(crate) fn DiscussionRow(
    summary: Arc<Summary>,
    notes: Notes,
    /// Whether the row says what the discussion is about.
    #[prop(default = true)]
    names_thing: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(summary.record);
    let href = address::of(summary.kind, summary.record, &summary.title);
    let is_answered = summary.thread.as_ref().is_some_and(|thread| thread.answered);
    let (named, about) = (Arc::clone(&summary), Arc::clone(&summary));
    let is_in_margin = summary.thread.as_ref().is_some_and(|thread| thread.margin.is_some());
    let unread = Memo::new(move |_| notes.is_unread(&summary));
    let icon = match (is_in_margin, is_answered) {
        (true, _) => "chat-text",
        (false, true) => "check-circle",
        (false, false) => "chats-circle",
    };
    let parts = move || about_parts(tongue, workspace, &about, names_thing);
    // What is fine says nothing here: a list of ticks would hide what is not.
    let says_state = Memo::new(move |_| state.get() != RecordSync::Synced);
    view! {
        <Icon name=icon />
        <div class="row__b">
            <a href=href class:new=move || unread.get()>
                {move || title(tongue, &named)}
            </a>
            <Show when=move || unread.get()>
                <span class="vh">" " {tongue.word(words::talk::HAS_NEW)}</span>
            </Show>
            <div class="row__m">
                {move || parts().into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                <Show when=move || says_state.get()>
                    <SyncMark mark=Signal::derive(move || Mark::from(state.get())) />
                </Show>
            </div>
        </div>
    }
}

/// Says how many posts there are.
pub(crate) fn posts(count: usize) -> Phrase {
    by_count(count, words::talk::POSTS_ONE, words::talk::posts_many)
}

/// Says where a question stands; a topic asks nothing.
pub(crate) fn standing(summary: &Summary) -> Option<Word> {
    let thread = summary.thread.as_ref()?;
    if thread.answered {
        Some(words::talk::ANSWERED)
    } else if thread.is_unanswered() {
        Some(words::talk::UNANSWERED)
    } else {
        None
    }
}

/// Says what stands in a margin, and what became of it where it is no longer open.
pub(crate) fn in_margin(tongue: Tongue, margin: InMargin) -> [Option<String>; 2] {
    let InMargin { state, suggests, .. } = margin;
    let sort = if suggests { words::margin::SUGGESTION } else { words::margin::PASSAGE };
    let state = (state != State::Open).then(|| tongue.code("margin_state", state.code()));
    [Some(tongue.say(sort).to_owned()), state]
}

/// Names the section that a discussion is about, where it is about one of several.
fn section(tongue: Tongue, workspace: Workspace, thread: &ThreadSummary) -> Option<String> {
    let (about, tag) = (thread.about?, thread.section?);
    let kind = workspace.summaries.with(|all| Some(all.get(about)?.kind))?;
    let is_one_of_several = kind.schema().rich_texts().nth(1).is_some();
    let field = kind.schema().field(tag).filter(|_| is_one_of_several)?;
    Some(tongue.say(field.label).to_owned())
}

fn about_parts(
    tongue: Tongue,
    workspace: Workspace,
    summary: &Summary,
    names_thing: bool,
) -> Vec<String> {
    let Some(thread) = &summary.thread else { return Vec::new() };
    let standing = standing(summary).map(|word| tongue.say(word).to_owned());
    let [sort, state] = thread.margin.map(|it| in_margin(tongue, it)).unwrap_or_default();
    let thing = thread.about.or(summary.project).filter(|_| names_thing);
    let thing = thing.and_then(|thing| workspace.title_of(thing));
    let section = section(tongue, workspace, thread);
    let count = usize::try_from(thread.posts).unwrap_or_default();
    let count = Some(tongue.tell(&posts(count)));
    let last = thread.last.map(|last| {
        let who = who(tongue, workspace, last.author);
        format!("{who}, {}", tongue.moment(last.stamp.wall_ms))
    });
    [sort, state, standing, thing, section, count, last].into_iter().flatten().collect()
}
