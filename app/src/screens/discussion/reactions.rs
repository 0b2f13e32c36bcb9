//! Words beside a post, each with how many gave it; no picture stands alone.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::schema::area;
use talkoot_core::thread;

use super::conversation::Said;
use super::page::Page;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::workspace::use_workspace;

const LIST: &str = "reaction";

/// Draws the words that were given and those that lie near, and the others behind a fold.
#[component]
pub(super) fn Reactions(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let may = move || page.rights().get().post;
    let near = Memo::new(move |_| {
        let opening = page
            .talk()
            .with(|talk| talk.as_ref().filter(|talk| talk.question).and_then(|talk| talk.opening));
        said.with(|said| {
            let is_own = said.as_ref().map(|it| it.author) == page.notes().account;
            let is_question = said.as_ref().is_some_and(|it| Some(it.id) == opening);
            offered(is_own || !may(), is_question)
        })
    });
    let shown = Memo::new(move |_| {
        said.with(|said| {
            let given = |code: &str| {
                said.as_ref()
                    .is_some_and(|said| said.reactions.get(code).is_some_and(|it| !it.is_empty()))
            };
            let shown = |code: &str| given(code) || near.with(|near| near.contains(&code));
            area::codes(LIST).map(|it| it.code).filter(|code| shown(code)).collect::<Vec<_>>()
        })
    });
    let others = Memo::new(move |_| {
        let codes = area::codes(LIST).map(|it| it.code);
        shown.with(|shown| codes.filter(|code| !shown.contains(code)).collect::<Vec<_>>())
    });
    view! {
        <For
            each=move || shown.get()
            key=|code| *code
            children=move |code| view! { <Reaction page said code /> }
        />
        <Show when=move || may() && !others.with(Vec::is_empty)>
            <details class="reactmore">
                <summary class="chip" aria-label=tongue.word(words::talk::REACT)>
                    <Icon name="plus" />
                </summary>
                <div class="react">
                    <For
                        each=move || others.get()
                        key=|code| *code
                        children=move |code| view! { <Reaction page said code /> }
                    />
                </div>
            </details>
        </Show>
    }
}

/// Gives the words that lie near: what one says to a question, and to an answer.
fn offered(is_own: bool, is_question: bool) -> &'static [&'static str] {
    match (is_own, is_question) {
        (true, _) => &[],
        (false, true) => &["same_question"],
        (false, false) => &["thanks", "agree"],
    }
}

#[component]
fn Reaction(page: Page, said: Memo<Option<Arc<Said>>>, code: &'static str) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let acts = use_acts();
    let given = Memo::new(move |_| {
        said.with(|said| said.as_ref()?.reactions.get(code).cloned()).unwrap_or_default()
    });
    let mine = Memo::new(move |_| {
        page.notes().account.is_some_and(|me| given.with(|given| given.contains(&me)))
    });
    let label = area::labels(LIST, code).map(Word);
    let count = move || given.with(|given| (!given.is_empty()).then_some(given.len()));
    let names = move || {
        let names: Vec<String> =
            given.with(|given| given.iter().map(|it| who(tongue, workspace, *it)).collect());
        (!names.is_empty()).then(|| names.join(", "))
    };
    let turn = move |_| {
        let Some((me, post)) =
            page.notes().account.zip(said.with_untracked(|it| Some(it.as_ref()?.id)))
        else {
            return;
        };
        let gives = !mine.get_untracked();
        acts.change(page.id, move |record| vec![thread::react(record, me, post, code, gives)]);
    };
    view! {
        <button
            type="button"
            class="chip"
            class:chip--on=move || mine.get()
            aria-pressed=move || if mine.get() { "true" } else { "false" }
            aria-disabled=move || (!page.rights().get().post).then_some("true")
            title=names
            on:click=turn
        >
            <Icon name=icon(code) />
            {label.map(|label| tongue.word(label))}
            {move || count().map(|count| view! { " " <b>{count}</b> })}
        </button>
    }
}

fn icon(code: &str) -> &'static str {
    match code {
        "thanks" => "heart",
        "agree" => "thumbs-up",
        "tried" => "plant",
        "same_question" => "hand-heart",
        _ => "check",
    }
}
