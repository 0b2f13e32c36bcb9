//! Saying a post of one's own in other words, in its place.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::record::Record;
use talkoot_core::thread::{edit_over, edits_shown};
use talkoot_core::value::Value;

use super::composer::{read_post, written_post};
use super::conversation::Said;
use super::draft::trimmed;
use super::page::Page;
use super::post::form_name;
use super::words_field::WordsField;
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, BegunNote};

/// Draws the form.
#[component]
pub(super) fn EditPost(
    page: Page,
    said: StoredValue<Arc<Said>>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let (id, now) = said.with_value(|said| (said.id, said.words.clone().unwrap_or_default()));
    // Saving replaces what its writer sees here, also where it is saved later (rule DI4).
    let shown = |record: &Option<Arc<Record>>| Some(edits_shown(record.as_ref()?, id));
    let seen = page.session().record.with_untracked(shown);
    let form = BegunForm::open(page.id, &form_name(id), seen.unwrap_or_default());
    let left = form.left().as_ref().and_then(read_post).map(|post| post.words);
    let words = RwSignal::new(left.unwrap_or_else(|| now.clone()));
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        if let Some(area) = area.get() {
            area.focus().ok();
        }
    });
    let before = now.clone();
    let keep = move |()| form.keep(begun(&before, words.get_untracked()));
    let save = move || {
        let written = trimmed(&words.get_untracked());
        if written.text.is_empty() {
            return;
        }
        if written == now {
            form.give_up();
        } else {
            let edit = edit_over(id, written, form.seen());
            let intent = move |_: &Record| vec![edit];
            acts.change_then(page.id, intent, form.done());
        }
        editing.set(false);
    };
    let cancel = move |_| {
        form.give_up();
        editing.set(false);
    };
    view! {
        <form
            class="reply"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <BegunNote form on_discard=move |()| editing.set(false) />
            <WordsField
                id=form_name(id)
                label=words::talk::EDIT
                words
                area
                on_change=keep
            />
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {tongue.word(words::act::SAVE)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=cancel>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// Gives what is to be kept; what is as it was is not begun.
fn begun(before: &Words, written: Words) -> Value {
    if written == *before {
        return Value::Empty;
    }
    written_post(&Post { words: written, ..Post::default() })
}
