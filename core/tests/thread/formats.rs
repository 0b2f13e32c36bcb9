//! The bytes of threads and notebooks: what was stored once is read for ever.
//!
//! A line of the fixture is a change as it was first written. A line is never changed; what is
//! new gets a line of its own, with the operation that it stands for: the test prints all of them
//! as they would be written today when they differ.

use std::fmt::Write as _;

use talkoot_core::change::discuss::{
    Discuss, Mention, Mentioned, Post, Quote, Standing, Tried, Words,
};
use talkoot_core::change::note::{Following, Note};
use talkoot_core::change::{Change, Op};
use talkoot_core::codec::{decode_change, encode, encode_change};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::value::{PostId, Scalar, Value};

use super::{THREAD, change, replica};

const FIXTURE: &str = include_str!("../../fixtures/thread/changes.txt");

/// Everything that is stored of threads and notebooks, in the order of the fixture.
fn written() -> Vec<Op> {
    let post = ChangeId { replica: replica(2), counter: 7 };
    let replaces = || vec![ChangeId { replica: replica(3), counter: 300 }];
    let mentions = vec![
        Mention { from: 0, until: 5, of: Mentioned::Account(AccountId([4; 16])) },
        Mention { from: 6, until: 9, of: Mentioned::Record(RecordId([5; 16])) },
    ];
    let words = Words { text: "@Äiti #on".to_owned(), mentions };
    let quote = Some(Quote { post, passage: "on".to_owned() });
    let tried = Some(Tried { practice: RecordId([5; 16]), project: Some(RecordId([6; 16])) });
    let standing = Standing { retracted: true, moderated: false };
    let said = Post { words: words.clone(), reply_to: Some(post), quote, tried };
    let deeds = [
        Discuss::Post { post: Post { words: Words::plain("a"), ..Post::default() } },
        Discuss::Post { post: said },
        Discuss::Edit { post, words, replaces: replaces() },
        Discuss::Retract { post, standing, replaces: replaces() },
        Discuss::React { post, word: "thanks".to_owned(), given: true, replaces: replaces() },
        Discuss::Answer { post: Some(post), replaces: replaces() },
        Discuss::Answer { post: None, replaces: Vec::new() },
    ];
    let notes = [
        Note::Read { thread: THREAD, until: [(replica(2), 7)].into() },
        Note::Follow { record: THREAD, following: Following::Muted, replaces: replaces() },
    ];
    let value = Value::One(Scalar::Post(PostId { thread: THREAD, post }));
    let kinds = [Op::Create { kind: Kind::Thread }, Op::Create { kind: Kind::Notebook }];
    let deeds = deeds.into_iter().map(|deed| Op::Discuss { deed });
    let notes = notes.into_iter().map(|note| Op::Note { note });
    let mut all: Vec<Op> = kinds.into_iter().chain(deeds).chain(notes).collect();
    all.push(Op::SetField { field: 4, value, replaces: Vec::new() });
    all
}

fn made(op: Op) -> Change {
    change(&Record::new(THREAD), 1, 1_500_000_000_000, vec![op])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn di19_what_was_said_and_noted_once_is_read_from_the_same_bytes() {
    let lines: Vec<String> =
        written().into_iter().map(|op| hex(&encode_change(&made(op)))).collect();
    let kept: Vec<&str> = FIXTURE.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(kept, lines, "\n{}\n", lines.join("\n"));
    for (line, op) in kept.into_iter().zip(written()) {
        let digit = |at: usize| u8::from_str_radix(line.get(at..at + 2).unwrap(), 16).unwrap();
        let bytes: Vec<u8> = (0..line.len()).step_by(2).map(digit).collect();
        assert_eq!(decode_change(&bytes), Ok(made(op)));
    }
}

#[test]
fn di19_a_record_of_another_kind_has_as_many_parts_as_before_there_were_threads() {
    let mut document = Record::new(THREAD);
    document.apply(&made(Op::Create { kind: Kind::Document }));
    // Behind the version of the format, an array of fifteen as CBOR begins it.
    assert_eq!(encode(&document).get(1), Some(&0x8f));
}
