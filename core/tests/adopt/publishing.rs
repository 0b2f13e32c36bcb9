//! The published version of a practice while its people go on writing.

use std::collections::BTreeMap;

use minicbor::{Encode, to_vec};
use proptest::prelude::*;
use talkoot_core::access::{FitError, Refusal, admit};
use talkoot_core::adopt::{Decided, Decision, Improvement, Receiving, improvements, reasons};
use talkoot_core::change::{Change, Frontier, Op};
use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::{ChangeId, ItemId, RecordId, ReplicaId};
use talkoot_core::limits::REASON_CHARS_MAX;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice::{self, Adoption};
use talkoot_core::published::{published, published_beside};
use talkoot_core::schema::{Kind, practice_field};
use talkoot_core::summary::Summary;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::plain;
use talkoot_core::value::{Scalar, Value};

use crate::workshop::{Side, adopted, original, record, section, words};

/// A practice that was published, and nothing written since.
fn public() -> Side {
    let mut side = original();
    side.write(vec![side.open.record.publish(true)]);
    side
}

fn said(open: &OpenRecord, name: &str) -> String {
    plain::plain(&open.text.blocks(name))
}

/// What readers of a side see.
fn seen(side: &Side) -> OpenRecord {
    published(&side.open, &side.changes).unwrap_or_else(|| side.folded_anew())
}

fn publish_changes(side: &mut Side, reason: &str) {
    side.write(vec![side.open.record.publish_changes(reason)]);
}

/// What the original proposes to a copy, and why.
fn proposed(copy: &Side, original: &Side) -> Vec<(Improvement, Vec<String>)> {
    let (source, before) = sources(copy, original);
    let (knew, now) = (&before.record.frontier, &source.record.frontier);
    let mut why = reasons(source.record.id, &original.changes, knew, now);
    let found = improvements(&copy.open, &source, &before).into_iter();
    let told = |it: Improvement| {
        let words = why.remove(&it.field.tag).unwrap_or_default();
        (it, words.into_iter().map(|reason| reason.words).collect())
    };
    found.map(told).collect()
}

/// The original as the copy receives it now, and as it last did.
fn sources(copy: &Side, original: &Side) -> (OpenRecord, OpenRecord) {
    let (_, lineage) = copy.open.record.lineage().unwrap();
    let source = published_beside(&original.open, &original.changes, &lineage.knew);
    (source.unwrap_or_else(|| original.folded_anew()), copy.before(original))
}

fn adoption_entry(side: &Side) -> Vec<Op> {
    let adoption = Adoption {
        item: ItemId(4),
        project: Some(record(60)),
        copy: None,
        since: None,
        until: None,
        changed: String::new(),
        result: String::new(),
    };
    side.open.record.append_items(practice_field::ADOPTIONS, [(ItemId(4), adoption.to_value())])
}

#[test]
fn g12_readers_see_what_was_published_while_its_people_write_on() {
    let mut side = public();
    assert!(published(&side.open, &side.changes).is_none(), "nothing is newer");
    let before = words(&side, "tips");
    side.append("tips", "Keskeneräinen lau");
    let name = side.open.record.set_field(practice_field::NAME, Value::text("Uusi nimi"));
    side.write(vec![name]);
    let theirs = seen(&side);
    assert_eq!(said(&theirs, "tips"), before);
    assert_eq!(theirs.record.title(), Some("Järjestöneuvosto"));
    assert_eq!(Summary::of(&theirs).map(|it| it.published), Some(true));
    publish_changes(&mut side, "Nimi muuttui.");
    assert!(published(&side.open, &side.changes).is_none());
    assert_eq!(said(&seen(&side), "tips"), words(&side, "tips"));
}

#[test]
fn g12_what_others_note_where_it_belongs_and_the_bin_are_as_they_are_now() {
    let mut side = public();
    side.append("tips", "Keskeneräinen lau");
    side.write(adoption_entry(&side));
    let moved = Value::One(Scalar::Record(record(51)));
    side.write(vec![side.open.record.set_field(practice_field::PROJECT, moved)]);
    let theirs = seen(&side).record;
    assert_eq!(practice::adopters(&theirs), [record(60)]);
    assert_eq!(theirs.project(), Some(record(51)), "who may see it follows from that");
    side.write(vec![side.open.record.trash(true)]);
    assert!(seen(&side).record.is_trashed());
    side.write(vec![side.open.record.publish(false)]);
    assert!(!seen(&side).record.is_published());
}

#[test]
fn g12_a_change_that_writes_and_publishes_publishes_what_it_writes() {
    let mut side = Side::new(record(7), 7);
    let start = &side.open.record;
    let name = start.set_field(practice_field::NAME, Value::text("Heti julki"));
    let ops = vec![Op::Create { kind: Kind::Practice }, name, start.publish(true)];
    side.write(ops);
    assert!(!side.open.record.has_unpublished());
    side.append("tips", "Lisää.");
    assert!(side.open.record.has_unpublished());
    assert_eq!(seen(&side).record.title(), Some("Heti julki"));
    assert_eq!(said(&seen(&side), "tips"), "");
}

#[test]
fn g12_what_a_project_says_of_itself_is_seen_at_once() {
    let mut side = Side::new(record(8), 8);
    let ops = vec![Op::Create { kind: Kind::Project }, side.open.record.publish(true)];
    side.write(ops);
    side.write(vec![side.open.record.set_field(1, Value::text("Nimi"))]);
    assert_eq!(side.open.record.published_version(), None);
    assert!(!side.open.record.has_unpublished());
}

#[test]
fn g13_a_reason_is_kept_and_bounded() {
    let mut side = public();
    side.append("tips", "Lisää.");
    publish_changes(&mut side, "  Kahvi loppui kesken.\n");
    let shown = side.open.record.publication.value().unwrap();
    assert_eq!(shown.reason.as_deref(), Some("Kahvi loppui kesken."));
    publish_changes(&mut side, " ");
    assert_eq!(side.open.record.publication.value().unwrap().reason, None);
    let long = side.draft(vec![side.open.record.publish_changes(&"ä".repeat(1_001))]);
    let judged = admit(&side.caller(), Some(&side.open.record), &long);
    assert_eq!((judged, REASON_CHARS_MAX), (Err(Refusal::Fit(FitError::Publishing)), 1_000));
}

#[test]
fn g13_a_closing_that_is_taken_back_opens_what_was_open() {
    let mut side = public();
    side.append("tips", "Kesken");
    let before = said(&seen(&side), "tips");
    side.write(vec![side.open.record.publish(false)]);
    side.write(vec![side.open.record.reopen()]);
    assert_eq!(said(&seen(&side), "tips"), before);
    side.write(vec![side.open.record.publish(false)]);
    side.write(vec![side.open.record.publish(true)]);
    assert!(!side.open.record.has_unpublished(), "opened anew, it is open as it is");
}

#[test]
fn g13_what_older_programs_published_shows_as_it_is_written() {
    let mut side = original();
    let replaces = Vec::new();
    side.write(vec![Op::Publish { published: true, replaces, version: None, reason: None }]);
    side.append("tips", "Lisää.");
    assert!(!side.open.record.has_unpublished());
    assert_eq!(said(&seen(&side), "tips"), words(&side, "tips"));
}

/// A publishing as older programs write it.
#[derive(Encode)]
enum Older {
    #[n(8)]
    Publish(#[n(0)] bool, #[n(1)] Vec<ChangeId>),
}

#[test]
fn g13_a_publishing_without_a_version_has_the_bytes_that_it_always_had() {
    let replaces = vec![ChangeId { replica: ReplicaId([1; 16]), counter: 3 }];
    let older = to_vec(Older::Publish(true, replaces.clone())).unwrap();
    let op = Op::Publish { published: true, replaces, version: None, reason: None };
    assert_eq!(to_vec(&op).unwrap(), older);
    assert_eq!(minicbor::decode::<Op>(&older).unwrap(), op);
}

#[test]
fn g14_nothing_half_written_is_proposed_and_each_improvement_says_why() {
    let mut original = public();
    let mut copy = adopted(&original, 2);
    original.append("tips", "Kutsukaa myös kunnan väki.");
    assert_eq!(proposed(&copy, &original), vec![], "it is not published yet");
    publish_changes(&mut original, "Kunta puuttui.");
    original.append("solution", "Joku kirjaa sovitut asiat.");
    original.append("tips", "Ja seurakunta.");
    publish_changes(&mut original, "Pöytäkirjoja kaivattiin.");
    original.append("needs", "Kesken");
    let found = proposed(&copy, &original);
    let told: Vec<_> = found.iter().map(|(it, why)| (it.field.name, why.join(" / "))).collect();
    assert_eq!(
        told,
        [
            ("solution", "Pöytäkirjoja kaivattiin.".to_owned()),
            ("tips", "Kunta puuttui. / Pöytäkirjoja kaivattiin.".to_owned()),
        ]
    );
    receive_all(&mut copy, &original);
    assert_eq!(proposed(&copy, &original), vec![]);
    assert_eq!(words(&copy, "tips"), words(&original, "tips"));
    assert!(!words(&copy, "needs").contains("Kesken"));
    publish_changes(&mut original, "Tarve tarkentui.");
    let found = proposed(&copy, &original);
    let told: Vec<_> = found.iter().map(|(it, why)| (it.field.name, why.join(" / "))).collect();
    assert_eq!(told, [("needs", "Tarve tarkentui.".to_owned())], "only what is new says why");
}

fn receive_all(copy: &mut Side, original: &Side) {
    let (source, before) = sources(copy, original);
    let found = improvements(&copy.open, &source, &before);
    let take = || Decided { decision: Decision::Take, seen: &copy.open };
    let decided = found.iter().map(|it| (it.field.tag, take())).collect();
    let ops = Receiving::begin(&copy.open, &source).unwrap().ops(&decided).unwrap();
    copy.write(ops);
}

#[test]
fn g14_adopting_takes_what_is_published_and_a_copy_never_goes_back() {
    let mut original = public();
    original.append("tips", "Keskeneräinen lau");
    let theirs = seen(&original);
    let copy = crate::workshop::adopted_from(&theirs, 2);
    assert_eq!(words(&copy, "tips"), said(&theirs, "tips"));
    assert_eq!(proposed(&copy, &original), vec![]);
    // One that was adopted as a draft knows more than what an earlier version says.
    let ahead = adopted(&original, 3);
    assert_eq!(proposed(&ahead, &original), vec![]);
}

#[test]
fn g15_two_publishings_at_once_are_no_question_and_both_are_published() {
    let start = public();
    let (mut one, mut other) = (start.clone(), start.clone());
    other.replica = 9;
    one.append("tips", "Yksi.");
    publish_changes(&mut one, "Siksi.");
    other.append("solution", "Toinen.");
    publish_changes(&mut other, "Koska.");
    other.append("needs", "Kesken");
    one.hear(&other);
    other.hear(&one);
    assert_eq!(one.open.digest(), other.open.digest());
    assert_eq!(choices(&one.open.record), vec![]);
    let theirs = seen(&one);
    assert!(said(&theirs, "tips").contains("Yksi."));
    assert!(said(&theirs, "solution").contains("Toinen."));
    assert!(!said(&theirs, "needs").contains("Kesken"));
    assert!(one.open.record.has_unpublished());
}

#[test]
fn g15_to_close_and_to_publish_at_once_asks_and_settling_keeps_the_version() {
    let start = public();
    let (mut one, mut other) = (start.clone(), start.clone());
    other.replica = 9;
    one.append("tips", "Yksi.");
    publish_changes(&mut one, "Siksi.");
    one.append("needs", "Kesken");
    other.write(vec![other.open.record.publish(false)]);
    one.hear(&other);
    let asked = choices(&one.open.record);
    assert!(matches!(asked.as_slice(), [Choice::Publication { .. }]), "{asked:?}");
    one.write(vec![one.open.record.publish(true)]);
    assert_eq!(choices(&one.open.record), vec![]);
    assert!(said(&seen(&one), "tips").contains("Yksi."));
    assert!(!said(&seen(&one), "needs").contains("Kesken"));
}

#[test]
fn g16_whether_something_is_unpublished_is_read_off_the_record() {
    let mut side = public();
    side.write(adoption_entry(&side));
    assert!(!side.open.record.has_unpublished(), "others noted something on it");
    let removal = side.open.record.remove_item(practice_field::ADOPTIONS, ItemId(4));
    side.write(vec![removal]);
    side.write(vec![side.open.record.trash(true)]);
    side.write(vec![side.open.record.trash(false)]);
    assert!(!side.open.record.has_unpublished(), "it was in the bin");
    side.edit("tips", &Edit::DeleteBlock { block: 0 });
    assert!(side.open.record.has_unpublished(), "something was deleted");
    side.write(vec![side.open.record.publish(false)]);
    assert!(!side.open.record.has_unpublished(), "nobody sees it");
}

#[test]
fn g16_a_version_that_lies_gives_something_to_read() {
    let mut side = public();
    side.append("tips", "Lisää.");
    for version in [Frontier::new(), Frontier::from([(ReplicaId([77; 16]), 5)])] {
        let (replaces, version) = (side.open.record.publication.replaces(), Some(version));
        side.write(vec![Op::Publish { published: true, replaces, version, reason: None }]);
        let theirs = seen(&side);
        assert_eq!(theirs.record.kind, Some(Kind::Practice));
        assert!(Summary::of(&theirs).is_some());
    }
}

/// What people do to a published practice.
#[derive(Clone, Debug)]
enum Act {
    Write(usize, String),
    Publish,
    Note,
    Swap,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..2_usize, "[a-d]{1,6}").prop_map(|(at, text)| Act::Write(at, text)),
        2 => Just(Act::Publish),
        1 => Just(Act::Note),
        1 => Just(Act::Swap),
    ]
}

fn digest_of_seen(id: RecordId, changes: &[Change]) -> ([u8; 32], Option<[u8; 32]>) {
    let mut open = OpenRecord::new(id);
    for change in changes {
        open.apply(change);
    }
    (open.digest(), published(&open, changes).map(|it| it.digest()))
}

proptest! {
    #[test]
    fn g15_what_is_published_does_not_depend_on_the_order_of_arrival(
        acts in prop::collection::vec(any_act(), 1..12), order in any::<u64>(),
    ) {
        let mut one = public();
        let mut other = one.clone();
        other.replica = 9;
        for act in acts {
            match act {
                Act::Write(at, text) => one.append(["tips", "solution"][at], &text),
                Act::Publish => publish_changes(&mut one, "siksi"),
                Act::Note => one.write(adoption_entry(&one)),
                Act::Swap => std::mem::swap(&mut one, &mut other),
            }
        }
        one.hear(&other);
        let mut shuffled = one.changes.clone();
        let place = |it: &Change| it.id.counter.wrapping_mul(order | 1) ^ u64::from(it.id.replica.0[0]);
        shuffled.sort_by_key(place);
        let id = one.open.record.id;
        prop_assert_eq!(digest_of_seen(id, &one.changes), digest_of_seen(id, &shuffled));
        // Whoever publishes what he sees leaves nothing unpublished.
        publish_changes(&mut one, "");
        prop_assert!(!one.open.record.has_unpublished());
    }
}

#[test]
fn g14_a_section_that_is_kept_says_no_reason_twice() {
    let mut original = public();
    let mut copy = adopted(&original, 2);
    original.append("tips", "Kutsukaa myös kunnan väki.");
    publish_changes(&mut original, "Kunta puuttui.");
    let (source, _) = sources(&copy, &original);
    let keep = Decided { decision: Decision::Keep, seen: &copy.open };
    let keep = BTreeMap::from([(section("tips").tag, keep)]);
    let ops = Receiving::begin(&copy.open, &source).unwrap().ops(&keep).unwrap();
    copy.write(ops);
    assert_eq!(proposed(&copy, &original), vec![]);
}
