//! The state of one field: a register, a set of members, or a list of items.
//!
//! All three are made of the same register, so one law holds for all. A field
//! takes the shape of the first operation that touches it in canonical use;
//! an operation of another shape is kept beside it and changes nothing shown.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::change::Position;
use crate::id::{ChangeId, ItemId};
use crate::register::{Register, Write};
use crate::value::Value;

/// Everything written to one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct FieldState {
    /// The writes of a single value.
    #[n(0)]
    pub single: Register<Value>,
    /// The additions of each member of a set.
    #[n(1)]
    pub members: BTreeMap<Value, Register<()>>,
    /// The entries of a list.
    #[n(2)]
    pub items: BTreeMap<ItemId, ItemState>,
}

/// One entry of a list: what it says and where it stands.
///
/// A removal leaves its mark until somebody who knows of it writes the entry anew: only so can an
/// edit that did not know of it become a question. That is some sixty bytes for each entry that
/// was ever removed, and the entry keeps its place, should it stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ItemState {
    #[n(0)]
    pub value: Register<Value>,
    #[n(1)]
    pub position: Register<Position>,
    /// Who removed it.
    #[n(2)]
    pub removals: Register<()>,
}

impl ItemState {
    /// Says whether it is in the list.
    pub fn is_there(&self) -> bool {
        !self.value.is_empty()
    }
}

impl FieldState {
    /// Gives the single value that shows; an emptied field shows nothing.
    pub fn value(&self) -> Option<&Value> {
        self.single.value().filter(|value| **value != Value::Empty)
    }

    /// Lists the members of the set, sorted.
    pub fn members(&self) -> impl Iterator<Item = &Value> {
        self.members.iter().filter(|(_, adds)| !adds.is_empty()).map(|(value, _)| value)
    }

    /// Lists the entries in their order.
    pub fn items(&self) -> Vec<(ItemId, &Value)> {
        let mut items: Vec<_> = self
            .items
            .iter()
            .filter_map(|(id, item)| Some((item.position.value(), *id, item.value.value()?)))
            .collect();
        items.sort();
        items.into_iter().map(|(_, id, value)| (id, value)).collect()
    }

    /// Gives a position for an entry after `place` others (0 is the beginning).
    pub fn position_at(&self, place: usize) -> Position {
        let order = self.items();
        let position = |at: usize| self.items.get(&order.get(at)?.0)?.position.value();
        Position::between(place.checked_sub(1).and_then(position), position(place))
    }

    pub(super) fn add(&mut self, id: ChangeId, value: &Value, write: Write<()>) {
        self.members.entry(value.clone()).or_default().apply(id, write, &[]);
    }

    pub(super) fn remove(&mut self, id: ChangeId, value: &Value, removes: &[ChangeId]) {
        self.members.entry(value.clone()).or_default().retire(id, removes);
    }

    /// Drops what says nothing any more, and the dead that have come.
    pub(super) fn tidy(&mut self, has_come: impl Fn(ChangeId) -> bool + Copy) {
        self.single.tidy(has_come);
        for adds in self.members.values_mut() {
            adds.tidy(has_come);
        }
        for item in self.items.values_mut() {
            item.value.tidy(has_come);
            item.position.tidy(has_come);
            item.removals.tidy(has_come);
        }
        self.members.retain(|_, adds| *adds != Register::default());
        self.items.retain(|_, item| *item != ItemState::default());
    }
}
