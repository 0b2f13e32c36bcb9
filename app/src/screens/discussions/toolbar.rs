//! What stands above the list: words to look for, which discussions, of which project.

use std::collections::BTreeSet;

use leptos::prelude::*;
use talkoot_core::id::RecordId;

use super::Asked;
use super::filter::{Filter, Showing};
use crate::i18n::{Word, use_tongue, words};
use crate::screens::documents::filter::order_key;
use crate::ui::search_field::SearchField;
use crate::ui::segment::{Part, Segment};
use crate::workspace::{Workspace, use_workspace};

/// Narrows by words of the subject and of the beginning, while one types.
#[component]
pub(super) fn Search(asked: Asked) -> impl IntoView {
    let words = move || asked.filter.with(|filter| filter.words.clone());
    let type_in = move |words| {
        asked.change.run(Filter { words, ..asked.filter.get_untracked() });
    };
    view! {
        <SearchField
            id="discussions-search"
            label=words::talk::SEARCH
            words=Signal::derive(words)
            on_type=type_in
        />
    }
}

/// Chooses between all, those that wait for an answer, one's own and those one hears of.
#[component]
pub(super) fn ShowingChoice(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let parts = move || {
        let part = |value: Showing| Part { value, name: tongue.say(word_of(value)), lang: None };
        Showing::ALL.map(part).to_vec()
    };
    let choose = move |showing| {
        asked.change.run(Filter { showing, ..asked.filter.get_untracked() });
    };
    view! {
        <Segment
            legend=Signal::derive(move || tongue.say(words::talk::WHICH).to_owned())
            name="show"
            parts=Signal::derive(parts)
            chosen=Signal::derive(move || asked.filter.with(|filter| filter.showing))
            on_choose=choose
        />
    }
}

fn word_of(showing: Showing) -> Word {
    match showing {
        Showing::All => words::talk::ALL,
        Showing::Unanswered => words::talk::WITHOUT_ANSWER,
        Showing::Mine => words::talk::MINE,
        Showing::Followed => words::talk::FOLLOWED,
    }
}

/// Chooses the project whose discussions show; there only once some have one.
#[component]
pub(super) fn ProjectChoice(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let projects = Memo::new(move |_| projects_of_discussions(workspace));
    let chosen = move || asked.filter.with(|filter| filter.project);
    let choose = move |event| {
        let project = event_target_value(&event).parse().ok();
        asked.change.run(Filter { project, ..asked.filter.get_untracked() });
    };
    let option = move |(project, name): (RecordId, String)| {
        view! {
            <option value=project.to_string() prop:selected=move || chosen() == Some(project)>
                {name}
            </option>
        }
    };
    view! {
        <Show when=move || !projects.with(Vec::is_empty)>
            <label class="sort">
                <span class="vh">{tongue.word(words::practices::PROJECT)}</span>
                <select class="select select--quiet" on:change=choose>
                    <option value="" prop:selected=move || chosen().is_none()>
                        {tongue.word(words::talk::ALL_PROJECTS)}
                    </option>
                    {move || projects.get().into_iter().map(option).collect_view()}
                </select>
            </label>
        </Show>
    }
}

fn projects_of_discussions(workspace: Workspace) -> Vec<(RecordId, String)> {
    let projects: BTreeSet<RecordId> = workspace.summaries.with(|all| {
        let here = all.iter().filter(|it| it.thread.is_some() && it.trashed.is_none());
        here.filter_map(|it| it.project).collect()
    });
    let named = projects.into_iter().filter_map(|it| Some((it, workspace.title_of(it)?)));
    let mut named: Vec<_> = named.collect();
    named.sort_by_cached_key(|(_, name)| order_key(name));
    named
}
