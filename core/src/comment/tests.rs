//! Comments from the form to the record: what is kept, who publishes, and that two make one.

use super::*;
use crate::access::{Refusal, Role, admit};
use crate::change::{Change, Op};
use crate::choice::{Choice, choices};
use crate::id::{AccountId, ReplicaId};
use crate::sample;

const PROJECT: RecordId = RecordId([8; 16]);
const ID: CommentId = CommentId([3; 16]);

fn typed(words: &str) -> Typed {
    let (subject, name) = ("Hyvä malli".to_owned(), "Aino Esimerkki".to_owned());
    Typed { subject, name, organisation: String::new(), words: words.to_owned() }
}

fn approved(words: &str) -> Approved {
    Approved { id: ID, typed: typed(words), written_ms: 1_502_372_220_000, arrived_ms: 2 }
}

/// A practice of a project, published.
fn practice() -> Record {
    let mut record = Record::new(sample::RECORD);
    let project = Value::One(Scalar::Record(PROJECT));
    let create = Op::Create { kind: Kind::Practice };
    let belongs = record.set_field(practice_field::PROJECT, project);
    record.apply(&sample::change(ReplicaId([1; 16]), 1, 0, vec![create, belongs]));
    let published = record.publish(true);
    record.apply(&sample::change(ReplicaId([1; 16]), 2, 1, vec![published]));
    record
}

fn by(replica: u8, ops: Vec<Op>) -> Change {
    sample::change(ReplicaId([replica; 16]), 1, 0, ops)
}

fn caller(change: &Change, role: Role, projects: &[RecordId]) -> Caller {
    Caller { account: Some(change.author), role, projects: projects.iter().copied().collect() }
}

#[test]
fn oc2_what_was_typed_is_kept_without_what_shows_nothing_and_within_bounds() {
    let messy = Typed {
        subject: "  Two\r\nlines\u{7}\u{202e} ".to_owned(),
        words: "\n One\r\n\r\nTwo\u{0} [phone number removed]\n".to_owned(),
        ..typed("")
    };
    let checked = messy.checked().unwrap();
    assert_eq!(checked.subject, "Two lines");
    assert_eq!(checked.words, "One\n\nTwo (phone number removed)");
    for (fault, wrong) in [
        (TypedFault::Missing, typed(" \n ")),
        (TypedFault::Missing, Typed { name: "\u{1}".to_owned(), ..typed("a") }),
        (TypedFault::Missing, Typed { name: "\u{200b}\u{feff}".to_owned(), ..typed("a") }),
        (TypedFault::TooLong, typed(&"ä".repeat(COMMENT_CHARS_MAX + 1))),
        (TypedFault::TooLong, Typed { organisation: "x".repeat(121), ..typed("a") }),
    ] {
        assert_eq!(wrong.checked(), Err(fault));
    }
    assert!(typed(&"ä".repeat(COMMENT_CHARS_MAX)).checked().is_ok());
}

#[test]
fn oc2_what_shows_nothing_fills_in_no_part_and_what_joins_stays_within_words() {
    let unseen = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{180e}\u{180f}\
        \u{2800}\u{3164}\u{ffa0}\u{fffb}\u{e0001}\u{e0041}\u{e007f}";
    for sign in unseen.chars() {
        let name = format!("{sign}\u{200d}");
        let lacks = Typed { name, ..typed("a") };
        assert_eq!(lacks.checked(), Err(TypedFault::Missing), "{:x}", u32::from(sign));
    }
    for alone in ["\u{200c}", "\u{200d} \u{200d}", "\u{fe0f}", "\u{e0100}", "\u{2028}\u{a0}"] {
        assert_eq!(typed(alone).checked(), Err(TypedFault::Missing), "{}", alone.escape_unicode());
    }
    assert_eq!(typed(&format!("a{unseen}b")).checked().map(|it| it.words), Ok("ab".to_owned()));
    for whole in ["می\u{200c}خواهم", "👩\u{200d}🌾 ❤\u{fe0f}", "क्\u{200d}ष"] {
        assert_eq!(typed(whole).checked().map(|it| it.words), Ok(whole.to_owned()));
    }
}

#[test]
fn oc6_whoever_may_edit_a_thing_publishes_comments_on_it_and_nobody_else() {
    let record = practice();
    let change = by(2, publish(&record, &approved("Toimii.")));
    let judged = |role, projects: &[RecordId]| {
        let caller = caller(&change, role, projects);
        let may = may_moderate(&caller, Kind::Practice, Some(PROJECT));
        assert_eq!(admit(&caller, Some(&record), &change).is_ok(), may, "{role:?}");
        admit(&caller, Some(&record), &change)
    };
    assert_eq!(judged(Role::Coordinator, &[]), Ok(()));
    assert_eq!(judged(Role::Member, &[PROJECT]), Ok(()));
    assert_eq!(judged(Role::Member, &[RecordId([9; 16])]), Err(Refusal::NotAllowed));
    assert_eq!(judged(Role::Reader, &[PROJECT]), Err(Refusal::NotAllowed));
    assert!(!may_moderate(&caller(&change, Role::Coordinator, &[]), Kind::Project, None));
}

#[test]
fn oc9_a_comment_is_published_once_with_both_its_times_and_changes_nothing_else() {
    let mut record = practice();
    let modified = record.modified;
    let change = by(2, publish(&record, &approved("Toimii.")));
    record.apply(&change);
    let published = comments(&record);
    let [comment] = published.as_slice() else { panic!("{published:?}") };
    assert_eq!((comment.item, &comment.typed), (item_of(ID), &typed("Toimii.")));
    assert_eq!((comment.written_ms, comment.arrived_ms), (1_502_372_220_000, 2));
    assert_eq!(comment.published.author, change.author);
    assert_eq!((record.modified, record.has_unpublished()), (modified, false));
    assert!(publish(&record, &approved("Toimii.")).is_empty(), "it is there");
}

#[test]
fn oc9_two_who_publish_at_once_make_one_comment_and_different_words_ask() {
    let start = practice();
    let one = by(2, publish(&start, &approved("Soita [puhelinnumero poistettu].")));
    let fold = |other: &Change| {
        let mut record = start.clone();
        for change in [&one, other] {
            record.apply(change);
        }
        record
    };
    let alike = fold(&by(4, one.ops.clone()));
    assert_eq!((comments(&alike).len(), choices(&alike)), (1, vec![]));
    let otherwise = fold(&by(4, publish(&start, &approved("Soita."))));
    assert_eq!(comments(&otherwise).len(), 1);
    assert!(matches!(choices(&otherwise).as_slice(), [Choice::Item { .. }]));
}

#[test]
fn oc10_the_gate_refuses_a_comment_that_is_longer_or_later_than_any() {
    let record = practice();
    let judged = |comment: &Approved| {
        let change = by(2, publish(&record, comment));
        let caller = Caller {
            account: Some(AccountId(change.author.0)),
            ..caller(&change, Role::Coordinator, &[])
        };
        admit(&caller, Some(&record), &change).map_err(|refusal| refusal.code())
    };
    assert_eq!(judged(&approved("a")), Ok(()));
    let late = Approved { written_ms: u64::MAX, ..approved("a") };
    assert_eq!(judged(&late), Err("does_not_fit"));
    assert_eq!(judged(&approved(&"a".repeat(4_001))), Err("does_not_fit"));
}

#[test]
fn oc1_only_published_practices_and_documents_take_comments() {
    let mut record = practice();
    assert!(is_open(&record));
    let closed = record.publish(false);
    record.apply(&by(5, vec![closed]));
    assert!(!is_open(&record));
    let mut project = Record::new(sample::RECORD);
    let ops = vec![Op::Create { kind: Kind::Project }, project.publish(true)];
    project.apply(&by(1, ops));
    assert!(project.is_published() && !is_open(&project));
}
