//! Two who claim one Yjs client: every device folds the same, whichever it heard of first.
//!
//! The gate lets no second owner in; what came on sticks has not met the gate yet.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests are tests")]

use proptest::prelude::*;
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Applied;
use talkoot_core::schema::Kind;
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument, plain};

const FIELD: &str = "body";
const RECORD: RecordId = RecordId([3; 16]);
/// The client that two claim.
const CLAIMED: u64 = 40;

fn change(replica: u8, counter: u64, ops: Vec<Op>) -> Change {
    Change {
        id: ChangeId { replica: ReplicaId([replica; 16]), counter },
        previous: counter - 1,
        stamp: Stamp { wall_ms: counter, tick: 0 },
        author: AccountId([replica; 16]),
        record: RECORD,
        schema: SCHEMA_VERSION,
        ops,
    }
}

/// Writes paragraphs under a client, each an update of its own, onto what `start` says.
fn paragraphs(client: u64, start: &[Vec<u8>], said: &[&str]) -> Vec<Vec<u8>> {
    let mut document = TextDocument::new(client);
    for update in start {
        document.apply(update).unwrap();
    }
    let append = |text: &&str| Edit::AppendParagraph { text: (*text).to_owned() };
    said.iter().map(|text| document.edit(FIELD, &append(text)).unwrap()).collect()
}

/// Gives the changes of a device that writes texts, from a counter on.
fn written(replica: u8, from: u64, texts: &[Vec<u8>]) -> Vec<Change> {
    let ops =
        |update: &Vec<u8>| vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update: update.clone() }];
    (from..).zip(texts).map(|(counter, update)| change(replica, counter, ops(update))).collect()
}

/// Two devices that write under one client, and two that write on what each of them said.
fn claims() -> Vec<Change> {
    let winner = paragraphs(CLAIMED, &[], &["the first", "the second, which is longer", "third"]);
    let loser = paragraphs(CLAIMED, &[], &["somebody else wrote at some length", "and went on"]);
    let on_winner = paragraphs(50, &winner, &["on the winner"]);
    let on_loser = paragraphs(60, &loser, &["on the other"]);
    let create = change(1, 1, vec![Op::Create { kind: Kind::Document }]);
    let all = [
        vec![create],
        written(1, 2, &winner),
        written(2, 1, &loser),
        written(3, 1, &on_winner),
        written(4, 1, &on_loser),
    ];
    all.concat()
}

/// Takes changes in one after the other, as a device does: what is torn is folded anew.
fn device(changes: &[Change]) -> OpenRecord {
    let mut open = OpenRecord::new(RECORD);
    for (at, change) in changes.iter().enumerate() {
        open.apply(change);
        if open.is_torn() {
            open = OpenRecord::of(RECORD, &changes[..=at]);
            assert!(!open.is_torn());
        }
        if at % 3 == 2 {
            open = OpenRecord::from_snapshot(&open.snapshot()).unwrap();
        }
    }
    open
}

fn says(open: &OpenRecord) -> String {
    plain::plain(&open.text.blocks(FIELD))
}

proptest! {
    #[test]
    fn f36_two_that_claim_one_client_fold_to_the_same_bytes_in_any_order(
        shuffled in Just(claims()).prop_shuffle(),
    ) {
        let expected = OpenRecord::of(RECORD, &claims());
        prop_assert_eq!(expected.record.waiting(), 0);
        prop_assert!(says(&expected).contains("the second, which is longer"));
        prop_assert!(!says(&expected).contains("somebody else"));
        for open in [device(&shuffled), OpenRecord::of(RECORD, &shuffled)] {
            prop_assert_eq!(says(&open), says(&expected));
            prop_assert_eq!(open.set_aside(), expected.set_aside());
            prop_assert_eq!(open.digest(), expected.digest());
        }
    }
}

#[test]
fn f36_words_of_whoever_has_not_the_client_are_handed_to_no_editor() {
    let all = claims();
    let mut open = OpenRecord::new(RECORD);
    for change in &all[..4] {
        open.apply(change);
    }
    let before = open.text.state();
    assert_eq!(open.apply(&all[4]), Applied::Folded { texts: vec![] });
    assert_eq!((open.set_aside(), open.is_torn()), (1, false));
    assert_eq!(open.text.state(), before);
}

#[test]
fn f36_a_record_that_is_torn_gives_no_snapshot() {
    let all = claims();
    let mut open = OpenRecord::new(RECORD);
    for change in [&all[0], &all[4]] {
        open.apply(change);
    }
    assert!(!open.is_torn() && open.checked_snapshot().is_some());
    open.apply(&all[1]);
    assert!(open.is_torn() && open.checked_snapshot().is_none());
}
