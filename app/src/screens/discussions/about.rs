//! On the page of a thing: the discussions about it, and beginning one.

use std::cmp::Reverse;
use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;
use talkoot_core::thread::ThreadSummary;
use talkoot_core::thread::margin::State;

use super::begin::{NewDiscussion, Topic, WeTriedThis};
use super::filter::last_words;
use super::following::Follow;
use super::notes::{Notes, use_notes};
use super::row::DiscussionRow;
use crate::i18n::{use_tongue, words};
use crate::time_text;
use crate::workspace::{Workspace, use_workspace};

/// Most rows on the page of a thing; the list has the rest.
const ROWS_MAX: usize = 5;

/// Lists the discussions about a thing, or of a project.
#[component]
pub(crate) fn DiscussionsAbout(record: RecordId, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let notes = use_notes();
    let found = Memo::new(move |_| found_of(workspace, |it| is_about(it, record)));
    let count = Memo::new(move |_| found.with(Vec::len));
    let row = move |summary| {
        view! {
            <li class="row">
                <DiscussionRow summary notes names_thing=false />
            </li>
        }
    };
    let is_project = kind == Kind::Project;
    let topic = if is_project {
        Topic { project: Some(record), ..Topic::default() }
    } else {
        Topic { about: Some(record), ..Topic::default() }
    };
    let none = move || view! { <p class="small muted">{tongue.word(words::talk::NONE_HERE)}</p> };
    view! {
        <section class="talks noprint" class:pulse=is_project aria-labelledby="h-discussions">
            <div class="sec__h">
                <h2 class:h3=!is_project id="h-discussions">
                    {tongue.word(words::nav::DISCUSSIONS)}
                </h2>
                <span class="muted small">
                    {move || time_text::number(tongue.language(), count.get())}
                </span>
            </div>
            <Show when=move || count.get() != 0 fallback=none>
                <ul class="rows rows--tight">
                    {move || found.get().into_iter().take(ROWS_MAX).map(row).collect_view()}
                </ul>
            </Show>
            <Show when=move || is_project && (count.get() > ROWS_MAX)>
                <p>
                    <a href=format!("/discussions?project={record}")>
                        {tongue.word(words::talk::ALL_OF_PROJECT)}
                    </a>
                </p>
            </Show>
            <div class="acts">
                <NewDiscussion topic primary=false />
                <Follow notes record />
                {(kind == Kind::Practice).then(|| view! { <WeTriedThis practice=record /> })}
            </div>
            <InMargins record notes />
        </section>
    }
}

/// Lists what is open in the margins of a text.
#[component]
fn InMargins(record: RecordId, notes: Notes) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let found = Memo::new(move |_| found_of(workspace, |it| is_open_beside(it, record)));
    let row = move |summary| {
        view! {
            <li class="row">
                <DiscussionRow summary notes names_thing=false />
            </li>
        }
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <div class="sec__h">
                <h3>{tongue.word(words::margin::IN_MARGIN)}</h3>
                <span class="muted small">
                    {move || time_text::number(tongue.language(), found.with(Vec::len))}
                </span>
            </div>
            <ul class="rows rows--tight">
                {move || found.get().into_iter().take(ROWS_MAX).map(row).collect_view()}
            </ul>
        </Show>
    }
}

/// Lists what fits, the newest words first.
fn found_of(workspace: Workspace, fits: impl Fn(&Summary) -> bool) -> Vec<Arc<Summary>> {
    let all = |it: &&Arc<Summary>| fits(it);
    let mut found: Vec<_> =
        workspace.summaries.with(|summaries| summaries.iter().filter(all).cloned().collect());
    found.sort_by_key(|it: &Arc<Summary>| Reverse(last_words(it)));
    found
}

fn is_open_beside(summary: &Summary, record: RecordId) -> bool {
    let is_open = |thread: &ThreadSummary| {
        let margin = thread.margin.filter(|_| thread.about == Some(record));
        margin.is_some_and(|margin| margin.state == State::Open)
    };
    summary.trashed.is_none() && summary.thread.as_ref().is_some_and(is_open)
}

/// Says whether a summary is of a discussion about a thing: it is its subject, its project, or
/// what somebody tells of having tried. What stands in a margin is listed apart.
fn is_about(summary: &Summary, record: RecordId) -> bool {
    let about =
        |thread: &ThreadSummary| thread.about == Some(record) || thread.tried.contains(&record);
    let is_of = |thread: &ThreadSummary| {
        thread.margin.is_none() && (about(thread) || summary.project == Some(record))
    };
    summary.trashed.is_none() && summary.thread.as_ref().is_some_and(is_of)
}
