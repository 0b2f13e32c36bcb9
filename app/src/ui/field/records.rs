//! Editing a set of other records: a tick for each that is here.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::value::{Scalar, Value};

use crate::i18n::use_tongue;
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::workspace::use_workspace;

/// Edits a set of records of a kind of which there are few.
#[component]
pub(crate) fn RecordsEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    kind: Kind,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let here = Memo::new(move |_| {
        workspace.summaries.with(|summaries| {
            let ones = summaries.iter().filter(|it| it.kind == kind && it.trashed.is_none());
            ones.map(|it| (it.record, it.title.clone())).collect::<Vec<_>>()
        })
    });
    let tick = move |(other, title): (RecordId, String)| {
        view! { <Tick record session field other title /> }
    };
    view! {
        <fieldset>
            <legend class="label">{tongue.word(field.label)}</legend>
            {move || here.get().into_iter().map(tick).collect_view()}
        </fieldset>
    }
}

#[component]
fn Tick(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    other: RecordId,
    title: String,
) -> impl IntoView {
    let acts = use_acts();
    let tag = field.tag;
    let has = move || {
        session.record.with(|it| {
            let state = it.as_ref().and_then(|it| it.field(tag));
            state.is_some_and(|state| state.members().any(|it| it.as_record() == Some(other)))
        })
    };
    let toggle = move |event| {
        let on = event_target_checked(&event);
        acts.change(record, move |record| {
            let value = Value::One(Scalar::Record(other));
            vec![if on {
                record.add_to_set(tag, value)
            } else {
                record.remove_from_set(tag, value)
            }]
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=has on:change=toggle />
            {title}
        </label>
    }
}
