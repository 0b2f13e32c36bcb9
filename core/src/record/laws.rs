//! Laws of the fold: arrival order, repetition and loss of neighbours do not matter.

use proptest::prelude::*;

use super::Record;
use crate::change::{Change, Op};
use crate::codec;
use crate::id::ReplicaId;
use crate::sample;

/// What three replicas made, each in its own order, knowing anything of each other.
fn histories() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((0..3_u8, prop::collection::vec(sample::any_op(), 1..4)), 1..14).prop_map(
        |rows| {
            let mut counters = [0_u64; 3];
            let rows = rows.into_iter().map(|(replica, ops)| {
                let counter = &mut counters[usize::from(replica)];
                *counter += 1;
                sample::change(ReplicaId([replica; 16]), *counter, *counter - 1, ops)
            });
            rows.collect()
        },
    )
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Record {
    let mut record = Record::new(sample::RECORD);
    for change in changes {
        record.apply(change);
    }
    record
}

proptest! {
    #[test]
    fn f1_the_same_changes_give_the_same_bytes_in_any_order(
        (changes, shuffled) in histories().prop_flat_map(|changes| {
            (Just(changes.clone()), Just(changes).prop_shuffle())
        }),
    ) {
        let (one, other) = (fold(&changes), fold(&shuffled));
        prop_assert_eq!(codec::encode(&one), codec::encode(&other));
        prop_assert_eq!(one.waiting(), 0);
    }

    #[test]
    fn f1_a_change_that_comes_again_changes_nothing(changes in histories()) {
        let once = fold(&changes);
        let again = fold(changes.iter().chain(&changes));
        prop_assert_eq!(once, again);
    }

    #[test]
    fn f4_a_change_waits_for_the_one_before_it(changes in histories(), at: prop::sample::Index) {
        let missing = &changes[at.index(changes.len())];
        let mut record = fold(changes.iter().filter(|change| change.id != missing.id));
        let later = changes.iter().filter(|change| {
            change.id.replica == missing.id.replica && change.id.counter > missing.id.counter
        });
        prop_assert_eq!(record.waiting(), later.count());
        record.apply(missing);
        prop_assert_eq!(record, fold(&changes));
    }

    #[test]
    fn c5_a_snapshot_is_read_as_it_was_written(changes in histories()) {
        let record = fold(&changes);
        prop_assert_eq!(codec::decode(&codec::encode(&record), usize::MAX), Ok(record));
    }
}

/// Makes a change of replica `of` that follows what it last did.
fn follow(record: &Record, of: u8, ops: Vec<Op>) -> Change {
    let replica = ReplicaId([of; 16]);
    let previous = record.previous(replica);
    sample::change(replica, previous + 1, previous, ops)
}

#[test]
fn f7_an_edit_unknown_to_the_one_who_deleted_keeps_the_record_out_of_the_bin() {
    let create = sample::create(ReplicaId([1; 16]), 1);
    let start = fold([&create]);
    let trash = follow(&start, 1, vec![start.trash(true)]);
    let edit = follow(&start, 2, vec![start.set_field(1, crate::value::Value::text("kept"))]);
    let mut record = fold([&create, &edit, &trash]);
    assert!(!record.is_trashed());
    assert_eq!(record.edits_unknown_to_trashing().len(), 1);
    let settle = follow(&record, 2, vec![record.trash(true)]);
    record.apply(&settle);
    assert!(record.is_trashed());
    assert_eq!(crate::choice::choices(&record), vec![]);
}

#[test]
fn f8_an_entry_removed_by_one_and_edited_by_another_stays() {
    let create = sample::create(ReplicaId([1; 16]), 1);
    let item = crate::id::ItemId(5);
    let link = |title: &str| {
        let title = crate::value::Scalar::Text(title.to_owned());
        crate::value::Value::Entry([(1, title)].into())
    };
    let start = fold([&create]);
    let add =
        follow(&start, 1, vec![start.put_item(8, item, link("a")), start.place_item(8, item, 0)]);
    let with_item = fold([&create, &add]);
    let remove = follow(&with_item, 1, vec![with_item.remove_item(8, item)]);
    let edit = follow(&with_item, 2, vec![with_item.put_item(8, item, link("b"))]);
    let record = fold([&create, &add, &edit, &remove]);
    let items = record.field(8).map(super::FieldState::items).unwrap_or_default();
    assert_eq!(items, vec![(item, &link("b"))]);
}
