//! Names that people gave to versions: entries of the record, so that they travel with it.

use std::collections::BTreeMap;

use super::Version;
use crate::change::{Frontier, Op};
use crate::id::ItemId;
use crate::record::{FieldState, Record};
use crate::schema::{Field, Kind};
use crate::value::{Scalar, Value};

/// The parts of an entry.
const NAME: u16 = 1;
const VERSION: u16 = 2;

/// A name, and the version that it was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionName {
    pub item: ItemId,
    pub name: String,
    pub version: Frontier,
}

/// Lists the names of versions, in the order in which they were given.
pub fn version_names(record: &Record) -> Vec<VersionName> {
    let state = names_field(record).and_then(|field| record.field(field.tag));
    let items = state.map(FieldState::items).unwrap_or_default().into_iter();
    items.filter_map(|(item, value)| read(item, value)).collect()
}

/// Gives the operations that give a version a name, or take its name when there is no other:
/// a version has one. `item` names the entry where there is none yet.
pub fn naming(record: &Record, version: &Version, name: &str, item: ItemId) -> Vec<Op> {
    let Some(field) = names_field(record).map(|field| field.tag) else { return Vec::new() };
    let entry = |version: &Frontier| {
        let (name, version) = (Scalar::Text(name.to_owned()), Scalar::Version(version.clone()));
        Value::Entry([(NAME, name), (VERSION, version)].into())
    };
    match &version.name {
        Some(known) if known.name == name => Vec::new(),
        Some(known) if name.is_empty() => vec![record.remove_item(field, known.item)],
        Some(known) => vec![record.put_item(field, known.item, entry(&known.version))],
        None if name.is_empty() => Vec::new(),
        None => record.append_items(field, [(item, entry(&version.until))]),
    }
}

/// Says whether an operation does nothing but name a version.
pub(super) fn names(op: &Op, kind: Option<Kind>) -> bool {
    let tag = kind.and_then(field_of).map(|field| field.tag);
    match op {
        Op::PutItem { field, .. } | Op::PlaceItem { field, .. } | Op::RemoveItem { field, .. } => {
            Some(*field) == tag
        }
        Op::Create { .. }
        | Op::SetField { .. }
        | Op::AddToSet { .. }
        | Op::RemoveFromSet { .. }
        | Op::Text { .. }
        | Op::Publish { .. }
        | Op::Trash { .. }
        | Op::Receive { .. }
        | Op::Accept { .. }
        | Op::Discuss { .. }
        | Op::Note { .. } => false,
    }
}

/// Takes out of `unplaced` what names a version that a record at `frontier` has in it.
pub(super) fn reached(
    unplaced: &mut BTreeMap<ItemId, VersionName>,
    frontier: &Frontier,
) -> Vec<VersionName> {
    let found = unplaced.values().filter(|it| frontier.covers(&it.version)).cloned();
    let found: Vec<VersionName> = found.collect();
    unplaced.retain(|item, _| found.iter().all(|it| it.item != *item));
    found
}

fn names_field(record: &Record) -> Option<&'static Field> {
    field_of(record.kind?)
}

fn field_of(kind: Kind) -> Option<&'static Field> {
    kind.schema().field_named("version_names")
}

fn read(item: ItemId, value: &Value) -> Option<VersionName> {
    let name = value.part(NAME)?.as_text()?.to_owned();
    let Scalar::Version(version) = value.part(VERSION)? else { return None };
    Some(VersionName { item, name, version: version.clone() })
}
