//! What a field says, in a form in which two records can be compared, and taken over.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

use crate::change::{Op, Position};
use crate::id::ItemId;
use crate::open_record::OpenRecord;
use crate::record::{FieldState, Record};
use crate::schema::{Field, Holding};
use crate::text::{Block, passage};
use crate::value::Value;

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Content {
    #[n(0)]
    Text(#[cbor(n(0), with = "passage")] Vec<Block>),
    #[n(1)]
    One(#[n(0)] Value),
    #[n(2)]
    Members(#[n(0)] BTreeSet<Value>),
    #[n(3)]
    Items(#[n(0)] Vec<(ItemId, Value)>),
}

/// Reads what a field of a record says.
pub fn content(open: &OpenRecord, field: &Field) -> Content {
    let state = open.record.field(field.tag);
    match field.shape.holding() {
        Holding::Words => Content::Text(open.text.blocks(field.name)),
        Holding::Set(_) => {
            Content::Members(state.into_iter().flat_map(FieldState::members).cloned().collect())
        }
        Holding::List(_) => {
            let items = state.map(FieldState::items).unwrap_or_default().into_iter();
            Content::Items(items.map(|(item, value)| (item, value.clone())).collect())
        }
        Holding::One => {
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

/// Entries keep their names, so that the same entry is the same on both sides. What stays as it
/// is is not written: it would be a question to whoever changes it meanwhile.
fn list(record: &Record, field: &Field, items: &[(ItemId, Value)]) -> Vec<Op> {
    let now = record.field(field.tag).map(FieldState::items).unwrap_or_default();
    let (stay, gone): (Vec<_>, Vec<_>) =
        now.into_iter().partition(|(item, _)| items.iter().any(|(wanted, _)| wanted == item));
    let mut ops: Vec<Op> =
        gone.iter().map(|(item, _)| record.remove_item(field.tag, *item)).collect();
    let differing = items.iter().filter(|(item, value)| !stay.contains(&(*item, value)));
    ops.extend(differing.map(|(item, value)| record.put_item(field.tag, *item, value.clone())));
    let begins_alike = stay.iter().zip(items).all(|(stays, wanted)| stays.0 == wanted.0);
    let placed = if begins_alike { stay.len() } else { 0 };
    let state = record.field(field.tag);
    let before = placed.checked_sub(1).and_then(|at| state?.items.get(&items.get(at)?.0));
    let mut last = before.and_then(|item| item.position.value().cloned());
    for (item, _) in items.get(placed..).unwrap_or_default() {
        let position = Position::between(last.as_ref(), None);
        ops.push(record.place_item_at(field.tag, *item, position.clone()));
        last = Some(position);
    }
    ops
}
