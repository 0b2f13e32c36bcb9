//! Choices: what two people decided differently without knowing of each other.
//!
//! A choice is a value, computed from a record, never an error: nothing is
//! blocked and nothing is lost while it waits. It is gone when somebody writes
//! with all sides before their eyes ([`Record::set_field`], [`Record::put_item`],
//! [`Record::publish`], [`Record::trash`] replace every live write), and then it
//! is gone for all.

use crate::adopt::offer::{self, Answer};
use crate::id::{AccountId, ChangeId, ItemId, RecordId};
use crate::record::{Deed, FieldState, ItemState, Record};
use crate::register::Register;
use crate::schema::{Field, Holding, Policy, practice_field};
use crate::stamp::Stamp;
use crate::value::{Scalar, Value};

/// One side of a choice: what was written, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side<T> {
    pub value: T,
    pub change: ChangeId,
    pub author: AccountId,
    pub stamp: Stamp,
}

/// A question that a person has to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A field was changed on several devices. The side that shows comes first.
    Field { field: u16, sides: Vec<Side<Value>> },
    /// An entry of a list was changed on several devices, or changed by one and removed by
    /// another. The side that shows comes first.
    Item { field: u16, item: ItemId, sides: Vec<Side<Value>>, removals: Vec<Deed> },
    /// A suggestion was answered on several devices, and not alike.
    Answer { offer: ItemId, sides: Vec<Side<Answer>> },
    /// One opened the record to everybody while another closed it.
    Publication { sides: Vec<Side<bool>> },
    /// One put the record into the bin while another worked on it or took it out.
    Trashing { trashed: Vec<Side<bool>>, edits: Vec<Deed> },
}

impl<T> Side<T> {
    /// Says who wrote it and when.
    fn deed(&self) -> Deed {
        Deed { stamp: self.stamp, change: self.change, author: self.author }
    }
}

impl Choice {
    /// Lists who wrote its sides, and when.
    pub fn deeds(&self) -> Vec<Deed> {
        match self {
            Self::Field { sides, .. } => sides.iter().map(Side::deed).collect(),
            Self::Item { sides, removals, .. } => {
                sides.iter().map(Side::deed).chain(removals.iter().copied()).collect()
            }
            Self::Answer { sides, .. } => sides.iter().map(Side::deed).collect(),
            Self::Publication { sides } => sides.iter().map(Side::deed).collect(),
            Self::Trashing { trashed, edits } => {
                trashed.iter().map(Side::deed).chain(edits.iter().copied()).collect()
            }
        }
    }

    /// Gives the project that a choice is about, where every side is an entry of its own: its
    /// people settle that too.
    pub fn asks_project(&self) -> Option<RecordId> {
        let Self::Item { field: practice_field::ADOPTIONS, sides, .. } = self else { return None };
        let named = |side: &Side<Value>| {
            side.value.part(practice_field::ADOPTION_PROJECT).and_then(Scalar::as_record)
        };
        let first = named(sides.first()?)?;
        sides.iter().all(|side| named(side) == Some(first)).then_some(first)
    }
}

/// Lists what waits for a person in a record (rules F5, F30, F31, G21).
pub fn choices(record: &Record) -> Vec<Choice> {
    let fields = record.kind.map(|kind| kind.schema().fields).unwrap_or_default();
    let asking = fields.iter().filter(|field| field.policy == Policy::Ask);
    let mut found: Vec<Choice> = asking.flat_map(|field| field_choices(record, field)).collect();
    let answers = offer::disputed(record).into_iter();
    found.extend(answers.map(|(offer, sides)| Choice::Answer { offer, sides }));
    if record.is_publication_asked() {
        found.push(Choice::Publication { sides: sides(&record.publication, |it| it.public) });
    }
    found.extend(trashing_choice(record));
    found
}

fn field_choices(record: &Record, field: &Field) -> Vec<Choice> {
    let Some(state) = record.field(field.tag) else { return Vec::new() };
    match field.shape.holding() {
        Holding::One => {
            let asks = state.single.disagrees();
            let sides = || sides(&state.single, Value::clone);
            asks.then(|| Choice::Field { field: field.tag, sides: sides() }).into_iter().collect()
        }
        Holding::List(_) => item_choices(field.tag, state),
        // Members of a set and words come together by themselves.
        Holding::Set(_) | Holding::Words => Vec::new(),
    }
}

/// Asks about entries in the order in which they stand.
fn item_choices(field: u16, state: &FieldState) -> Vec<Choice> {
    let order = state.items().into_iter().map(|(item, _)| item);
    let choices = order.filter_map(|item| {
        let written = state.items.get(&item)?;
        let removals = unknown_removals(written);
        let asks = written.value.disagrees() || !removals.is_empty();
        let sides = sides(&written.value, Value::clone);
        asks.then_some(Choice::Item { field, item, sides, removals })
    });
    choices.collect()
}

/// Lists the removals of an entry that is still there, since somebody wrote it unknowing. A
/// device knows what it did itself, whether its write names it or not.
fn unknown_removals(item: &ItemState) -> Vec<Deed> {
    let writes = item.value.replaces();
    let is_known = |removal: &ChangeId| {
        let later = |it: &ChangeId| it.replica == removal.replica && it.counter > removal.counter;
        writes.iter().any(later)
    };
    let live = item.removals.live().into_iter().filter(|(change, _)| !is_known(change));
    let deed = |(change, write): (ChangeId, &crate::register::Write<()>)| Deed {
        stamp: write.stamp,
        change,
        author: write.author,
    };
    live.map(deed).collect()
}

fn trashing_choice(record: &Record) -> Option<Choice> {
    let edits = record.edits_unknown_to_trashing();
    let trashed = sides(&record.trashing, |trashing| trashing.trashed);
    let disagree = trashed.iter().any(|side| side.value) && trashed.iter().any(|side| !side.value);
    (disagree || !edits.is_empty()).then_some(Choice::Trashing { trashed, edits })
}

/// Lists the live writes of a register, the one that shows first.
pub(crate) fn sides<T, V>(register: &Register<T>, value: impl Fn(&T) -> V) -> Vec<Side<V>> {
    let live = register.live().into_iter();
    let side = live.map(|(change, write)| Side {
        value: value(&write.value),
        change,
        author: write.author,
        stamp: write.stamp,
    });
    side.collect()
}
