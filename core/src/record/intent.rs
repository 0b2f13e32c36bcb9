//! Turning a person's intention into an operation that names what it replaces.
//!
//! The screen says "set this field"; the record knows which writes are alive
//! here and now, so only it can say honestly what the new write replaces.

use super::{ItemState, Publication, Record};
use crate::change::{Op, Position};
use crate::id::{ChangeId, ItemId};
use crate::value::Value;

impl Record {
    /// Sets a single value. Settling a choice is the same: it replaces every live write.
    pub fn set_field(&self, field: u16, value: Value) -> Op {
        let replaces = self.field(field).map(|state| state.single.replaces()).unwrap_or_default();
        Op::SetField { field, value, replaces }
    }

    /// Adds a member to a set.
    pub fn add_to_set(&self, field: u16, value: Value) -> Op {
        Op::AddToSet { field, value }
    }

    /// Removes a member from a set, as far as this device knows of its additions.
    pub fn remove_from_set(&self, field: u16, value: Value) -> Op {
        let adds = self.field(field).and_then(|state| state.members.get(&value));
        let removes = adds.map(crate::register::Register::replaces).unwrap_or_default();
        Op::RemoveFromSet { field, value, removes }
    }

    /// Writes an entry of a list, in place of everything that anybody made of it; a new `item`
    /// also needs [`Record::place_item`].
    pub fn put_item(&self, field: u16, item: ItemId, value: Value) -> Op {
        let replaces = self.item_writes(field, item);
        Op::PutItem { field, item, value, replaces }
    }

    /// Writes an entry as somebody who began with `seen` before their eyes ([`Record::item_writes`]);
    /// what came since stays beside it, and asks (rule F30).
    pub fn put_item_as_seen(field: u16, item: ItemId, value: Value, seen: Vec<ChangeId>) -> Op {
        Op::PutItem { field, item, value, replaces: seen }
    }

    /// Puts an entry of a list after `place` others (0 is the beginning).
    pub fn place_item(&self, field: u16, item: ItemId, place: usize) -> Op {
        let state = self.field(field);
        let position =
            state.map_or_else(|| Position::between(None, None), |state| state.position_at(place));
        self.place_item_at(field, item, position)
    }

    /// Puts an entry of a list at a position.
    pub fn place_item_at(&self, field: u16, item: ItemId, position: Position) -> Op {
        let replaces = self.item(field, item).map(|it| it.position.replaces()).unwrap_or_default();
        Op::PlaceItem { field, item, position, replaces }
    }

    /// Writes entries at the end of a list, in their order.
    pub fn append_items(
        &self,
        field: u16,
        items: impl IntoIterator<Item = (ItemId, Value)>,
    ) -> Vec<Op> {
        let held = self.field(field).map_or(0, |state| state.items().len());
        let mut last = None;
        let place = |(item, value)| {
            let next = match &last {
                Some(before) => Position::between(Some(before), None),
                None => self
                    .field(field)
                    .map_or_else(|| Position::between(None, None), |state| state.position_at(held)),
            };
            last = Some(next.clone());
            [self.put_item(field, item, value), self.place_item_at(field, item, next)]
        };
        items.into_iter().flat_map(place).collect()
    }

    /// Removes an entry of a list, as far as this device knows of its writes.
    pub fn remove_item(&self, field: u16, item: ItemId) -> Op {
        Op::RemoveItem { field, item, removes: self.item_writes(field, item) }
    }

    /// Opens the record to everybody as it is now, or closes it. Where one opened it and another
    /// closed it, opening settles that and leaves the version that was opened. Closing notes the
    /// version too, for [`Record::reopen`].
    pub fn publish(&self, published: bool) -> Op {
        let is_open = self.publication.live().iter().any(|(_, write)| write.value.public);
        let now = || Some(self.frontier.clone()).filter(|_| published);
        let version = if is_open { self.version() } else { now() };
        self.published_as(Publication { public: published, version, reason: None })
    }

    /// Takes a closing back: the version that was open before it is open again.
    pub fn reopen(&self) -> Op {
        let Publication { version, reason, .. } =
            self.publication.value().cloned().unwrap_or_default();
        // An older program noted none: then what the record says now is what is opened.
        let version = Some(version.unwrap_or_else(|| self.frontier.clone()));
        self.published_as(Publication { public: true, version, reason })
    }

    /// Publishes the record as it is now, with what changed and why (rule G13).
    pub fn publish_changes(&self, reason: &str) -> Op {
        let version = Some(self.frontier.clone());
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        self.published_as(Publication { public: true, version, reason })
    }

    /// Takes a publishing back: what was published `before` it is again, and what was written
    /// stays written. What others published meanwhile stays published (rule G33).
    pub fn take_publishing_back(&self, made: &Publication, before: Publication) -> Op {
        let live = self.publication.live().into_iter();
        let made = live.filter(|(_, write)| write.value == *made);
        let replaces = made.map(|(change, _)| change).collect();
        let Publication { public, version, reason } = before;
        Op::Publish { published: public, replaces, version, reason }
    }

    fn published_as(&self, publication: Publication) -> Op {
        let Publication { public, version, reason } = publication;
        Op::Publish { published: public, replaces: self.publication.replaces(), version, reason }
    }

    /// Puts the record into the bin or takes it out; settles delete against edit too.
    pub fn trash(&self, trashed: bool) -> Op {
        let replaces = self.trashing.replaces();
        Op::Trash { trashed, replaces, knew: self.frontier.clone() }
    }

    /// Lists the writes and removals of an entry that are alive: what somebody who looks at it
    /// now knows of it.
    pub fn item_writes(&self, field: u16, item: ItemId) -> Vec<ChangeId> {
        let Some(item) = self.item(field, item) else { return Vec::new() };
        let mut writes = item.value.replaces();
        writes.extend(item.removals.replaces());
        writes.sort();
        writes.dedup();
        writes
    }

    fn item(&self, field: u16, item: ItemId) -> Option<&ItemState> {
        self.field(field)?.items.get(&item)
    }
}
