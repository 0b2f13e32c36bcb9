//! What stands above the list: the search, the order, the way it looks.

use leptos::prelude::*;

use super::Asked;
use super::filter::{Filter, Sort};
use crate::device::memory;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::icon::Icon;

/// Where the device remembers the way the list looks.
const STORAGE_KEY: &str = "practices.view";

/// The way the list looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Grid,
    List,
}

impl Look {
    fn code(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::List => "list",
        }
    }

    /// Gives the way that was chosen last on this device.
    pub(super) fn kept() -> Self {
        match memory::read(STORAGE_KEY).as_deref() {
            Some("list") => Self::List,
            _ => Self::Grid,
        }
    }
}

/// Narrows by words while one types.
#[component]
pub(super) fn SearchField(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let type_in = move |event| {
        let words = event_target_value(&event);
        asked.change.run(Filter { words, more: 0, ..asked.filter.get_untracked() });
    };
    view! {
        <form class="libsearch" role="search" on:submit=|event| event.prevent_default()>
            <div class="searchfield">
                <Icon name="magnifying-glass" />
                <label class="vh" for="practices-search">{tongue.word(words::practices::SEARCH)}</label>
                <input
                    id="practices-search"
                    class="input"
                    type="search"
                    autocomplete="off"
                    placeholder=tongue.word(words::practices::SEARCH)
                    prop:value=move || asked.filter.with(|filter| filter.words.clone())
                    on:input=type_in
                />
            </div>
        </form>
    }
}

/// Chooses the order.
#[component]
pub(super) fn SortChoice(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let choose = move |event| {
        let code = event_target_value(&event);
        let sort = Sort::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default();
        asked.change.run(Filter { sort, more: 0, ..asked.filter.get_untracked() });
    };
    let option = move |sort: Sort| {
        let word = match sort {
            Sort::Adopted => words::practices::SORT_ADOPTED,
            Sort::Latest => words::practices::SORT_LATEST,
            Sort::Evidence => words::practices::SORT_EVIDENCE,
            Sort::Title => words::practices::SORT_TITLE,
        };
        view! {
            <option value=sort.code() prop:selected=move || asked.filter.with(|it| it.sort) == sort>
                {tongue.word(word)}
            </option>
        }
    };
    view! {
        <label class="sort">
            <span class="vh">{tongue.word(words::practices::SORT)}</span>
            <select class="select select--quiet" on:change=choose>
                {Sort::ALL.map(option)}
            </select>
        </label>
    }
}

/// Chooses between cards and lines; the device remembers it.
#[component]
pub(super) fn LookChoice(look: RwSignal<Look>) -> impl IntoView {
    let tongue = use_tongue();
    let part = move |value: Look, word: Word, icon: &'static str| {
        let choose = move |_| {
            look.set(value);
            memory::keep(STORAGE_KEY, value.code());
        };
        view! {
            <label title=tongue.word(word)>
                <input
                    type="radio"
                    name="practices-view"
                    prop:checked=move || look.get() == value
                    on:change=choose
                />
                <span>
                    <Icon name=icon />
                    <b class="vh">{tongue.word(word)}</b>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="looks">
            <legend class="vh">{tongue.word(words::practices::VIEW)}</legend>
            <div class="seg">
                {part(Look::Grid, words::practices::GRID, "squares-four")}
                {part(Look::List, words::practices::LIST, "list")}
            </div>
        </fieldset>
    }
}
