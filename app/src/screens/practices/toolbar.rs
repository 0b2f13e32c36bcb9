//! What stands above the list: the search, the order, the way it looks.

use leptos::prelude::*;

use super::Asked;
use super::filter::{Filter, Sort};
use crate::device::memory;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::search_field::SearchField;
use crate::ui::sort_choice::SortChoice;

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
pub(super) fn Search(asked: Asked) -> impl IntoView {
    let words = move || asked.filter.with(|filter| filter.words.clone());
    let type_in = move |words| {
        asked.change.run(Filter { words, more: 0, ..asked.filter.get_untracked() });
    };
    view! {
        <SearchField
            id="practices-search"
            label=words::practices::SEARCH
            words=Signal::derive(words)
            on_type=type_in
        />
    }
}

/// Chooses the order.
#[component]
pub(super) fn Order(asked: Asked) -> impl IntoView {
    let choose = move |code: String| {
        let sort = Sort::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default();
        asked.change.run(Filter { sort, more: 0, ..asked.filter.get_untracked() });
    };
    let order = |sort: Sort| {
        let name = match sort {
            Sort::Adopted => words::practices::SORT_ADOPTED,
            Sort::Latest => words::practices::SORT_LATEST,
            Sort::Evidence => words::practices::SORT_EVIDENCE,
            Sort::Title => words::practices::SORT_TITLE,
        };
        (sort.code(), name)
    };
    view! {
        <SortChoice
            label=words::practices::SORT
            orders=Sort::ALL.map(order).to_vec()
            chosen=Signal::derive(move || asked.filter.with(|it| it.sort.code()))
            on_choose=choose
        />
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
