//! When no practice shows: none is there yet, none has come, or none fits.

use leptos::prelude::*;

use super::Asked;
use super::filter::Filter;
use crate::i18n::{Phrase, use_tongue, words};
use crate::ui::empty::Empty;
use crate::ui::icon::Drawing;
use crate::ui::new_practice::NewPractice;
use crate::workspace::{Summaries, use_workspace};

/// Says why nothing shows and what a person can do.
#[component]
pub(super) fn Nothing(asked: Asked) -> impl IntoView {
    let workspace = use_workspace();
    // Nothing has ever come here: the library is not empty, it is not known yet.
    let not_come = Memo::new(move |_| {
        let never = workspace.status.with(|status| status.last_synced_ms.is_none());
        never && workspace.summaries.with(Summaries::is_empty)
    });
    let narrows = Memo::new(move |_| asked.filter.with(Filter::narrows));
    move || {
        if not_come.get() {
            let (title, text) = (words::practices::NOT_COME, words::practices::NOT_COME_TEXT);
            view! { <Empty title text><NewPractice primary=false /></Empty> }.into_any()
        } else if narrows.get() {
            view! { <NotFound asked /> }.into_any()
        } else {
            let (title, text) = (words::practices::EMPTY, words::practices::EMPTY_TEXT);
            view! { <Empty title text><NewPractice primary=false /></Empty> }.into_any()
        }
    }
}

/// Repeats what was looked for, and offers to look wider or to write it oneself.
#[component]
fn NotFound(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let title = move || {
        let wanted = asked.filter.with(|filter| filter.words.trim().to_owned());
        let phrase: Phrase = match wanted.as_str() {
            "" => words::practices::NOT_FOUND.into(),
            _ => words::practices::not_found_words(wanted),
        };
        tongue.tell(&phrase)
    };
    let clear = move |_| asked.change.run(asked.filter.with_untracked(Filter::cleared));
    view! {
        <div class="panel empty">
            <Drawing name="weave" class="weave" />
            <p class="h3">{title}</p>
            <p>{tongue.word(words::practices::NOT_FOUND_TEXT)}</p>
            <div class="acts">
                <button type="button" class="btn btn--soft" on:click=clear>
                    {tongue.word(words::practices::CLEAR_LONG)}
                </button>
                <NewPractice primary=false />
            </div>
        </div>
    }
}
