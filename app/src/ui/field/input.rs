//! One input for one plain value, chosen by its shape. It writes into a draft and decides nothing.

use leptos::prelude::*;
use talkoot_core::limits::{LINE_CHARS_MAX, TEXT_CHARS_MAX};
use talkoot_core::schema::{Kind, Shape, area};
use talkoot_core::value::{Scalar, Value};

use super::dates::{DateInput, PeriodInput};
use crate::i18n::{Word, use_tongue, words};
use crate::workspace::use_workspace;

/// What every input gets.
#[derive(Clone)]
pub(crate) struct Wiring {
    pub(super) id: String,
    pub(super) draft: RwSignal<Value>,
    pub(super) wrong: RwSignal<bool>,
}

/// Draws a labelled input for a shape that holds one plain value.
#[component]
pub(crate) fn ScalarInput(
    shape: Shape,
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    draft: RwSignal<Value>,
    /// Turns true while what is written is no value.
    wrong: RwSignal<bool>,
    /// Leaves the label to the ear, where the eye has it already.
    #[prop(default = false)]
    hides_label: bool,
) -> impl IntoView {
    let wiring = Wiring { id: id.clone(), draft, wrong };
    let input = match shape {
        Shape::Text => view! { <TextInput wiring /> }.into_any(),
        Shape::Code(list) => view! { <CodeInput wiring list /> }.into_any(),
        Shape::Date => view! { <DateInput wiring /> }.into_any(),
        Shape::Record(kind) => view! { <RecordInput wiring kind /> }.into_any(),
        Shape::Period => return view! { <PeriodInput wiring label /> }.into_any(),
        Shape::Line
        | Shape::Passage
        | Shape::Edit
        | Shape::Version
        | Shape::Account
        | Shape::Thing
        | Shape::Post
        | Shape::Moment
        | Shape::RichText
        | Shape::SetOfLines
        | Shape::SetOfCodes(_)
        | Shape::SetOfRecords(_)
        | Shape::List(_) => view! { <LineInput wiring /> }.into_any(),
    };
    view! {
        <div class="field">
            <label for=id class:vh=hides_label>{label}</label>
            {input}
        </div>
    }
    .into_any()
}

#[component]
fn LineInput(wiring: Wiring) -> impl IntoView {
    let draft = wiring.draft;
    view! {
        <input
            class="input"
            id=wiring.id
            maxlength=LINE_CHARS_MAX.to_string()
            prop:value=move || draft.with(|value| value.as_text().unwrap_or_default().to_owned())
            on:input=move |event| draft.set(Value::text(event_target_value(&event).trim_start()))
        />
    }
}

#[component]
fn TextInput(wiring: Wiring) -> impl IntoView {
    let draft = wiring.draft;
    view! {
        <textarea
            class="area"
            id=wiring.id
            rows="4"
            maxlength=TEXT_CHARS_MAX.to_string()
            prop:value=move || draft.with(|value| value.as_text().unwrap_or_default().to_owned())
            on:input=move |event| draft.set(Value::text(&event_target_value(&event)))
        ></textarea>
    }
}

#[component]
fn CodeInput(wiring: Wiring, list: &'static str) -> impl IntoView {
    let tongue = use_tongue();
    let draft = wiring.draft;
    let chosen = move || draft.with(|value| value.as_text().unwrap_or_default().to_owned());
    let option = move |code: area::Code| {
        view! {
            <option value=code.code selected=move || chosen() == code.code>
                {tongue.word(Word(code.labels))}
            </option>
        }
    };
    view! {
        <select
            class="select"
            id=wiring.id
            on:change=move |event| draft.set(Value::code(&event_target_value(&event)))
        >
            <option value="" selected=move || chosen().is_empty()>
                {tongue.word(words::field::NOT_CHOSEN)}
            </option>
            {area::codes(list).map(option).collect_view()}
        </select>
    }
}

#[component]
fn RecordInput(wiring: Wiring, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let draft = wiring.draft;
    let records = Memo::new(move |_| {
        workspace.summaries.with(|all| {
            let of_kind = all.iter().filter(|it| it.kind == kind && it.trashed.is_none());
            let mut records: Vec<_> = of_kind.map(|it| (it.title.clone(), it.record)).collect();
            records.sort();
            records
        })
    });
    let chosen = move || draft.with(Value::as_record);
    let choose = move |event| {
        let record = event_target_value(&event).parse().ok();
        draft.set(record.map_or(Value::Empty, |record| Value::One(Scalar::Record(record))));
    };
    let option = move |(title, record)| {
        view! {
            <option value=format!("{record}") selected=move || chosen() == Some(record)>
                {title}
            </option>
        }
    };
    view! {
        <select class="select" id=wiring.id on:change=choose>
            <option value="" selected=move || chosen().is_none()>
                {tongue.word(words::field::NOT_CHOSEN)}
            </option>
            {move || records.get().into_iter().map(option).collect_view()}
        </select>
    }
}
