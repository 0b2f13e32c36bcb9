//! What every store promises about the log.

use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::Subject;
use crate::store::sample::Maker;
use crate::store::{
    AppendError, Appending, ChangeStore as _, LogEntry, LogRow, Span, StoredChange,
};
use talkoot_core::audience::Audience;

const RECORD: RecordId = RecordId([5; 16]);
const OPEN: Audience = Audience { everyone: true, signed_in: true, project: None };
const CLOSED: Audience =
    Audience { everyone: false, signed_in: false, project: Some(RecordId([6; 16])) };

fn changes(maker: &mut Maker, count: usize) -> Vec<LogEntry> {
    let stored = |_| {
        let (change, signed) = maker.change(RECORD, vec![Op::Create { kind: Kind::Document }]);
        let (id, record, author) = (change.id, change.record, change.author);
        LogEntry::Change(StoredChange { id, record, author, arrived_ms: 77, signed })
    };
    (0..count).map(stored).collect()
}

/// Two changes and both turns, on top of a log that ends at `expected_head`.
pub(super) fn sample_appending(expected_head: u64) -> Appending {
    let mut entries = changes(&mut Maker::new(1), 2);
    entries.push(LogEntry::Reveal { record: RECORD, from: CLOSED });
    entries.push(LogEntry::Conceal { record: RECORD, from: OPEN });
    Appending { expected_head, entries, audiences: vec![(RECORD, CLOSED)] }
}

fn ids(entries: &[LogEntry]) -> Vec<talkoot_core::id::ChangeId> {
    let changes = entries.iter().filter_map(|entry| match entry {
        LogEntry::Change(change) => Some(change.id),
        LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => None,
    });
    changes.collect()
}

pub(super) async fn o3_entries_are_numbered_from_one_without_gaps_and_come_back_as_they_went_in(
    store: &Subject,
) {
    let first = sample_appending(0);
    assert_eq!(store.append(first.clone()).await, Ok(4));
    let mut second = Appending { expected_head: 4, ..Appending::default() };
    second.entries = changes(&mut Maker::new(2), 1);
    assert_eq!(store.append(second.clone()).await, Ok(5));
    let rows = store.read_log(0, usize::MAX).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
    assert_eq!(entries, [first.entries, second.entries].concat());
    assert_eq!(store.log_state().await.unwrap().head, 5);
}

pub(super) async fn o3_an_append_that_did_not_know_the_end_of_the_log_stores_nothing(
    store: &Subject,
) {
    store.append(sample_appending(0)).await.unwrap();
    let mut late = Appending { expected_head: 3, ..Appending::default() };
    late.entries = changes(&mut Maker::new(2), 1);
    assert_eq!(store.append(late).await, Err(AppendError::HeadMoved { head: 4 }));
    assert_eq!(store.read_log(4, usize::MAX).await.unwrap(), []);
}

pub(super) async fn o3_an_append_with_a_taken_identity_stores_nothing_of_itself(store: &Subject) {
    store.append(sample_appending(0)).await.unwrap();
    let mut entries = changes(&mut Maker::new(2), 1);
    entries.extend(changes(&mut Maker::new(1), 1));
    let twice = Appending { expected_head: 4, entries, audiences: vec![(RECORD, OPEN)] };
    assert_eq!(store.append(twice).await, Err(AppendError::IdentityTaken));
    assert_eq!(store.read_log(4, usize::MAX).await.unwrap(), []);
    assert_eq!(store.audience(RECORD).await, Ok(CLOSED));
}

pub(super) async fn o3_a_read_brings_at_least_one_entry_and_stops_at_the_size(store: &Subject) {
    let entries = changes(&mut Maker::new(1), 3);
    store.append(Appending { entries, ..Appending::default() }).await.unwrap();
    assert_eq!(store.read_log(0, 1).await.unwrap().len(), 1);
    assert_eq!(store.read_log(1, usize::MAX).await.unwrap().len(), 2);
    assert_eq!(store.read_log(3, usize::MAX).await.unwrap(), []);
}

pub(super) async fn o3_rows_carry_who_may_see_their_record_now(store: &Subject) {
    store.append(sample_appending(0)).await.unwrap();
    let seen = |rows: Vec<LogRow>| rows.into_iter().map(|row| row.audience);
    let rows = store.read_log(0, usize::MAX).await.unwrap();
    assert!(seen(rows).all(|audience| audience == CLOSED));
    let audiences = vec![(RECORD, OPEN)];
    store.append(Appending { expected_head: 4, entries: vec![], audiences }).await.unwrap();
    let rows = store.read_log(0, usize::MAX).await.unwrap();
    assert!(seen(rows).all(|audience| audience == OPEN));
    assert_eq!(store.audience(RecordId([0; 16])).await, Ok(Audience::default()));
}

pub(super) async fn o3_the_changes_of_a_record_come_in_order_up_to_a_place(store: &Subject) {
    let appending = sample_appending(0);
    store.append(appending.clone()).await.unwrap();
    let of = |changes: Vec<StoredChange>| changes.into_iter().map(|change| change.id).collect();
    let all: Vec<_> = of(store.changes_of(RECORD, 4).await.unwrap());
    assert_eq!(all, ids(&appending.entries));
    let one: Vec<_> = of(store.changes_of(RECORD, 1).await.unwrap());
    assert_eq!(one, ids(&appending.entries)[..1]);
    assert_eq!(store.changes_of(RecordId([0; 16]), 4).await, Ok(vec![]));
}

pub(super) async fn o3_a_change_is_found_by_its_identity(store: &Subject) {
    let appending = sample_appending(0);
    store.append(appending.clone()).await.unwrap();
    let unknown = ids(&changes(&mut Maker::new(9), 1))[0];
    let known = ids(&appending.entries)[1];
    let found = store.find(vec![unknown, known]).await.unwrap();
    let LogEntry::Change(change) = &appending.entries[1] else { panic!("a change") };
    assert_eq!(found, [None, Some(change.signed.clone())]);
    assert_eq!(store.last_counter(known.replica).await, Ok(2));
    assert_eq!(store.last_counter(unknown.replica).await, Ok(0));
}

pub(super) async fn o3_the_log_and_the_servers_key_keep_their_names(store: &Subject) {
    let (one, other) = (store.log_state().await.unwrap(), store.log_state().await.unwrap());
    assert_eq!(one.log, other.log);
    assert_eq!(store.replica_seed([1; 32]).await, Ok([1; 32]));
    assert_eq!(store.replica_seed([2; 32]).await, Ok([1; 32]));
    assert_eq!(store.sender_seed([3; 32]).await, Ok([3; 32]));
    assert_eq!(store.sender_seed([4; 32]).await, Ok([3; 32]));
    assert_eq!(store.own_seeds().await, Ok(vec![[1; 32]]));
}

pub(super) async fn o3_records_are_read_whole_the_one_with_the_last_entry_first(store: &Subject) {
    store.append(sample_appending(0)).await.unwrap();
    let other = RecordId([9; 16]);
    let (change, signed) = Maker::new(3).change(other, vec![Op::Create { kind: Kind::Document }]);
    let (id, author) = (change.id, change.author);
    let entry = StoredChange { id, record: other, author, arrived_ms: 7, signed };
    let entries = vec![LogEntry::Change(entry)];
    store.append(Appending { expected_head: 4, entries, audiences: vec![] }).await.unwrap();
    assert_eq!(store.latest_first(5).await, Ok(vec![(other, 1), (RECORD, 4)]));
    assert_eq!(store.latest_first(4).await, Ok(vec![(RECORD, 4)]));
    let spans = vec![Span { record: other, skip: 0 }, Span { record: RECORD, skip: 1 }];
    let places = |rows: Vec<LogRow>| rows.iter().map(|row| row.sequence).collect::<Vec<_>>();
    let all = store.read_spans(spans.clone(), 5, usize::MAX).await.unwrap();
    assert_eq!(places(all), [5, 2, 3, 4]);
    let before = store.read_spans(spans.clone(), 3, usize::MAX).await.unwrap();
    assert_eq!(places(before), [2, 3]);
    assert_eq!(places(store.read_spans(spans, 5, 0).await.unwrap()), [5]);
}
