//! The form of one entry of a list, with an input for each of its parts.

use std::collections::BTreeMap;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use talkoot_core::schema::{Part, Shape};
use talkoot_core::value::Value;

use super::input::ScalarInput;
use crate::i18n::{use_tongue, words};
use crate::ui::begun::{BegunForm, BegunNote};

/// One part while it is being written.
#[derive(Clone, Copy)]
struct Draft {
    part: &'static Part,
    value: RwSignal<Value>,
    wrong: RwSignal<bool>,
}

/// Edits the parts of an entry and gives the whole back.
#[component]
pub(crate) fn EntryForm(
    parts: &'static [Part],
    entry: Value,
    /// Keeps what is typed until it is saved.
    begun: BegunForm,
    #[prop(into)] on_save: Callback<Value>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    let tongue = use_tongue();
    let shown = begun.left().unwrap_or_else(|| entry.clone());
    let draft = |part: &'static Part| {
        let value = shown.part(part.tag).cloned().map_or(Value::Empty, Value::One);
        Draft { part, value: RwSignal::new(value), wrong: RwSignal::new(false) }
    };
    let drafts: Vec<Draft> = parts.iter().map(draft).collect();
    // Who told of it and where is written by what people do; it stays as it is.
    let asked = drafts.iter().filter(|it| !matches!(it.part.shape, Shape::Account | Shape::Post));
    let inputs = asked.copied().map(|Draft { part, value, wrong }| {
        view! {
            <ScalarInput
                shape=part.shape
                id=format!("part-{}", part.name)
                label=Signal::derive(move || tongue.say(part.label).to_owned())
                draft=value
                wrong
            />
        }
    });
    let inputs = inputs.collect_view();
    let drafts = StoredValue::new(drafts);
    let cancel = move || {
        begun.give_up();
        on_cancel.run(());
    };
    // What is as it was is not begun.
    let keep = move || {
        let written = drafts.with_value(|drafts| entry_of(drafts)).unwrap_or(Value::Empty);
        begun.keep(if written == entry { Value::Empty } else { written });
    };
    let keep = StoredValue::new(keep);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        drafts.with_value(|drafts| {
            let right = drafts.iter().all(|draft| !draft.wrong.get_untracked());
            if let Some(entry) = entry_of(drafts).filter(|_| right) {
                on_save.run(entry);
            }
        });
    };
    view! {
        <form
            class="stack entry"
            on:submit=save
            on:input=move |_| keep.with_value(|keep| keep())
            on:change=move |_| keep.with_value(|keep| keep())
        >
            <BegunNote form=begun on_discard=on_cancel />
            {inputs}
            <div class="acts">
                <button type="submit" class="btn btn--primary">{tongue.word(words::act::SAVE)}</button>
                <button type="button" class="btn btn--quiet" on:click=move |_| cancel()>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// Joins the parts that say something; nothing at all is no entry.
fn entry_of(drafts: &[Draft]) -> Option<Value> {
    let parts = drafts.iter().filter_map(|draft| match draft.value.get_untracked() {
        Value::One(scalar) => Some((draft.part.tag, scalar)),
        Value::Empty | Value::Entry(_) => None,
    });
    let parts: BTreeMap<_, _> = parts.collect();
    (!parts.is_empty()).then_some(Value::Entry(parts))
}
