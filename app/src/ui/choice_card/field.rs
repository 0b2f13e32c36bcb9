//! A field that two people changed without knowing of each other.

use leptos::prelude::*;
use talkoot_core::choice::Side;
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::Field;
use talkoot_core::value::Value;

use super::side::{Card, SideCard};
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::field::input::ScalarInput;
use crate::ui::field::text::value_text;
use crate::workspace::use_workspace;

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Side(usize),
    Other,
}

/// Asks which value is right.
#[component]
pub(super) fn FieldChoice(
    record: RecordId,
    session: RecordSession,
    field: u16,
    sides: Vec<Side<Value>>,
) -> impl IntoView {
    let kind = session.record.with_untracked(|record| record.as_ref().and_then(|it| it.kind));
    let field = kind.and_then(|kind| kind.schema().field(field));
    field.map(|field| view! { <Ask record field sides /> })
}

#[component]
fn Ask(record: RecordId, field: &'static Field, sides: Vec<Side<Value>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let begun = BegunForm::open(record, &format!("choice.{}", field.tag), Vec::new());
    let chosen = RwSignal::new(begun.left().map(|_| Chosen::Other));
    let other = RwSignal::new(begun.left().unwrap_or(Value::Empty));
    let wrong = RwSignal::new(false);
    let values = StoredValue::new(sides.iter().map(|side| side.value.clone()).collect::<Vec<_>>());
    let shown = values.with_value(|values| values.first().cloned()).unwrap_or(Value::Empty);
    let value = move || match chosen.get()? {
        Chosen::Side(place) => values.with_value(|values| values.get(place).cloned()),
        // An own value that is not written yet settles nothing.
        Chosen::Other => Some(other.get()).filter(|it| *it != Value::Empty && !wrong.get()),
    };
    let group = format!("choice-{}", field.name);
    let id = format!("h-choice-{}", field.name);
    let card = |(place, side): (usize, Side<Value>)| {
        let Side { value, change, author, stamp } = side;
        let text = Signal::derive(move || value_text(tongue, workspace, field.shape, &value));
        let choose = move |()| chosen.set(Some(Chosen::Side(place)));
        view! { <SideCard group=group.clone() value=text change author stamp on_choose=choose /> }
    };
    let cards = sides.into_iter().enumerate().map(card).collect_view();
    view! {
        <Card
            id
            title=Signal::derive(move || tongue.say(words::choice::FIELD).to_owned())
            text=Signal::derive(move || tongue.tell(&words::choice::field_text(tongue.say(field.label))))
        >
            <fieldset class="opts">
                <legend class="vh">
                    {move || tongue.tell(&words::choice::pick(tongue.say(field.label)))}
                </legend>
                {cards}
                <Other field group=group.clone() chosen other wrong begun />
            </fieldset>
            <Settle record field value=Signal::derive(value) shown begun />
        </Card>
    }
}

/// Lets a person write a value that is neither.
#[component]
fn Other(
    field: &'static Field,
    group: String,
    chosen: RwSignal<Option<Chosen>>,
    other: RwSignal<Value>,
    wrong: RwSignal<bool>,
    begun: BegunForm,
) -> impl IntoView {
    let tongue = use_tongue();
    let keep = move |_| begun.keep(other.get_untracked());
    let discard = move |()| {
        other.set(Value::Empty);
        chosen.set(None);
    };
    let writing = move || chosen.get() == Some(Chosen::Other);
    view! {
        <div class="opt opt--own" on:input=keep on:change=keep>
            <label>
                <input
                    type="radio"
                    name=group
                    prop:checked=writing
                    on:change=move |_| chosen.set(Some(Chosen::Other))
                />
                <span class="opt__v">{tongue.word(words::choice::OTHER)}</span>
            </label>
            <Show
                when=writing
                fallback=move || view! { <small class="muted">{tongue.word(words::choice::WRITE)}</small> }
            >
                <BegunNote form=begun on_discard=discard />
                <ScalarInput
                    shape=field.shape
                    id=format!("other-{}", field.name)
                    label=Signal::derive(move || tongue.say(words::choice::OTHER).to_owned())
                    draft=other
                    wrong
                    hides_label=true
                />
            </Show>
        </div>
    }
}

/// The button repeats the choice; without one it explains itself.
#[component]
fn Settle(
    record: RecordId,
    field: &'static Field,
    value: Signal<Option<Value>>,
    /// What showed while the choice waited; undoing brings it back.
    shown: Value,
    begun: BegunForm,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let acts = use_acts();
    let shown = StoredValue::new(shown);
    let label = move || match value.get() {
        Some(value) => {
            let text = value_text(tongue, workspace, field.shape, &value);
            tongue.tell(&words::choice::use_value(text))
        }
        None => tongue.say(words::choice::FIRST).to_owned(),
    };
    let settle = move |_| {
        let Some(value) = value.get_untracked() else { return };
        let (tag, shown) = (field.tag, shown.get_value());
        let done = begun.done();
        acts.change_then(
            record,
            move |it: &Record| vec![it.set_field(tag, value)],
            move || {
                done();
                let undo = move |it: &Record| vec![it.set_field(tag, shown.clone())];
                acts.offer_undo(record, words::act::SETTLED, undo);
            },
        );
    };
    view! {
        <div class="acts">
            <button
                type="button"
                class="btn btn--primary"
                aria-disabled=move || value.with(Option::is_none).to_string()
                on:click=settle
            >
                {label}
            </button>
            <span class="small muted">{tongue.word(words::choice::REST)}</span>
        </div>
    }
}
