//! What stands above the list: a quick search, whose documents, in which order.

use leptos::prelude::*;

use super::Asked;
use super::filter::{Filter, Scope, Sort};
use crate::i18n::{Word, use_tongue, words};
use crate::ui::search_field::SearchField;
use crate::ui::segment::{Part, Segment};
use crate::ui::sort_choice::SortChoice;
use crate::workspace::use_workspace;

/// Narrows by words of the title while one types.
#[component]
pub(super) fn Search(asked: Asked) -> impl IntoView {
    let words = move || asked.filter.with(|filter| filter.words.clone());
    let type_in = move |words| {
        asked.change.run(Filter { words, ..asked.filter.get_untracked() });
    };
    view! {
        <SearchField
            id="documents-search"
            label=words::documents::SEARCH
            words=Signal::derive(words)
            on_type=type_in
        />
    }
}

/// Chooses between one's own, the programme's and all.
#[component]
pub(super) fn ScopeChoice(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let parts = move || {
        let part = |value, word: Word| Part { value, name: tongue.say(word), lang: None };
        let mine = part(Scope::Mine, words::documents::MINE);
        let rest = [
            part(Scope::Programme, words::documents::PROGRAMME),
            part(Scope::All, words::documents::ALL),
        ];
        let has_project = !workspace.my_projects().is_empty();
        has_project.then_some(mine).into_iter().chain(rest).collect::<Vec<_>>()
    };
    let chosen = move || {
        let usual = if workspace.my_projects().is_empty() { Scope::All } else { Scope::Mine };
        asked.filter.with(|filter| filter.scope).unwrap_or(usual)
    };
    let choose = move |scope| {
        asked.change.run(Filter { scope: Some(scope), ..asked.filter.get_untracked() });
    };
    let of_project = move || match chosen() {
        Scope::Project(project) => workspace.title_of(project),
        Scope::Mine | Scope::Programme | Scope::All => None,
    };
    view! {
        <Segment
            legend=Signal::derive(move || tongue.say(words::documents::WHOSE).to_owned())
            name="scope"
            parts=Signal::derive(parts)
            chosen=Signal::derive(chosen)
            on_choose=choose
        />
        {move || of_project().map(|title| view! { <span class="chip chip--on">{title}</span> })}
    }
}

/// Chooses the order.
#[component]
pub(super) fn Order(asked: Asked) -> impl IntoView {
    let choose = move |code: String| {
        let sort = Sort::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default();
        asked.change.run(Filter { sort, ..asked.filter.get_untracked() });
    };
    let order = |sort: Sort| {
        let name = match sort {
            Sort::Latest => words::documents::SORT_LATEST,
            Sort::Title => words::documents::SORT_TITLE,
            Sort::Date => words::documents::SORT_DATE,
        };
        (sort.code(), name)
    };
    view! {
        <SortChoice
            label=words::documents::SORT
            orders=Sort::ALL.map(order).to_vec()
            chosen=Signal::derive(move || asked.filter.with(|it| it.sort.code()))
            on_choose=choose
        />
    }
}
