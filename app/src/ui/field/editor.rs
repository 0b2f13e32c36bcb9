//! The editor of a field, chosen by its shape. What is typed is safe after a pause.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Holding, Shape};

use super::areas::AreaPicker;
use super::entries::EntriesEditor;
use super::lines::LinesEditor;
use super::records::RecordsEditor;
use super::rich::RichEditor;
use super::single::{CodesEditor, SingleEditor};
use crate::record_session::RecordSession;

/// Edits one field of a record.
#[component]
pub(crate) fn FieldEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
) -> impl IntoView {
    match field.shape.holding() {
        Holding::Words => view! { <RichEditor session field /> }.into_any(),
        Holding::List(parts) => view! { <EntriesEditor record session field parts /> }.into_any(),
        Holding::Set(Shape::Code("area")) => {
            view! { <AreaPicker record session field /> }.into_any()
        }
        Holding::Set(Shape::Code(list)) => {
            view! { <CodesEditor record session field list /> }.into_any()
        }
        Holding::Set(Shape::Record(kind)) => {
            view! { <RecordsEditor record session field kind /> }.into_any()
        }
        Holding::Set(_) => view! { <LinesEditor record session field /> }.into_any(),
        Holding::One => view! { <SingleEditor session field /> }.into_any(),
    }
}
