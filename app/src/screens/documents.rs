//! Documents: of my project, of the programme, of all; narrowed, sorted, ten thousand of them.

mod counts;
mod facets;
pub(crate) mod filter;
mod toolbar;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use talkoot_core::summary::Summary;

use self::counts::Counts;
use self::facets::Facets;
use self::filter::Filter;
use self::toolbar::{Order, ScopeChoice, Search};
use crate::i18n::{by_count, use_tongue, words};
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::time_text;
use crate::ui::choosing::{ChooseSeveral, Choosing, Tick};
use crate::ui::empty::Empty;
use crate::ui::new_document::NewDocument;
use crate::ui::page::use_page_title;
use crate::ui::record_row::RecordRow;
use crate::ui::virtual_list::VirtualList;
use crate::workspace::{Summaries, use_workspace};

/// The filter in the address, and how to change it.
#[derive(Clone, Copy)]
struct Asked {
    filter: Memo<Filter>,
    change: Callback<Filter>,
}

/// Draws the list of documents.
#[component]
pub(crate) fn Documents() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::nav::DOCUMENTS).to_owned());
    let asked = use_asked();
    let choosing = Choosing::new();
    let shown = Memo::new(move |_| {
        let mine: BTreeSet<_> = workspace.my_projects();
        workspace.summaries.with(|all| asked.filter.with(|filter| filter.pick(all.iter(), &mine)))
    });
    let counts = Memo::new(move |_| {
        let mine: BTreeSet<_> = workspace.my_projects();
        let of =
            |filter: &Filter| workspace.summaries.with(|all| Counts::of(all.iter(), filter, &mine));
        asked.filter.with(of)
    });
    let count = Memo::new(move |_| shown.with(Vec::len));
    // Nothing has ever come here: the list is not empty, it is not known yet.
    let not_come = Memo::new(move |_| {
        let never = workspace.status.with(|status| status.last_synced_ms.is_none());
        never && workspace.summaries.with(Summaries::is_empty)
    });
    let counted = move || {
        let number =
            |count| words::documents::count_many(time_text::number(tongue.language(), count));
        tongue.tell(&by_count(count.get(), words::documents::COUNT_ONE, number))
    };
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::nav::DOCUMENTS)}</h1>
            </div>
            <div class="acts">
                <NewDocument />
            </div>
        </header>
        <Search asked />
        <div class="lib">
            <Facets asked counts />
            <div>
                <div class="libbar">
                    <ScopeChoice asked />
                    <Order asked />
                </div>
                <div class="libcount">
                    <h2 class="h3" aria-live="polite">
                        {move || (!not_come.get()).then(counted)}
                    </h2>
                    <Show when=move || count.get() != 0>
                        <ChooseSeveral choosing />
                    </Show>
                </div>
                <Found asked shown not_come choosing />
                <Show when=move || choosing.is_on.get()>
                    <SeldomPiece part=Seldom::Chosen(choosing) />
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Found(
    asked: Asked,
    shown: Memo<Vec<Arc<Summary>>>,
    not_come: Memo<bool>,
    choosing: Choosing,
) -> impl IntoView {
    let tongue = use_tongue();
    let empty = move || {
        if not_come.get() {
            let (title, text) = (words::documents::NOT_COME, words::documents::NOT_COME_TEXT);
            view! { <Empty title text><NewDocument /></Empty> }.into_any()
        } else if asked.filter.with(Filter::narrows) {
            let clear = move |_| {
                let scope = asked.filter.with_untracked(|filter| filter.scope);
                asked.change.run(Filter { scope, ..Filter::default() });
            };
            view! {
                <Empty title=words::documents::NOT_FOUND text=words::documents::NOT_FOUND_TEXT>
                    <button type="button" class="btn btn--soft" on:click=clear>
                        {tongue.word(words::documents::CLEAR)}
                    </button>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty title=words::documents::EMPTY text=words::documents::EMPTY_TEXT>
                    <NewDocument />
                </Empty>
            }
            .into_any()
        }
    };
    let row = move |summary: Arc<Summary>| {
        view! {
            <Tick choosing summary=&summary />
            <RecordRow summary />
        }
    };
    view! {
        <Show when=move || !shown.with(Vec::is_empty) fallback=empty>
            <VirtualList
                rows=shown
                label=Signal::derive(move || tongue.say(words::nav::DOCUMENTS).to_owned())
                row=row
            />
        </Show>
    }
}

/// Reads the filter from the address and writes it there.
fn use_asked() -> Asked {
    let query = use_query_map();
    let navigate = use_navigate();
    let filter = Memo::new(move |_| query.with(|query| Filter::read(|name| query.get(name))));
    let change = Callback::new(move |next: Filter| {
        // Typing replaces, so that "back" leads to the page before and not to a letter before.
        let typing = filter.with_untracked(|now| now.words != next.words);
        let options = NavigateOptions { replace: typing, scroll: false, ..Default::default() };
        navigate(&next.write(escape), options);
    });
    Asked { filter, change }
}

fn escape(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
