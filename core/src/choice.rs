//! Choices: what two people decided differently without knowing of each other.
//!
//! A choice is a value, computed from a record, never an error: nothing is
//! blocked and nothing is lost while it waits. It is gone when somebody writes
//! with all sides before their eyes ([`Record::set_field`], [`Record::publish`],
//! [`Record::trash`] replace every live write), and then it is gone for all.

use crate::id::{AccountId, ChangeId};
use crate::record::{Deed, Record};
use crate::register::Register;
use crate::schema::{Field, Policy};
use crate::stamp::Stamp;
use crate::value::Value;

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
    /// One opened the record to everybody while another closed it.
    Publication { sides: Vec<Side<bool>> },
    /// One put the record into the bin while another worked on it or took it out.
    Trashing { trashed: Vec<Side<bool>>, edits: Vec<Deed> },
}

/// Lists what waits for a person in a record (rule F5).
pub fn choices(record: &Record) -> Vec<Choice> {
    let fields = record.kind.map(|kind| kind.schema().fields).unwrap_or_default();
    let mut found: Vec<Choice> =
        fields.iter().filter_map(|field| field_choice(record, field)).collect();
    if record.is_publication_asked() {
        found.push(Choice::Publication { sides: sides(&record.publication, |it| it.public) });
    }
    found.extend(trashing_choice(record));
    found
}

fn field_choice(record: &Record, field: &Field) -> Option<Choice> {
    let single = &record.field(field.tag)?.single;
    let asks = field.policy == Policy::Ask && single.disagrees();
    asks.then(|| Choice::Field { field: field.tag, sides: sides(single, Value::clone) })
}

fn trashing_choice(record: &Record) -> Option<Choice> {
    let edits = record.edits_unknown_to_trashing();
    let trashed = sides(&record.trashing, |trashing| trashing.trashed);
    let disagree = trashed.iter().any(|side| side.value) && trashed.iter().any(|side| !side.value);
    (disagree || !edits.is_empty()).then_some(Choice::Trashing { trashed, edits })
}

fn sides<T, V>(register: &Register<T>, value: impl Fn(&T) -> V) -> Vec<Side<V>> {
    let live = register.live().into_iter();
    let side = live.map(|(change, write)| Side {
        value: value(&write.value),
        change,
        author: write.author,
        stamp: write.stamp,
    });
    side.collect()
}
