//! The library of practices: searched, narrowed by facets, ordered, ten thousand of them.

mod area_choice;
mod card;
mod cards;
mod chips;
mod facet;
mod facets;
mod filter;
mod lead;
mod marks;
mod name;
mod nothing;
mod region;
mod saved;
mod saved_list;
mod shelf;
mod toolbar;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::cards::Cards;
use self::chips::Chips;
use self::facets::Facets;
use self::filter::Filter;
use self::lead::Lead;
use self::shelf::{Found, Shelf};
use self::toolbar::{Look, LookChoice, Order, Search};
use crate::i18n::{by_count, use_tongue, words};
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::time_text;
use crate::ui::choosing::{ChooseSeveral, Choosing};
use crate::ui::new_practice::NewPractice;
use crate::ui::page::use_page_title;
use crate::workspace::use_workspace;

/// The heading that counts what shows; the focus goes there from a chip that goes away.
const HEADING_ID: &str = "practices-count";

/// The filter in the address, and how to change it.
#[derive(Clone, Copy)]
struct Asked {
    filter: Memo<Filter>,
    change: Callback<Filter>,
}

/// Draws the library.
#[component]
pub(crate) fn Practices() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::nav::PRACTICES).to_owned());
    let asked = use_asked();
    let choosing = Choosing::new();
    let mine = Memo::new(move |_| workspace.my_projects());
    // Whoever reads the shelf compares what was found, which is less than the shelf.
    let shelf = Memo::new_with_compare(
        move |before: Option<&Shelf>| {
            workspace.summaries.with(|all| mine.with(|mine| Shelf::of(all.iter(), mine, before)))
        },
        |_, _| true,
    );
    let found = Memo::new(move |_| shelf.with(|shelf| asked.filter.with(|it| shelf.find(it))));
    let all = Memo::new(move |_| shelf.with(|shelf| shelf.find(&Filter::default())));
    let look = RwSignal::new(Look::kept());
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::nav::PRACTICES)}</h1>
                <Lead all />
            </div>
            <div class="acts">
                <NewPractice />
            </div>
        </header>
        <Search asked />
        <div class="lib">
            <Facets asked found all />
            <section aria-labelledby=HEADING_ID>
                <div class="libbar">
                    <Count found all />
                    <Chips asked />
                    <div class="sort libbar__r">
                        <Order asked />
                        <LookChoice look />
                        <Show when=move || found.with(|found| !found.shown.is_empty())>
                            <ChooseSeveral choosing />
                        </Show>
                    </div>
                </div>
                <Cards asked found look mine choosing />
                <Show when=move || choosing.is_on.get()>
                    <SeldomPiece part=Seldom::Chosen(choosing) />
                </Show>
            </section>
        </div>
    }
}

/// Says how many practices show; only to the ear what this is before any has come.
#[component]
fn Count(found: Memo<Found>, all: Memo<Found>) -> impl IntoView {
    let tongue = use_tongue();
    let count = Memo::new(move |_| found.with(|found| found.shown.len()));
    let any = Memo::new(move |_| all.with(|all| !all.shown.is_empty()));
    let counted = move || {
        let number =
            |count| words::practices::count_many(time_text::number(tongue.language(), count));
        tongue.tell(&by_count(count.get(), words::practices::COUNT_ONE, number))
    };
    let said = move || {
        if any.get() { counted() } else { tongue.say(words::nav::PRACTICES).to_owned() }
    };
    view! {
        <h2 id=HEADING_ID aria-live="polite" tabindex="-1" class:vh=move || !any.get()>
            {said}
        </h2>
    }
}

/// Reads the filter from the address and writes it there.
fn use_asked() -> Asked {
    let query = use_query_map();
    let navigate = use_navigate();
    let filter = Memo::new(move |_| query.with(|query| Filter::read(|name| query.get(name))));
    let change = Callback::new(move |next: Filter| {
        // Typing and asking for more replace: "back" leads to the page before, not to a letter.
        let replace =
            filter.with_untracked(|now| now.chosen == next.chosen && now.sort == next.sort);
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        navigate(&next.write(escape), options);
    });
    Asked { filter, change }
}

fn escape(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
