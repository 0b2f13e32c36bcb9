//! Where a struct sits, and whether the schema lets it sit there.
//!
//! Most structs do not say: they sit where their neighbours sit. yrs resolves
//! that the same way while it integrates; this file does it beforehand.

use std::sync::Arc;

use super::super::prescan::{Content, Parent, Struct, StructId, Value, fits};
use super::super::schema::{Holds, Node};
use super::{Branch, Kind, Ledger, StructureError};

/// Where an element sits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Field {
        name: Arc<str>,
    },
    Entry {
        name: Arc<str>,
        key: Arc<str>,
    },
    Inside {
        id: StructId,
    },
    Attribute {
        of: StructId,
        key: Arc<str>,
    },
    /// In something that was deleted and collected: yrs collects it as well.
    Nowhere,
}

/// Elements of one client, side by side in number and alike in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) len: u32,
    pub(super) place: Place,
    /// Whether the content is gone, so that nothing is known of its kind.
    pub(super) gone: bool,
}

impl Run {
    pub(super) fn of(found: &Struct, len: u32, place: Place) -> Self {
        let gone = matches!(found.content, Content::Collected | Content::Deleted);
        Self { len, place, gone }
    }

    /// Tells whether `next` at `id` goes on where this run, begun at `start`, ends.
    pub(super) fn continues(&self, start: StructId, id: StructId, next: &Self) -> bool {
        start.client == id.client
            && start.clock.saturating_add(self.len) == id.clock
            && self.gone == next.gone
            && self.place == next.place
    }
}

/// Finds where a struct sits, or the part of it that is not known yet.
pub(super) fn resolve(
    base: &Ledger,
    added: &Ledger,
    found: &Struct,
) -> Result<Place, StructureError> {
    if found.content == Content::Collected {
        return Ok(Place::Nowhere);
    }
    let StructId { client, clock } = found.id;
    let two_places = StructureError::TwoPlaces { client, clock };
    // yrs cuts off what it knows; the rest then stands to the right of that.
    let cut = overlap(base, found);
    let before = cut.map(|id| place_at(base, added, id));
    let told = match &found.parent {
        Parent::Field { name } => Place::Field { name: Arc::clone(name) },
        Parent::Entry { name, key } => {
            Place::Entry { name: Arc::clone(name), key: Arc::clone(key) }
        }
        Parent::Inside { id } => match branch_or_gone(base, added, *id) {
            Some(true) => Place::Inside { id: *id },
            Some(false) => return Ok(Place::Nowhere),
            None => return Err(StructureError::NotAnElement { client, clock }),
        },
        Parent::Attribute { of, key } => match branch_or_gone(base, added, *of) {
            Some(true) => Place::Attribute { of: *of, key: Arc::clone(key) },
            Some(false) => return Ok(Place::Nowhere),
            None => return Err(StructureError::NotAnElement { client, clock }),
        },
        Parent::Neighbour => {
            let left = found.origin.filter(|_| cut.is_none());
            let [left, right] = [left, found.right].map(|id| Some(place_at(base, added, id?)));
            match (left, right) {
                (None, None) if before.is_some() => return Ok(before.unwrap_or(Place::Nowhere)),
                (left, right) => one_of(base, left, right).ok_or(two_places.clone())?,
            }
        }
    };
    one_of(base, before, Some(told)).ok_or(two_places)
}

/// Gives the last element that is known of a struct that is known in part.
fn overlap(base: &Ledger, found: &Struct) -> Option<StructId> {
    let StructId { client, clock } = found.id;
    let known = base.clock(client);
    (clock < known && known < found.end()).then(|| StructId { client, clock: known - 1 })
}

/// Gives the place of two neighbours, if it is one.
///
/// Where one was collected and the other was not, yrs takes the place of the
/// other while Yjs collects the struct: neither reading is taken. An update
/// that is judged alone cannot tell what was collected from what it builds on.
fn one_of(base: &Ledger, left: Option<Place>, right: Option<Place>) -> Option<Place> {
    match (left, right) {
        (None, only) | (only, None) => Some(only.unwrap_or(Place::Nowhere)),
        (Some(Place::Nowhere), Some(only)) | (Some(only), Some(Place::Nowhere))
            if base.assuming =>
        {
            Some(only)
        }
        (Some(left), Some(right)) => (left == right).then_some(left),
    }
}

/// Checks a struct's content against its place.
pub(super) fn check(
    base: &Ledger,
    added: &Ledger,
    found: &Struct,
    place: &Place,
) -> Result<(), StructureError> {
    let StructId { client, clock } = found.id;
    let belongs = match place {
        Place::Nowhere => true,
        Place::Field { .. } => belongs_in_field(&found.content),
        Place::Entry { .. } => false,
        Place::Inside { id } => branch_at(base, added, *id)
            .is_none_or(|branch| belongs_inside(branch.kind, &found.content)),
        Place::Attribute { of, key } => branch_at(base, added, *of)
            .is_none_or(|branch| belongs_as_attribute(branch.kind, key, &found.content)),
    };
    if belongs { Ok(()) } else { Err(StructureError::Misplaced { client, clock }) }
}

fn belongs_in_field(content: &Content) -> bool {
    match content {
        Content::Element(node) => node.is_none_or(Node::is_block),
        Content::Collected | Content::Deleted => true,
        Content::Text
        | Content::Mark
        | Content::Value(_)
        | Content::TextRun
        | Content::Shared
        | Content::Foreign => false,
    }
}

fn belongs_inside(kind: Kind, content: &Content) -> bool {
    match (kind, content) {
        (_, Content::Collected | Content::Deleted) => true,
        (Kind::Assumed, Content::Value(_)) => false,
        (Kind::Assumed, _) => true,
        (Kind::TextRun, Content::Text | Content::Mark) => true,
        (Kind::Known(parent), Content::TextRun) => parent.holds() == Holds::Inline,
        (Kind::Newer, Content::TextRun | Content::Element(_)) => true,
        (Kind::Known(parent), Content::Element(Some(child))) => parent.may_hold(*child),
        (Kind::Known(_), Content::Element(None)) => true,
        _ => false,
    }
}

fn belongs_as_attribute(kind: Kind, key: &str, content: &Content) -> bool {
    match (kind, content) {
        (_, Content::Collected | Content::Deleted) => true,
        (Kind::Known(node), Content::Value(value)) => match node.attribute(key) {
            Some(attribute) => fits(attribute, *value),
            None => false,
        },
        (Kind::Newer | Kind::Assumed, Content::Value(_)) => {
            *content != Content::Value(Value::Other)
        }
        _ => false,
    }
}

/// Finds the element at an id; the document's word comes before the update's.
pub(super) fn branch_at(base: &Ledger, added: &Ledger, id: StructId) -> Option<Branch> {
    let is_known = id.clock < base.clock(id.client);
    match base.branches.get(&id) {
        Some(branch) => Some(*branch),
        None if is_known && base.assuming => Some(Branch { kind: Kind::Assumed, depth: 0 }),
        None if is_known => None,
        None => added.branches.get(&id).copied(),
    }
}

fn place_at(base: &Ledger, added: &Ledger, id: StructId) -> Place {
    let run = base.run_at(id).or_else(|| added.run_at(id));
    run.map_or(Place::Nowhere, |run| run.place.clone())
}

/// Tells of an id whether it is an element (`true`), gone (`false`) or neither.
fn branch_or_gone(base: &Ledger, added: &Ledger, id: StructId) -> Option<bool> {
    if branch_at(base, added, id).is_some() {
        return Some(true);
    }
    let run = base.run_at(id).or_else(|| added.run_at(id))?;
    run.gone.then_some(false)
}
