//! What can be done with a post: react, answer, quote, mark as the answer, edit, take back.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::change::Op;
use talkoot_core::record::Record;
use talkoot_core::thread;

use super::conversation::Said;
use super::page::Page;
use super::reactions::Reactions;
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::icon::Icon;

/// Draws the buttons that this person may press.
#[component]
pub(super) fn PostActs(
    page: Page,
    said: Memo<Option<Arc<Said>>>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let is_there = Memo::new(move |_| {
        said.with(|said| said.as_ref().is_some_and(|said| said.retracted.is_none()))
    });
    let may = Memo::new(move |_| page.rights().get().post && is_there.get());
    let reply = move |_| {
        said.with_untracked(|said| said.iter().for_each(|said| page.composing().reply(said)));
    };
    view! {
        <Show when=move || is_there.get()>
            <div class="react">
                <Reactions page said />
                <Show when=move || may.get()>
                    <button type="button" class="btn btn--quiet" on:click=reply>
                        {tongue.word(words::talk::REPLY)}
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet"
                        on:click=move |_| said.with_untracked(|said| said.iter().for_each(|said| quote(page, said)))
                    >
                        {tongue.word(words::talk::QUOTE)}
                    </button>
                </Show>
                <MarkAnswer page said />
                <Show when=move || may.get()>
                    <Own page said editing />
                </Show>
            </div>
        </Show>
    }
}

/// Quotes what is selected in the post, or all that it says.
fn quote(page: Page, said: &Said) {
    let all = said.words.as_ref().map(|words| words.text.clone()).unwrap_or_default();
    let selected = window().get_selection().ok().flatten();
    let selected = selected.map(|it| String::from(it.to_string())).unwrap_or_default();
    let selected = selected.trim();
    let is_of_post = !selected.is_empty() && all.contains(selected);
    page.composing().quote(said, if is_of_post { selected } else { &all });
}

/// Marks a post as the answer, or takes that away.
#[component]
fn MarkAnswer(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let id = move || said.with(|said| said.as_ref().map(|said| said.id));
    let may = Memo::new(move |_| {
        let opening = page
            .talk()
            .with(|talk| talk.as_ref().filter(|talk| talk.question).and_then(|talk| talk.opening));
        page.rights().get().answer && opening.is_some() && opening != id()
    });
    // The one answer that there is can only be unmarked; of two, either may be chosen.
    let is_only = Memo::new(move |_| {
        let id = id();
        page.talk().with(|talk| {
            let answers = talk.as_ref().map(|talk| talk.answers.as_slice()).unwrap_or_default();
            matches!(answers, [only] if Some(only.post) == id)
        })
    });
    let turn = move |_| {
        let marks = !is_only.get_untracked();
        let Some(id) = said.with_untracked(|said| said.as_ref().map(|said| said.id)) else {
            return;
        };
        let before = page.talk().with_untracked(|talk| {
            talk.as_ref().and_then(|talk| talk.answers.first().map(|answered| answered.post))
        });
        let intent = move |record: &Record| vec![thread::answer(record, marks.then_some(id))];
        let undo = move |record: &Record| vec![thread::answer(record, before)];
        let told = if marks { words::talk::MARKED } else { words::talk::UNMARKED };
        acts.change_undoably(page.id, told, intent, undo);
    };
    let word =
        move || tongue.say(if is_only.get() { words::talk::UNMARK } else { words::talk::MARK });
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--quiet" on:click=turn>
                <Icon name="check-circle" />
                {word}
            </button>
        </Show>
    }
}

/// Lets its author say it in other words or take it back, and who keeps order take it away.
#[component]
fn Own(page: Page, said: Memo<Option<Arc<Said>>>, editing: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let is_own = Memo::new(move |_| {
        said.with(|said| said.as_ref().map(|said| said.author)) == page.notes().account
    });
    let may_take = Memo::new(move |_| is_own.get() || page.rights().get().moderate);
    let take = move |_| {
        let Some(id) = said.with_untracked(|said| said.as_ref().map(|said| said.id)) else {
            return;
        };
        let moderated = !is_own.get_untracked();
        let intent =
            move |record: &Record| -> Vec<Op> { vec![thread::retract(record, id, moderated)] };
        let undo = move |record: &Record| vec![thread::restore(record, id, moderated)];
        let told = if moderated { words::talk::TAKEN_AWAY } else { words::talk::TAKEN_BACK };
        acts.change_undoably(page.id, told, intent, undo);
    };
    let word = move || {
        tongue.say(if is_own.get() { words::talk::TAKE_BACK } else { words::talk::TAKE_AWAY })
    };
    view! {
        <Show when=move || is_own.get() && !editing.get()>
            <button type="button" class="btn btn--quiet" on:click=move |_| editing.set(true)>
                {tongue.word(words::act::EDIT)}
            </button>
        </Show>
        <Show when=move || may_take.get()>
            <button type="button" class="btn btn--quiet" on:click=take>
                {word}
            </button>
        </Show>
    }
}
