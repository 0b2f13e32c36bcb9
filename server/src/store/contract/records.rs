//! What every store promises about finding records.

use talkoot_core::audience::Audience;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::Subject;
use crate::store::sample::Maker;
use crate::store::{
    Appending, ChangeStore as _, LogEntry, RecordRow, RecordSearch, RecordStore as _, StoredChange,
};

const OPEN: Audience = Audience { everyone: true, signed_in: true, project: None };

/// Appends one change of a record; an `arrived_ms` is a hundred times its sequence.
async fn append(store: &Subject, maker: &mut Maker, number: u8, ops: Vec<Op>, who: Audience) {
    let expected_head = store.log_state().await.unwrap().head;
    let record = RecordId([number; 16]);
    let (change, signed) = maker.change(record, ops);
    let (id, author, arrived_ms) = (change.id, change.author, 100 * (expected_head + 1));
    let stored = StoredChange { id, record, author, arrived_ms, signed };
    let entries = vec![LogEntry::Change(stored)];
    let audiences = vec![(record, who)];
    store.append(Appending { expected_head, entries, audiences }).await.unwrap();
}

fn create(kind: Kind) -> Vec<Op> {
    vec![Op::Create { kind }]
}

fn publish() -> Vec<Op> {
    vec![Op::Publish { published: true, replaces: vec![], version: None, reason: None }]
}

/// Lists the numbers of the records that a search finds.
async fn found(store: &Subject, search: RecordSearch, rows_max: usize) -> Vec<u8> {
    let rows = store.records(search, rows_max).await.unwrap();
    rows.iter().map(|row| row.record.0[0]).collect()
}

pub(super) async fn d9_a_row_follows_every_change_of_its_record(store: &Subject) {
    let mut maker = Maker::new(1);
    let record = RecordId([5; 16]);
    assert_eq!(store.record(record).await, Ok(None));
    append(store, &mut maker, 4, create(Kind::Project), Audience::default()).await;
    append(store, &mut maker, 5, create(Kind::Document), Audience::default()).await;
    let audience = Audience::default();
    let kind = Kind::Document;
    let row = RecordRow { record, kind, audience, created: 2, changed: 2, changed_ms: 200 };
    assert_eq!(store.record(record).await, Ok(Some(row)));
    append(store, &mut maker, 5, publish(), OPEN).await;
    let row = RecordRow { audience: OPEN, changed: 3, changed_ms: 300, ..row };
    assert_eq!(store.record(record).await, Ok(Some(row)));
    // A mark changes who may see it, and is no change of the record.
    let entries = vec![LogEntry::Conceal { record, from: OPEN }];
    let audiences = vec![(record, Audience::default())];
    store.append(Appending { expected_head: 3, entries, audiences }).await.unwrap();
    let row = RecordRow { audience: Audience::default(), ..row };
    assert_eq!(store.record(record).await, Ok(Some(row)));
}

pub(super) async fn d9_records_are_found_in_the_order_in_which_they_came(store: &Subject) {
    let mut maker = Maker::new(1);
    let near = Audience { project: Some(RecordId([1; 16])), ..Audience::default() };
    append(store, &mut maker, 1, create(Kind::Project), near).await;
    append(store, &mut maker, 9, create(Kind::Document), near).await;
    append(store, &mut maker, 3, create(Kind::Document), OPEN).await;
    append(store, &mut maker, 1, publish(), near).await;
    let all = RecordSearch::default();
    assert_eq!(found(store, all, 9).await, [1, 9, 3]);
    assert_eq!(found(store, all, 2).await, [1, 9]);
    assert_eq!(found(store, RecordSearch { after: 2, ..all }, 9).await, [3]);
    assert_eq!(found(store, RecordSearch { after: u64::MAX, ..all }, 9).await, [0; 0]);
    let documents = RecordSearch { kind: Some(Kind::Document), ..all };
    assert_eq!(found(store, documents, 9).await, [9, 3]);
    let project = RecordSearch { project: Some(RecordId([1; 16])), ..all };
    assert_eq!(found(store, project, 9).await, [9], "a project does not belong to itself");
    assert_eq!(found(store, RecordSearch { changed_after: 2, ..all }, 9).await, [1, 3]);
    assert_eq!(found(store, RecordSearch { changed_from_ms: 400, ..all }, 9).await, [1]);
    assert_eq!(found(store, RecordSearch { changed_from_ms: u64::MAX, ..all }, 9).await, [0; 0]);
}
