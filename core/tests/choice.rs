//! Choices: when a person is asked, with which sides, and when the question is gone.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "choice/items.rs"]
mod items;

use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field as field};
use talkoot_core::stamp::Stamp;
use talkoot_core::value::Value;

fn replica(of: u8) -> ReplicaId {
    ReplicaId([of; 16])
}

fn change(record: &Record, of: u8, wall_ms: u64, op: Op) -> Change {
    let previous = record.previous(replica(of));
    Change {
        id: ChangeId { replica: replica(of), counter: previous + 1 },
        previous,
        stamp: Stamp { wall_ms, tick: 0 },
        author: AccountId([of; 16]),
        record: record.id,
        schema: SCHEMA_VERSION,
        ops: vec![op],
    }
}

fn document() -> Record {
    record_of(Kind::Document)
}

fn record_of(kind: Kind) -> Record {
    let mut record = Record::new(RecordId([9; 16]));
    record.apply(&change(&record, 1, 1, Op::Create { kind }));
    record
}

/// Two devices set the same field without knowing of each other.
fn set_by_both(field: u16, one: &str, other: &str) -> Record {
    let start = document();
    let mut record = start.clone();
    record.apply(&change(&start, 1, 10, start.set_field(field, Value::text(one))));
    record.apply(&change(&start, 2, 20, start.set_field(field, Value::text(other))));
    record
}

#[test]
fn f5_a_title_changed_on_two_devices_asks_and_the_later_shows_first() {
    let record = set_by_both(field::TITLE, "from the train", "from the office");
    let found = choices(&record);
    let [Choice::Field { field: tag, sides }] = found.as_slice() else { panic!("{found:?}") };
    let values: Vec<_> = sides.iter().filter_map(|side| side.value.as_text()).collect();
    assert_eq!((*tag, values), (field::TITLE, vec!["from the office", "from the train"]));
}

#[test]
fn f5_a_choice_settled_by_one_is_gone_for_all() {
    let mut record = set_by_both(field::TITLE, "a", "b");
    let settle = change(&record, 2, 30, record.set_field(field::TITLE, Value::text("a")));
    record.apply(&settle);
    assert_eq!((choices(&record), record.title()), (vec![], Some("a")));
}

#[test]
fn f5_the_same_value_from_two_devices_is_no_question() {
    assert_eq!(choices(&set_by_both(field::TITLE, "a", "a")), vec![]);
}

#[test]
fn f7_delete_against_edit_asks_with_the_edits_and_keeping_settles_it() {
    let start = document();
    let mut record = start.clone();
    record.apply(&change(&start, 1, 10, start.trash(true)));
    record.apply(&change(&start, 2, 5, start.set_field(field::TITLE, Value::text("kept"))));
    let found = choices(&record);
    let [Choice::Trashing { trashed, edits }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((trashed.len(), edits.len(), record.title()), (1, 1, Some("kept")));
    record.apply(&change(&record, 1, 20, record.trash(false)));
    assert_eq!((choices(&record), record.is_trashed()), (vec![], false));
}
