//! The values of fields as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use talkoot_core::moment;
use talkoot_core::record::{FieldState, Record};
use talkoot_core::schema::{Field, Holding, Kind, Part, Shape, is_about_known};
use talkoot_core::text::{markdown, passage};
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use crate::public::board::Board;

/// Gives what shows in each field that says something, by the field's name. With a board, only
/// what is for everybody (rule PU4).
pub(super) fn fields(record: &Record, kind: Kind, board: Option<&Board>) -> Map<String, Json> {
    let fields = kind.schema().fields.iter().filter(|field| !field.is_of_history());
    let fields = fields.filter(|field| board.is_none() || !field.is_of_workspace());
    let said = fields.filter_map(|field| {
        Some((field.name.to_owned(), field_value(field, record.field(field.tag)?, board)?))
    });
    said.collect()
}

fn field_value(field: &Field, state: &FieldState, board: Option<&Board>) -> Option<Json> {
    let is_told = |record| board.is_none_or(|board| board.notice(record).is_some());
    match field.shape.holding() {
        Holding::One => state.value().map(value),
        Holding::Set(_) => some(state.members().map(value).collect()),
        Holding::List(parts) => {
            let items = state.items().into_iter();
            let items = items.filter(|(_, value)| is_about_known(parts, value, is_told));
            some(items.filter_map(|(_, value)| entry(parts, value)).collect())
        }
        Holding::Words => None,
    }
}

fn some(values: Vec<Json>) -> Option<Json> {
    (!values.is_empty()).then_some(Json::Array(values))
}

/// Writes a single value; an emptied field is `null`.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Empty | Value::Entry(_) => Json::Null,
        Value::One(one) => scalar(one),
    }
}

/// Writes an entry of a list by the names of its parts.
pub(super) fn entry(parts: &[Part], value: &Value) -> Option<Json> {
    let Value::Entry(said) = value else { return None };
    let said = |part: &Part| Some((part.name, scalar(said.get(&part.tag)?)));
    // What an edit says stands beside it as words.
    let parts = parts.iter().filter(|part| part.shape != Shape::Edit);
    Some(json!(parts.filter_map(said).collect::<BTreeMap<_, _>>()))
}

fn scalar(scalar: &Scalar) -> Json {
    match scalar {
        Scalar::Text(text) | Scalar::Code(text) => json!(text),
        Scalar::Date(date) => json!(date.to_text()),
        Scalar::Period(Period { from, until }) => {
            json!({ "from": from.map(PartialDate::to_text), "until": until.map(PartialDate::to_text) })
        }
        Scalar::Record(record) => json!(record.to_string()),
        Scalar::Account(account) => json!(account.to_string()),
        Scalar::Flag(flag) => json!(flag),
        // As Markdown, like every formatted text here.
        Scalar::Passage(bytes) => {
            json!(markdown::write(&passage::read(bytes).unwrap_or_default()))
        }
        Scalar::Post(post) => json!({
            "thread": post.thread.to_string(),
            "device": post.post.replica.to_string(),
            "number": post.post.counter,
        }),
        Scalar::Moment(at_ms) => json!(moment::write(*at_ms)),
        Scalar::Edit(_) => Json::Null,
        Scalar::Version(knew) => {
            json!(
                knew.ends()
                    .map(|it| (it.replica.to_string(), it.counter))
                    .collect::<BTreeMap<_, _>>()
            )
        }
    }
}
