//! What a scan learned about an update: plain values, no bytes of it but names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::schema::Node;
use super::Names;
use super::value::Value;

/// What an update brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFacts {
    /// For each Yjs client, the clocks that its structs cover.
    pub clients: BTreeMap<u64, ClockRange>,
    /// What the update deletes, in the order given.
    pub deletes: Vec<DeleteRange>,
    /// Every struct, a client at a time, by rising clock.
    pub structs: Vec<Struct>,
    /// Under which names it was scanned; where any went through, no schema is asked.
    pub names: Names,
    /// How many steps yrs may take to place the structs among each other.
    pub steps_max: u64,
}

/// The clocks `from..until` of one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockRange {
    pub from: u32,
    pub until: u32,
}

/// The clocks `from..until` of one client, deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeleteRange {
    pub client: u64,
    pub from: u32,
    pub until: u32,
}

/// One element of a Yjs document: a client and its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StructId {
    pub client: u64,
    pub clock: u32,
}

/// A run of elements that were inserted together.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    pub id: StructId,
    pub len: u32,
    /// The element that stood to the left when this was inserted.
    pub origin: Option<StructId>,
    /// The element that stood to the right.
    pub right: Option<StructId>,
    pub parent: Parent,
    pub content: Content,
}

/// Where a struct says it sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// Where its neighbour sits.
    Neighbour,
    /// In the field of this name.
    Field { name: Arc<str> },
    /// Under a key of the field of this name; no text of ours has such keys.
    Entry { name: Arc<str>, key: Arc<str> },
    /// In an element, or in a run of text.
    Inside { id: StructId },
    /// An attribute of an element.
    Attribute { of: StructId, key: Arc<str> },
}

/// What a struct holds, as far as the rules ask.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Collected: nothing is known of it but its length.
    Collected,
    /// Deleted content in its place.
    Deleted,
    Text,
    Mark,
    Value(Value),
    /// A run of text that others sit in.
    TextRun,
    /// An element; without a node where its name is a newer schema's.
    Element(Option<Node>),
    /// A shared type that no text of ours has: an array, a map.
    Shared,
    /// Content that no text of ours has: JSON, bytes, something embedded.
    Foreign,
}

impl UpdateFacts {
    /// Tells whether the update brings nothing at all.
    pub fn is_empty(&self) -> bool {
        self.structs.is_empty() && self.deletes.is_empty()
    }
}

impl Struct {
    /// Gives the clock after the last element.
    pub fn end(&self) -> u32 {
        self.id.clock.saturating_add(self.len)
    }

    /// Lists the elements that must be known before this one.
    pub fn needs(&self) -> impl Iterator<Item = StructId> {
        let parent = match &self.parent {
            Parent::Inside { id } | Parent::Attribute { of: id, .. } => Some(*id),
            Parent::Neighbour | Parent::Field { .. } | Parent::Entry { .. } => None,
        };
        [self.origin, self.right, parent].into_iter().flatten()
    }
}
