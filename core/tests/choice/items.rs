//! Entries of lists that two devices wrote, or that one wrote and another removed.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, FitError, Refusal, Role, admit};
use talkoot_core::adopt::Content;
use talkoot_core::change::{Change, Op};
use talkoot_core::choice::{Choice, choices};
use talkoot_core::codec;
use talkoot_core::id::ItemId;
use talkoot_core::limits::ITEMS_MAX;
use talkoot_core::record::Record;
use talkoot_core::schema::{
    Holding, Kind, Policy, Shape, document_field as field, practice_field, project_field,
};
use talkoot_core::value::{Scalar, Value};

use crate::{change, document, record_of};

const ITEM: ItemId = ItemId(5);

fn link(title: &str) -> Value {
    Value::Entry([(field::LINK_TITLE, Scalar::Text(title.to_owned()))].into())
}

/// A document with two links, of which the second is the one in question.
fn with_links() -> Record {
    let mut record = document();
    let links = [(ItemId(4), link("first")), (ITEM, link("a"))];
    for op in record.append_items(field::LINKS, links) {
        record.apply(&change(&record, 1, 2, op));
    }
    record
}

fn titles(record: &Record) -> Vec<&str> {
    let items = record.field(field::LINKS).unwrap().items();
    items.into_iter().filter_map(|(_, it)| it.part(field::LINK_TITLE)?.as_text()).collect()
}

/// Takes changes in, in every order, which must not matter.
fn fold(start: &Record, changes: &[Change]) -> Record {
    let taken = |order: &mut dyn Iterator<Item = &Change>| {
        let mut record = start.clone();
        for change in order {
            record.apply(change);
        }
        record
    };
    let (one, other) = (taken(&mut changes.iter()), taken(&mut changes.iter().rev()));
    assert_eq!(codec::encode(&one), codec::encode(&other));
    one
}

fn put(record: &Record, of: u8, wall_ms: u64, title: &str) -> Change {
    change(record, of, wall_ms, record.put_item(field::LINKS, ITEM, link(title)))
}

fn removal(record: &Record, of: u8, wall_ms: u64) -> Change {
    change(record, of, wall_ms, record.remove_item(field::LINKS, ITEM))
}

#[track_caller]
fn asked(record: &Record) -> (Vec<String>, usize) {
    let found = choices(record);
    let [Choice::Item { field: tag, item, sides, removals }] = found.as_slice() else {
        unreachable!("{found:?}")
    };
    assert_eq!((*tag, *item), (field::LINKS, ITEM));
    let said = sides.iter().filter_map(|it| it.value.part(field::LINK_TITLE)?.as_text());
    (said.map(str::to_owned).collect(), removals.len())
}

#[test]
fn f30_an_entry_written_on_two_devices_asks_and_the_later_shows_first() {
    let start = with_links();
    let record = fold(&start, &[put(&start, 1, 10, "train"), put(&start, 2, 20, "office")]);
    assert_eq!(asked(&record), (vec!["office".to_owned(), "train".to_owned()], 0));
    assert_eq!(titles(&record), ["first", "office"]);
}

#[test]
fn f30_who_saves_a_form_that_others_overtook_takes_no_word_from_them() {
    let start = with_links();
    let seen = start.item_writes(field::LINKS, ITEM);
    let record = fold(&start, &[put(&start, 2, 20, "office")]);
    let op = Record::put_item_as_seen(field::LINKS, ITEM, link("train"), seen);
    let record = fold(&record, &[change(&record, 1, 30, op)]);
    assert_eq!(asked(&record), (vec!["train".to_owned(), "office".to_owned()], 0));
}

#[test]
fn f30_equal_entries_and_their_places_are_no_question() {
    let start = with_links();
    let same = fold(&start, &[put(&start, 1, 10, "b"), put(&start, 2, 20, "b")]);
    assert_eq!(choices(&same), vec![]);
    let move_to = |of, place| change(&start, of, 10, start.place_item(field::LINKS, ITEM, place));
    assert_eq!(choices(&fold(&start, &[move_to(1, 0), move_to(2, 2)])), vec![]);
}

#[test]
fn f31_an_entry_removed_by_one_and_edited_by_another_stays_in_its_place_and_asks() {
    let start = with_links();
    let mut record = fold(&start, &[removal(&start, 1, 20), put(&start, 2, 10, "b")]);
    assert_eq!(asked(&record), (vec!["b".to_owned()], 1));
    assert_eq!(titles(&record), ["first", "b"]);
    // Whoever writes it on without deciding keeps it, and has seen that it was removed.
    record.apply(&put(&record.clone(), 2, 30, "c"));
    assert_eq!(choices(&record), vec![]);
}

#[test]
fn f31_what_was_removed_knowing_and_what_comes_back_is_no_question() {
    let start = with_links();
    let gone = fold(&start, &[removal(&start, 1, 10)]);
    assert_eq!((choices(&gone), titles(&gone)), (vec![], vec!["first"]));
    let back = fold(&gone, &[put(&gone, 2, 20, "b")]);
    assert_eq!((choices(&back), titles(&back)), (vec![], vec!["first", "b"]));
    // A device knows what it did itself, also where its program did not say so.
    let blind = Op::PutItem { field: field::LINKS, item: ITEM, value: link("b"), replaces: vec![] };
    let undone = fold(&gone, &[change(&gone, 1, 20, blind)]);
    assert_eq!(choices(&undone), vec![]);
}

#[test]
fn f31_a_list_is_as_full_as_what_is_in_it() {
    let mut record = with_links();
    record.apply(&removal(&record.clone(), 1, 10));
    let state = record.field(field::LINKS).unwrap();
    let there = state.items.values().filter(|it| it.is_there()).count();
    assert_eq!((state.items.len(), there), (2, 1), "the mark of a removal is no entry");
}

#[test]
fn f32_an_entry_of_a_full_list_is_settled_too() {
    let mut record = with_links();
    let more = (10..ITEMS_MAX as u64 + 8).map(|at| (ItemId(at), link("more")));
    for op in record.append_items(field::LINKS, more) {
        record.apply(&change(&record, 1, 2, op));
    }
    let admitted = |item, title| {
        let op = record.put_item(field::LINKS, item, link(title));
        let written = change(&record, 1, 3, op);
        let caller = Caller {
            account: Some(written.author),
            role: Role::Coordinator,
            projects: BTreeSet::new(),
        };
        admit(&caller, Some(&record), &written)
    };
    assert_eq!(admitted(ITEM, "settled"), Ok(()));
    let full = FitError::TooMany { field: field::LINKS };
    assert_eq!(admitted(ItemId(9_999), "one more"), Err(Refusal::Fit(full)));
}

#[test]
fn f32_an_entry_settled_by_one_is_settled_for_all() {
    let start = with_links();
    let both = [put(&start, 1, 10, "a1"), put(&start, 2, 20, "b1"), removal(&start, 3, 15)];
    let record = fold(&start, &both);
    assert_eq!(asked(&record).1, 1);
    let kept = fold(&record, &[put(&record, 1, 30, "both")]);
    assert_eq!((choices(&kept), titles(&kept)), (vec![], vec!["first", "both"]));
    let removed = fold(&record, &[removal(&record, 1, 30)]);
    assert_eq!((choices(&removed), titles(&removed)), (vec![], vec!["first"]));
    // Two who settle it in two ways at once are asked again.
    let again = fold(&record, &[put(&record, 1, 30, "both"), removal(&record, 2, 31)]);
    assert_eq!(asked(&again), (vec!["both".to_owned()], 1));
}

/// Any value that a shape takes, one of two that differ.
fn any_scalar(shape: Shape, second: bool) -> Scalar {
    let text = if second { "2021" } else { "2020" };
    let date = talkoot_core::value::PartialDate::parse(text).unwrap();
    match shape {
        Shape::Code(_) => Scalar::Code(text.to_owned()),
        Shape::Date => Scalar::Date(date),
        Shape::Period => {
            Scalar::Period(talkoot_core::value::Period { from: Some(date), until: None })
        }
        Shape::Record(_) => Scalar::Record(talkoot_core::id::RecordId([u8::from(second); 16])),
        Shape::Account => Scalar::Account(talkoot_core::id::AccountId([u8::from(second); 16])),
        Shape::Line
        | Shape::Text
        | Shape::Passage
        | Shape::Edit
        | Shape::Version
        | Shape::Thing
        | Shape::Post
        | Shape::Moment
        | Shape::RichText
        | Shape::SetOfLines
        | Shape::SetOfCodes(_)
        | Shape::SetOfRecords(_)
        | Shape::List(_) => Scalar::Text(text.to_owned()),
    }
}

#[test]
fn f33_every_field_that_asks_makes_a_choice_that_can_be_settled() {
    for schema in Kind::ALL.map(Kind::schema) {
        for asking in schema.fields.iter().filter(|it| it.policy == Policy::Ask) {
            let start = record_of(schema.kind);
            let write = |record: &Record, second: bool| match asking.shape.holding() {
                Holding::One => {
                    let value = Value::One(any_scalar(asking.shape, second));
                    record.set_field(asking.tag, value)
                }
                Holding::List(parts) => {
                    let parts = parts.iter().map(|it| (it.tag, any_scalar(it.shape, second)));
                    record.put_item(asking.tag, ITEM, Value::Entry(parts.collect()))
                }
                Holding::Set(_) | Holding::Words => {
                    panic!("{} comes together by itself", asking.name)
                }
            };
            let both = [false, true].map(|second| {
                change(&start, 1 + u8::from(second), 10 + u64::from(second), write(&start, second))
            });
            let record = fold(&start, &both);
            assert_eq!(choices(&record).len(), 1, "{:?}.{}", schema.kind, asking.name);
            let settled = fold(&record, &[change(&record, 1, 20, write(&record, false))]);
            assert_eq!(choices(&settled), vec![], "{:?}.{}", schema.kind, asking.name);
        }
    }
}

#[test]
fn f33_the_lists_that_people_fill_ask() {
    let asks = |kind: Kind, tag| kind.schema().field(tag).map(|it| it.policy) == Some(Policy::Ask);
    assert!(asks(Kind::Project, project_field::STAFF) && asks(Kind::Document, field::LINKS));
    assert!(asks(Kind::Practice, practice_field::EVIDENCE));
    assert!(asks(Kind::Practice, practice_field::ADOPTIONS));
    assert!(!asks(Kind::Practice, practice_field::OFFERS), "nobody edits another's suggestion");
}

#[test]
fn f34_taking_a_list_over_writes_only_the_entries_that_differ() {
    let record = with_links();
    let links = Kind::Document.schema().field(field::LINKS).unwrap();
    let writes = |items: &[(u64, &str)]| {
        let items = items.iter().map(|(item, title)| (ItemId(*item), link(title)));
        let ops = Content::Items(items.collect()).writes(&record, links);
        let named = ops.iter().filter_map(|op| {
            let (verb, item) = match op {
                Op::PutItem { item, .. } => ("put", item),
                Op::PlaceItem { item, .. } => ("place", item),
                Op::RemoveItem { item, .. } => ("remove", item),
                Op::Create { .. }
                | Op::SetField { .. }
                | Op::AddToSet { .. }
                | Op::RemoveFromSet { .. }
                | Op::Text { .. }
                | Op::Receive { .. }
                | Op::Accept { .. }
                | Op::Publish { .. }
                | Op::Trash { .. }
                | Op::Discuss { .. }
                | Op::Note { .. } => return None,
            };
            Some(format!("{verb} {}", item.0))
        });
        let mut after = record.clone();
        for op in &ops {
            after.apply(&change(&after, 3, 9, op.clone()));
        }
        let titles: Vec<String> = titles(&after).into_iter().map(str::to_owned).collect();
        (named.collect::<Vec<_>>(), titles)
    };
    let told = |ops: &[&str], titles: &[&str]| {
        let all =
            [ops, titles].map(|all| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        let [ops, titles] = all;
        (ops, titles)
    };
    assert_eq!(writes(&[(4, "first"), (5, "a")]), told(&[], &["first", "a"]));
    assert_eq!(writes(&[(4, "first"), (5, "b")]), told(&["put 5"], &["first", "b"]));
    assert_eq!(writes(&[(5, "a")]), told(&["remove 4"], &["a"]));
    let grown = [(4, "first"), (5, "a"), (6, "c")];
    assert_eq!(writes(&grown), told(&["put 6", "place 6"], &["first", "a", "c"]));
    let turned = [(5, "a"), (4, "first")];
    assert_eq!(writes(&turned), told(&["place 5", "place 4"], &["a", "first"]));
}
