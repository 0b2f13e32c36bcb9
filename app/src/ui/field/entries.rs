//! Editing a list of entries: staff, partners, links. Add, change, move, remove.

use leptos::prelude::*;
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, Part};
use talkoot_core::value::Value;

use super::entry_form::EntryForm;
use super::text::value_text;
use crate::device;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, begun_forms};
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// Names the form of a new entry.
const NEW: &str = "new";

/// Which form is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Closed,
    New,
    Of(ItemId),
}

/// Edits a list of entries.
#[component]
pub(crate) fn EntriesEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    parts: &'static [Part],
) -> impl IntoView {
    let tongue = use_tongue();
    let form = RwSignal::new(begun_before(record, field));
    let items = Memo::new(move |_| items_of(session, field.tag));
    // An entry that somebody removes while it is being written stays until it is saved.
    let rows = Memo::new(move |_| {
        let mut rows: Vec<ItemId> =
            items.with(|items| items.iter().map(|(item, _)| *item).collect());
        if let Form::Of(item) = form.get()
            && !rows.contains(&item)
        {
            rows.push(item);
        }
        rows
    });
    let row = move |item: ItemId| {
        let value = Memo::new(move |last: Option<&Value>| {
            let now = items.with(|items| items.iter().find(|(id, _)| *id == item).cloned());
            now.map(|(_, value)| value).or_else(|| last.cloned()).unwrap_or(Value::Empty)
        });
        view! {
            <li class="row">
                <Show
                    when=move || form.get() == Form::Of(item)
                    fallback=move || view! { <EntryRow record field items item value form /> }
                >
                    <Editing record session field parts item value form />
                </Show>
            </li>
        }
    };
    let add_button = move || {
        view! {
            <button type="button" class="btn btn--soft" on:click=move |_| form.set(Form::New)>
                <Icon name="plus" />
                {move || tongue.tell(&words::field::add_to(tongue.say(field.label)))}
            </button>
        }
    };
    view! {
        <div class="field">
            <p class="label">{tongue.word(field.label)}</p>
            <ol class="rows rows--tight">
                <For each=move || rows.get() key=|item| *item children=row />
            </ol>
            <Show when=move || form.get() == Form::New fallback=add_button>
                <Adding record field parts items form />
            </Show>
        </div>
    }
}

/// Takes a new entry.
#[component]
fn Adding(
    record: RecordId,
    field: &'static Field,
    parts: &'static [Part],
    items: Memo<Vec<(ItemId, Value)>>,
    form: RwSignal<Form>,
) -> impl IntoView {
    let acts = use_acts();
    let tag = field.tag;
    let begun = BegunForm::open(record, &format!("{}{NEW}", forms_of(field)), Vec::new());
    let add = move |entry: Value| {
        let place = items.with_untracked(Vec::len);
        let item = ItemId(device::chance_number());
        let intent = move |record: &Record| {
            vec![record.put_item(tag, item, entry), record.place_item(tag, item, place)]
        };
        acts.change_then(record, intent, begun.done());
        form.set(Form::Closed);
    };
    let cancel = move |()| form.set(Form::Closed);
    view! { <EntryForm parts entry=Value::Empty begun on_save=add on_cancel=cancel /> }
}

/// Begins the name of every form of a list.
pub(super) fn forms_of(field: &Field) -> String {
    format!("{}.", field.tag)
}

/// Gives the form that was begun and not saved.
fn begun_before(record: RecordId, field: &Field) -> Form {
    let forms = forms_of(field);
    let begun = begun_forms(record, &forms).into_iter().next();
    let begun = begun.and_then(|name| name.strip_prefix(&forms).map(str::to_owned));
    match begun.as_deref() {
        Some(NEW) => Form::New,
        Some(item) => item.parse().map_or(Form::Closed, |item| Form::Of(ItemId(item))),
        None => Form::Closed,
    }
}

/// Edits an entry as it was when the form was opened: what others write meanwhile takes no word
/// from the form, and no word is taken from it.
#[component]
fn Editing(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    parts: &'static [Part],
    item: ItemId,
    value: Memo<Value>,
    form: RwSignal<Form>,
) -> impl IntoView {
    let acts = use_acts();
    let tag = field.tag;
    let seen = session.record.with_untracked(|it| it.as_ref().map(|it| it.item_writes(tag, item)));
    let name = format!("{}{}", forms_of(field), item.0);
    let begun = BegunForm::open(record, &name, seen.unwrap_or_default());
    let save = move |entry: Value| {
        let op = Record::put_item_as_seen(tag, item, entry, begun.seen());
        acts.change_then(record, move |_| vec![op], begun.done());
        form.set(Form::Closed);
    };
    view! {
        <EntryForm
            parts
            entry=value.get_untracked()
            begun
            on_save=save
            on_cancel=move |()| form.set(Form::Closed)
        />
    }
}

fn items_of(session: RecordSession, tag: u16) -> Vec<(ItemId, Value)> {
    session.record.with(|record| {
        let state = record.as_ref().and_then(|record| record.field(tag));
        let items = state.map(|state| state.items()).unwrap_or_default();
        items.into_iter().map(|(item, value)| (item, value.clone())).collect()
    })
}

/// Shows an entry with what can be done to it.
#[component]
fn EntryRow(
    record: RecordId,
    field: &'static Field,
    items: Memo<Vec<(ItemId, Value)>>,
    item: ItemId,
    value: Memo<Value>,
    form: RwSignal<Form>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let acts = use_acts();
    let tag = field.tag;
    let text = Signal::derive(move || {
        value.with(|value| value_text(tongue, workspace, field.shape, value))
    });
    let place =
        move || items.with(|items| items.iter().position(|(id, _)| *id == item)).unwrap_or(0);
    let last = move || place() + 1 == items.with(Vec::len);
    let remove = move |()| {
        let entry = value.get_untracked();
        let at = items.with_untracked(|items| items.iter().position(|(id, _)| *id == item));
        let at = at.unwrap_or(0);
        acts.change_undoably(
            record,
            words::act::REMOVED,
            move |record| vec![record.remove_item(tag, item)],
            move |record| {
                vec![record.put_item(tag, item, entry.clone()), record.place_item(tag, item, at)]
            },
        );
    };
    // Counted among the others with this one still in its place.
    let move_to = move |place: usize| {
        acts.change(record, move |record| vec![record.place_item(tag, item, place)]);
    };
    view! {
        <div class="row__b">{text}</div>
        <div class="acts acts--tight">
            <Tool icon="pencil-simple" label=move || tongue.tell(&words::field::edit_named(text.get())) on_press=move |()| form.set(Form::Of(item)) />
            <Show when=move || place() != 0>
                <Tool icon="caret-down" class="i--up" label=move || tongue.tell(&words::field::up_named(text.get())) on_press=move |()| move_to(place() - 1) />
            </Show>
            <Show when=move || !last()>
                <Tool icon="caret-down" label=move || tongue.tell(&words::field::down_named(text.get())) on_press=move |()| move_to(place() + 2) />
            </Show>
            <Tool icon="trash" label=move || tongue.tell(&words::field::remove_named(text.get())) on_press=remove />
        </div>
    }
}

/// A small button with an icon; its words are for the ear and the pointer.
#[component]
fn Tool<F>(
    icon: &'static str,
    #[prop(default = "")] class: &'static str,
    label: F,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView
where
    F: Fn() -> String + Copy + Send + Sync + 'static,
{
    view! {
        <button
            type="button"
            class="ib"
            aria-label=label
            title=label
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon class />
        </button>
    }
}
