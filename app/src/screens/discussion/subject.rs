//! Giving a discussion another subject.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::access::may_rename_thread;
use talkoot_core::limits::LINE_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::thread::{rename, subjects_shown};
use talkoot_core::value::Value;

use super::page::Page;
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, BegunNote, is_begun};
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// The name of the form in which it is written.
const FORM: &str = "subject";

/// Says whether another subject was begun and not saved.
pub(super) fn is_begun_subject(page: Page) -> bool {
    is_begun(page.id, FORM)
}

/// Offers to give another subject to whoever may (rule DI43).
#[component]
pub(super) fn OfferSubject(page: Page, renaming: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let may = use_right(page);
    view! {
        <Show when=move || may.get() && !renaming.get()>
            <button type="button" class="btn btn--soft" on:click=move |_| renaming.set(true)>
                <Icon name="pencil-simple" />
                {tongue.word(words::talk::EDIT_SUBJECT)}
            </button>
        </Show>
    }
}

/// Draws the form while the subject is written.
#[component]
pub(super) fn EditSubject(page: Page, renaming: RwSignal<bool>) -> impl IntoView {
    let may = use_right(page);
    view! {
        <Show when=move || may.get() && renaming.get()>
            <Form page renaming />
        </Show>
    }
}

#[component]
fn Form(page: Page, renaming: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let shown = |record: &Option<Arc<Record>>| {
        let record = record.as_ref()?;
        Some((record.title().unwrap_or_default().to_owned(), subjects_shown(record)))
    };
    let (now, seen) = page.session().record.with_untracked(shown).unwrap_or_default();
    let form = BegunForm::open(page.id, FORM, seen);
    let left = form.left_text();
    let subject = RwSignal::new(if left.is_empty() { now.clone() } else { left });
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.focus().ok();
        }
    });
    let before = now.clone();
    let hear = move |event| {
        subject.set(event_target_value(&event));
        let is_as_before = subject.with_untracked(|subject| *subject == before);
        form.keep(if is_as_before { Value::Empty } else { Value::text(&subject.get_untracked()) });
    };
    let save = move || {
        let written = subject.get_untracked().trim().to_owned();
        if written.is_empty() {
            return;
        }
        if written == now {
            form.give_up();
        } else {
            let op = rename(&written, form.seen());
            acts.change_then(page.id, move |_| vec![op], form.done());
        }
        renaming.set(false);
    };
    let cancel = move |_| {
        form.give_up();
        renaming.set(false);
    };
    view! {
        <form
            class="reply"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <BegunNote form on_discard=move |()| renaming.set(false) />
            <div class="field">
                <label for="new-subject">{tongue.word(words::talk::SUBJECT)}</label>
                <input
                    class="input"
                    id="new-subject"
                    node_ref=field
                    autocomplete="off"
                    required=true
                    maxlength=LINE_CHARS_MAX.to_string()
                    prop:value=move || subject.get()
                    on:input=hear
                />
            </div>
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

/// Follows whether the person may give another subject.
fn use_right(page: Page) -> Memo<bool> {
    let workspace = use_workspace();
    let session = page.session();
    Memo::new(move |_| {
        let may = |record: &Option<Arc<Record>>| {
            workspace.me.with(|me| Some(may_rename_thread(&me.as_ref()?.caller, record.as_ref()?)))
        };
        let is_open = !session.is_newer.get() && !session.is_trashed();
        is_open && session.record.with(may) == Some(true)
    })
}
