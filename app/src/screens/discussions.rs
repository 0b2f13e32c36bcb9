//! Discussions: every one that this person sees, narrowed, the newest words first.

pub(crate) mod about;
pub(crate) mod begin;
mod beginning;
mod choosing;
pub(crate) mod filter;
pub(crate) mod following;
pub(crate) mod notes;
pub(crate) mod row;
mod toolbar;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use talkoot_core::summary::Summary;

use self::begin::NewDiscussion;
use self::filter::{Filter, Reader};
use self::notes::{Notes, use_notes};
use self::row::DiscussionRow;
use self::toolbar::{ProjectChoice, Search, ShowingChoice};
use crate::i18n::{by_count, use_tongue, words};
use crate::time_text;
use crate::ui::empty::Empty;
use crate::ui::page::use_page_title;
use crate::ui::virtual_list::VirtualList;
use crate::workspace::{Summaries, use_workspace};

/// The filter in the address, and how to change it.
#[derive(Clone, Copy)]
struct Asked {
    filter: Memo<Filter>,
    change: Callback<Filter>,
}

/// Draws the list of discussions.
#[component]
pub(crate) fn Discussions() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::nav::DISCUSSIONS).to_owned());
    let (asked, notes) = (use_asked(), use_notes());
    let shown = Memo::new(move |_| {
        notes.notebook.with(|notebook| {
            let reader = Reader { account: notes.account, notebook };
            let pick =
                |filter: &Filter| workspace.summaries.with(|all| filter.pick(all.iter(), &reader));
            asked.filter.with(pick)
        })
    });
    let count = Memo::new(move |_| shown.with(Vec::len));
    // Nothing has ever come here: the list is not empty, it is not known yet.
    let not_come = Memo::new(move |_| {
        let never = workspace.status.with(|status| status.last_synced_ms.is_none());
        never && workspace.summaries.with(Summaries::is_empty)
    });
    let counted = move || {
        let number = |count| words::talk::count_many(time_text::number(tongue.language(), count));
        tongue.tell(&by_count(count.get(), words::talk::COUNT_ONE, number))
    };
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::nav::DISCUSSIONS)}</h1>
            </div>
            <div class="acts">
                <NewDiscussion />
            </div>
        </header>
        <Search asked />
        <div class="narrow">
            <div class="libbar">
                <ShowingChoice asked />
                <ProjectChoice asked />
            </div>
            <div class="libcount">
                <h2 class="h3" aria-live="polite">
                    {move || (!not_come.get()).then(counted)}
                </h2>
            </div>
            <Found asked notes shown not_come />
        </div>
    }
}

#[component]
fn Found(
    asked: Asked,
    notes: Notes,
    shown: Memo<Vec<Arc<Summary>>>,
    not_come: Memo<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let clear = move |_| asked.change.run(Filter::default());
    let empty = move || {
        if not_come.get() {
            let (title, text) = (words::talk::NOT_COME, words::documents::NOT_COME_TEXT);
            view! { <Empty title text><NewDiscussion primary=false /></Empty> }.into_any()
        } else if asked.filter.with(Filter::narrows) {
            let (title, text) = (words::talk::NOT_FOUND, words::documents::NOT_FOUND_TEXT);
            view! {
                <Empty title text>
                    <button type="button" class="btn btn--soft" on:click=clear>
                        {tongue.word(words::documents::CLEAR)}
                    </button>
                </Empty>
            }
            .into_any()
        } else {
            let (title, text) = (words::talk::EMPTY, words::talk::EMPTY_TEXT);
            view! { <Empty title text /> }.into_any()
        }
    };
    view! {
        <Show when=move || !shown.with(Vec::is_empty) fallback=empty>
            <VirtualList
                rows=shown
                label=Signal::derive(move || tongue.say(words::nav::DISCUSSIONS).to_owned())
                row=move |summary| view! { <DiscussionRow summary notes /> }
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
