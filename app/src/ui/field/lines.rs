//! Editing a set of short texts: keywords, authors, other names.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::limits::LINE_CHARS_MAX;
use talkoot_core::record::{FieldState, Record};
use talkoot_core::schema::Field;
use talkoot_core::value::Value;

use super::entries::forms_of;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::begun::BegunForm;
use crate::ui::icon::Icon;

/// Adds to a set and removes from it.
#[component]
pub(crate) fn LinesEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
) -> impl IntoView {
    let tongue = use_tongue();
    let members = Memo::new(move |_| {
        session.record.with(|it| {
            let state = it.as_ref().and_then(|it| it.field(field.tag));
            let members = state.into_iter().flat_map(FieldState::members);
            members.filter_map(Value::as_text).map(str::to_owned).collect::<Vec<_>>()
        })
    });
    view! {
        <fieldset class="field">
            <legend class="label">{tongue.word(field.label)}</legend>
            <ul class="chips">
                <For
                    each=move || members.get()
                    key=String::clone
                    children=move |text| view! { <Member record field text /> }
                />
            </ul>
            <Adding record field />
        </fieldset>
    }
}

#[component]
fn Member(record: RecordId, field: &'static Field, text: String) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let (name, value) = (text.clone(), Value::text(&text));
    let remove = move |_| {
        let (tag, value) = (field.tag, value.clone());
        acts.change(record, move |record| vec![record.remove_from_set(tag, value)]);
    };
    view! {
        <li class="chip">
            {text}
            <button
                type="button"
                class="chip__x"
                aria-label=move || tongue.tell(&words::field::remove_named(&name))
                on:click=remove
            >
                <Icon name="x" />
            </button>
        </li>
    }
}

#[component]
fn Adding(record: RecordId, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let input = NodeRef::<html::Input>::new();
    let id = format!("add-{}", field.name);
    // A word that is not added yet is kept like a form.
    let begun = BegunForm::open(record, &format!("{}add", forms_of(field)), Vec::new());
    let add = move || {
        let Some(input) = input.get_untracked() else { return };
        let value = Value::text(input.value().trim());
        if value != Value::Empty {
            let tag = field.tag;
            let intent = move |record: &Record| vec![record.add_to_set(tag, value)];
            acts.change_then(record, intent, begun.done());
        }
        input.set_value("");
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let label = move || tongue.tell(&words::field::add_to(tongue.say(field.label)));
    view! {
        <div class="addline">
            <label class="vh" for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                node_ref=input
                autocomplete="off"
                maxlength=LINE_CHARS_MAX.to_string()
                value=begun.left_text()
                on:input=move |event| begun.keep_text(&event_target_value(&event))
                on:keydown=on_key
                on:blur=move |_| add()
            />
            <button type="button" class="btn btn--soft" on:click=move |_| add()>
                {tongue.word(words::field::ADD)}
            </button>
        </div>
    }
}
