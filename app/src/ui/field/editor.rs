//! The editor of a field, chosen by its shape. What is typed is safe as soon as it is left.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Shape};

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
    match field.shape {
        Shape::RichText => view! { <RichEditor session field /> }.into_any(),
        Shape::SetOfLines => view! { <LinesEditor record session field /> }.into_any(),
        Shape::SetOfCodes("area") => view! { <AreaPicker record session field /> }.into_any(),
        Shape::SetOfCodes(list) => view! { <CodesEditor record session field list /> }.into_any(),
        Shape::SetOfRecords(kind) => {
            view! { <RecordsEditor record session field kind /> }.into_any()
        }
        Shape::List(parts) => view! { <EntriesEditor record session field parts /> }.into_any(),
        Shape::Line
        | Shape::Text
        | Shape::Passage
        | Shape::Version
        | Shape::Account
        | Shape::Code(_)
        | Shape::Date
        | Shape::Period
        | Shape::Record(_) => view! { <SingleEditor record session field /> }.into_any(),
    }
}
