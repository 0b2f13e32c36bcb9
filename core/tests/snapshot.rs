//! A snapshot stands for the changes it was made from, so it is read again before it is used.

#![expect(clippy::indexing_slicing, reason = "helpers of tests are tests")]

use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Applied;
use talkoot_core::schema::Kind;
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument, plain};

#[path = "text_hostile/bytes.rs"]
#[expect(dead_code, reason = "written for the tests of hostile bytes, which use all of it")]
mod bytes;

const FIELD: &str = "body";
const RECORD: RecordId = RecordId([3; 16]);

fn change(replica: u8, counter: u64, ops: Vec<Op>) -> Change {
    Change {
        id: ChangeId { replica: ReplicaId([replica; 16]), counter },
        previous: counter - 1,
        stamp: Stamp { wall_ms: counter, tick: 0 },
        author: AccountId([1; 16]),
        record: RECORD,
        schema: SCHEMA_VERSION,
        ops,
    }
}

fn text(update: Vec<u8>) -> Vec<Op> {
    vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]
}

/// A document with one line, by Yjs client 4: a paragraph, its run and eight letters.
fn document() -> OpenRecord {
    let mut open = OpenRecord::new(RECORD);
    open.apply(&change(1, 1, vec![Op::Create { kind: Kind::Document }]));
    let line = Edit::AppendParagraph { text: "kylätalo".to_owned() };
    let update = TextDocument::new(4).edit(FIELD, &line).unwrap_or_default();
    open.apply(&change(1, 2, text(update)));
    open
}

#[test]
fn x20_a_snapshot_is_given_when_it_comes_back_as_the_same_record() {
    let open = document();
    let bytes = open.checked_snapshot();
    assert!(bytes.is_some());
    let again = OpenRecord::from_snapshot(&bytes.unwrap_or_default());
    assert!(again.is_ok_and(|again| again.digest() == open.digest()));
}

#[test]
fn x20_a_snapshot_that_comes_back_as_another_is_not_given() {
    let mut open = document();
    // Words that say they stood between the last letter and the first, the one before the other:
    // where they stand follows from what came before them, and a snapshot tells it otherwise.
    let lie = |clock: u64, words: &str| {
        let head = [vec![0xc4], bytes::number(4), bytes::number(9), bytes::number(4)].concat();
        let place = [head, bytes::number(clock)].concat();
        [place, bytes::string(words)].concat()
    };
    let lies = [lie(3, "yksi"), lie(2, "kaksi"), lie(5, "kolme")];
    open.apply(&change(2, 1, text(bytes::update(9, 0, &lies[..1]))));
    open.apply(&change(3, 1, text(bytes::update(2, 0, &lies[1..]))));
    assert!(plain::plain(&open.text.blocks(FIELD)).contains("yksi"), "nobody can tell it is a lie");
    assert_eq!(open.checked_snapshot(), None);
}

#[test]
fn x20_what_is_set_aside_is_handed_to_no_editor() {
    let mut open = document();
    let before = open.text.state();
    let unfit = bytes::update(6, 0, &[bytes::inside(4, 1, &bytes::element("rule"))]);
    let applied = open.apply(&change(2, 1, text(unfit)));
    assert_eq!(applied, Applied::Folded { texts: vec![] });
    assert_eq!(open.text.state(), before);
    assert!(open.checked_snapshot().is_some());
}
