//! What a field says, in a form in which two records can be compared, and taken over.

use std::collections::BTreeSet;

use crate::change::{Op, Position};
use crate::id::ItemId;
use crate::open_record::OpenRecord;
use crate::record::{FieldState, Record};
use crate::schema::{Field, Shape};
use crate::text::Block;
use crate::value::Value;

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(Vec<Block>),
    One(Value),
    Members(BTreeSet<Value>),
    Items(Vec<(ItemId, Value)>),
}

/// Reads what a field of a record says.
pub fn content(open: &OpenRecord, field: &Field) -> Content {
    let state = open.record.field(field.tag);
    match field.shape {
        Shape::RichText => Content::Text(open.text.blocks(field.name)),
        Shape::SetOfLines | Shape::SetOfCodes(_) | Shape::SetOfRecords(_) => {
            Content::Members(state.into_iter().flat_map(FieldState::members).cloned().collect())
        }
        Shape::List(_) => {
            let items = state.map(FieldState::items).unwrap_or_default().into_iter();
            Content::Items(items.map(|(item, value)| (item, value.clone())).collect())
        }
        Shape::Line
        | Shape::Text
        | Shape::Passage
        | Shape::Version
        | Shape::Account
        | Shape::Code(_)
        | Shape::Date
        | Shape::Period
        | Shape::Record(_) => {
            Content::One(state.and_then(FieldState::value).cloned().unwrap_or(Value::Empty))
        }
    }
}

impl Content {
    /// Says whether nothing is there.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(blocks) => blocks.is_empty(),
            Self::One(value) => *value == Value::Empty,
            Self::Members(members) => members.is_empty(),
            Self::Items(items) => items.is_empty(),
        }
    }

    /// Gives the operations after which a field of `record` says this. A formatted text is not
    /// written so: it is rewritten, with what others wrote meanwhile in its place.
    pub fn writes(&self, record: &Record, field: &Field) -> Vec<Op> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::One(value) => one(record, field, value),
            Self::Members(members) => set(record, field, members),
            Self::Items(items) => list(record, field, items),
        }
    }
}

fn one(record: &Record, field: &Field, value: &Value) -> Vec<Op> {
    let now = record.field(field.tag).and_then(FieldState::value).unwrap_or(&Value::Empty);
    let differs = now != value;
    differs.then(|| record.set_field(field.tag, value.clone())).into_iter().collect()
}

fn set(record: &Record, field: &Field, members: &BTreeSet<Value>) -> Vec<Op> {
    let now: BTreeSet<&Value> =
        record.field(field.tag).into_iter().flat_map(FieldState::members).collect();
    let come = members.iter().filter(|member| !now.contains(member));
    let gone = now.iter().filter(|member| !members.contains(**member));
    let come = come.map(|member| record.add_to_set(field.tag, member.clone()));
    come.chain(gone.map(|member| record.remove_from_set(field.tag, (**member).clone()))).collect()
}

/// Entries keep their names, so that the same entry is the same on both sides.
fn list(record: &Record, field: &Field, items: &[(ItemId, Value)]) -> Vec<Op> {
    let now = record.field(field.tag).map(FieldState::items).unwrap_or_default();
    if now.len() == items.len() && now.iter().zip(items).all(|(a, b)| a.0 == b.0 && *a.1 == b.1) {
        return Vec::new();
    }
    let gone = now.iter().filter(|(item, _)| items.iter().all(|(wanted, _)| wanted != item));
    let mut ops: Vec<Op> = gone.map(|(item, _)| record.remove_item(field.tag, *item)).collect();
    let mut last: Option<Position> = None;
    for (item, value) in items {
        let position = Position::between(last.as_ref(), None);
        ops.push(record.put_item(field.tag, *item, value.clone()));
        ops.push(record.place_item_at(field.tag, *item, position.clone()));
        last = Some(position);
    }
    ops
}
