//! Fields that others write too: who takes a practice into use says so on the practice itself.
//!
//! Such an entry is seen by whoever sees the practice, although the adopter's own
//! copy may be seen by its project only. An entry belongs to the project that it
//! names: only that project's members make, change or remove it.

use super::{Caller, Deal, Role, may};
use crate::id::{ItemId, RecordId};
use crate::record::Record;
use crate::schema::{Writers, practice_field};
use crate::value::Value;

/// Says whether a caller without the right to edit may write an entry of a list (rule A10).
pub(super) fn may_write(
    caller: &Caller,
    before: &Record,
    after: &Record,
    field: u16,
    item: ItemId,
) -> bool {
    let schema = before.kind.and_then(|kind| kind.schema().field(field));
    let is_open = schema.is_some_and(|field| field.writers == Writers::Adopters);
    let said = [before, after].into_iter().flat_map(|record| projects(record, field, item));
    let mut said = said.peekable();
    // An entry that is nobody's, before and after, is not theirs either.
    is_open
        && caller.role == Role::Member
        && may(caller, before, Deal::See)
        && said.peek().is_some()
        && said.all(|project| project.is_some_and(|it| caller.projects.contains(&it)))
}

/// Lists the projects that an entry's live writes name; `None` for one that names none.
fn projects(record: &Record, field: u16, item: ItemId) -> Vec<Option<RecordId>> {
    let state = record.field(field).and_then(|state| state.items.get(&item));
    let live = state.map(|item| item.value.live()).unwrap_or_default();
    let named = live.into_iter().map(|(_, write)| match &write.value {
        Value::Entry(parts) => parts.get(&practice_field::ADOPTION_PROJECT)?.as_record(),
        Value::Empty | Value::One(_) => None,
    });
    named.collect()
}
