//! Posts that become evidence or an adoption's result, with who said it and where.

use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Post, Tried};
use talkoot_core::choice::choices;
use talkoot_core::id::{ChangeId, ItemId, RecordId};
use talkoot_core::limits::TEXT_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, practice_field as field};
use talkoot_core::thread::{Thread, as_evidence, as_result, post, retract};
use talkoot_core::value::{PostId, Scalar, Value};

use super::{THREAD, account, act, change, question, said};

const PRACTICE: RecordId = RecordId([8; 16]);
const PROJECT: RecordId = RecordId([5; 16]);

fn practice() -> Record {
    let mut record = Record::new(PRACTICE);
    record.apply(&change(&record, 4, 100, vec![Op::Create { kind: Kind::Practice }]));
    record
}

/// A thread in which account 2 tells of having tried the practice.
fn told(text: &str) -> (Record, ChangeId) {
    let (mut thread, _) = question();
    let tried = Some(Tried { practice: PRACTICE, project: Some(PROJECT) });
    let posted = act(&mut thread, 2, 200, post(Post { tried, ..said(text) }));
    (thread, posted)
}

fn evidence(thread: &Record, post: ChangeId, practice: &Record) -> Vec<Op> {
    as_evidence(practice, THREAD, Thread::of(thread).unwrap().post(post).unwrap())
}

fn entries(record: &Record, field: u16) -> Vec<Value> {
    let items = record.field(field).map(|state| state.items()).unwrap_or_default();
    items.into_iter().map(|(_, value)| value.clone()).collect()
}

#[test]
fn di15_an_experience_becomes_evidence_with_its_credit_and_once() {
    let (mut thread, posted) = told("Neljä kokousta, kaksitoista yhdistystä.");
    let start = practice();
    let here = change(&start, 6, 300, evidence(&thread, posted, &start));
    let there = change(&start, 7, 300, evidence(&thread, posted, &start));
    let mut record = start;
    record.apply(&here);
    assert_eq!(evidence(&thread, posted, &record), [], "a second time adds nothing");
    record.apply(&there);
    let found = entries(&record, field::EVIDENCE);
    let [entry] = found.as_slice() else { panic!("{found:?}") };
    let result = entry.part(field::EVIDENCE_RESULT).and_then(Scalar::as_text);
    assert_eq!(result, Some("Neljä kokousta, kaksitoista yhdistystä."));
    assert_eq!(entry.part(field::EVIDENCE_AUTHOR), Some(&Scalar::Account(account(2))));
    let origin = PostId { thread: THREAD, post: posted };
    assert_eq!(entry.part(field::EVIDENCE_POST), Some(&Scalar::Post(origin)));
    assert_eq!(choices(&record), [], "two who do it at once are no question");
    let back = retract(&thread, posted, false);
    act(&mut thread, 2, 400, back);
    assert_eq!(evidence(&thread, posted, &practice()), [], "what was taken back is none");
}

#[test]
fn di15_a_long_post_is_cut_to_what_a_field_holds() {
    let (thread, posted) = told(&"ä".repeat(TEXT_CHARS_MAX + 9));
    let mut record = practice();
    let ops = evidence(&thread, posted, &record);
    record.apply(&change(&record, 6, 300, ops));
    let found = entries(&record, field::EVIDENCE);
    let result = found[0].part(field::EVIDENCE_RESULT).and_then(Scalar::as_text).unwrap();
    assert!(result.chars().count() == TEXT_CHARS_MAX && result.ends_with("ä…"));
}

#[test]
fn di15_an_experience_becomes_the_result_of_the_projects_adoption_where_none_is_written() {
    let (thread, posted) = told("Kahvi auttoi.");
    let view = Thread::of(&thread).unwrap();
    let view = view.post(posted).unwrap();
    let mut record = practice();
    assert_eq!(as_result(&record, THREAD, view), [], "the project uses it nowhere");
    let entry = Value::Entry([(field::ADOPTION_PROJECT, Scalar::Record(PROJECT))].into());
    let ops = record.append_items(field::ADOPTIONS, [(ItemId(3), entry)]);
    record.apply(&change(&record, 4, 250, ops));
    let ops = as_result(&record, THREAD, view);
    record.apply(&change(&record, 6, 300, ops));
    assert_eq!(as_result(&record, THREAD, view), [], "a second time adds nothing");
    let found = entries(&record, field::ADOPTIONS);
    let result = found[0].part(field::ADOPTION_RESULT).and_then(Scalar::as_text);
    assert_eq!(result, Some("Kahvi auttoi."));
    assert_eq!(found[0].part(field::ADOPTION_AUTHOR), Some(&Scalar::Account(account(2))));
    let (thread, other) = told("Toimi.");
    let view = Thread::of(&thread).unwrap();
    let view = view.post(other).unwrap();
    assert_eq!(as_result(&record, THREAD, view), [], "words of one do not come under another");
}
