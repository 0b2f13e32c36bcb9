//! Editing a field of one value, or of a few codes to tick.
//!
//! What is typed becomes a change after a pause ([`super::typed`]), what is chosen at once.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, area};
use talkoot_core::value::Value;

use super::input::ScalarInput;
use super::typed::Typed;
use crate::i18n::{Word, use_tongue};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;

/// Gives the value that a field shows now.
pub(crate) fn value_of(record: &Record, tag: u16) -> Value {
    record.field(tag).and_then(|state| state.value()).cloned().unwrap_or(Value::Empty)
}

/// Edits a field that holds one value.
#[component]
pub(crate) fn SingleEditor(session: RecordSession, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let typed = Typed::new(session, field.tag);
    let choose = move |_| {
        typed.hear();
        typed.commit();
    };
    view! {
        <div on:input=move |_| typed.hear() on:change=choose>
            <ScalarInput
                shape=field.shape
                id=format!("field-{}", field.name)
                label=Signal::derive(move || tongue.say(field.label).to_owned())
                draft=typed.draft
                wrong=typed.wrong
            />
        </div>
    }
}

/// Edits a set of codes of a short list: a tick for each.
#[component]
pub(crate) fn CodesEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    list: &'static str,
) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let tag = field.tag;
    let has = move |code: &str| {
        let value = Value::code(code);
        session.record.with(|it| {
            let state = it.as_ref().and_then(|it| it.field(tag));
            state.is_some_and(|state| state.members().any(|member| *member == value))
        })
    };
    let toggle = move |code: &'static str, on: bool| {
        acts.change(record, move |record| vec![toggled(record, tag, code, on)]);
    };
    let tick = move |code: area::Code| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || has(code.code)
                    on:change=move |event| toggle(code.code, event_target_checked(&event))
                />
                {tongue.word(Word(code.labels))}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="label">{tongue.word(field.label)}</legend>
            {area::codes(list).map(tick).collect_view()}
        </fieldset>
    }
}

/// Gives the operation that puts a code into a set or takes it out.
pub(crate) fn toggled(record: &Record, tag: u16, code: &str, on: bool) -> talkoot_core::change::Op {
    let value = Value::code(code);
    if on { record.add_to_set(tag, value) } else { record.remove_from_set(tag, value) }
}
