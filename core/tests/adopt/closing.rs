//! What becomes of copies and of readers when an original is closed, or a publishing taken back.

use talkoot_core::adopt::{Standing, reasons, waiting};
use talkoot_core::change::Op;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::published::published;
use talkoot_core::record::{Publication, Record};
use talkoot_core::summary::Summary;
use talkoot_core::text::plain;

use crate::workshop::{Side, adopted, adopted_from, original, words};

/// Something that somebody does to a record, or nothing.
type Act<'a> = &'a dyn Fn(&Record) -> Option<Op>;

/// A practice that was published, and nothing written since.
fn public() -> Side {
    let mut side = original();
    side.write(vec![side.open.record.publish(true)]);
    side
}

/// What readers of a side see.
fn seen(side: &Side) -> OpenRecord {
    published(&side.open, &side.changes).unwrap_or_else(|| side.folded_anew())
}

fn said(open: &OpenRecord) -> String {
    plain::plain(&open.text.blocks("tips"))
}

/// Publishes; gives what was published before and what is now, as an undo needs them.
fn publish(side: &mut Side, reason: &str) -> (Publication, Publication) {
    let before = side.open.record.published_now();
    let op = side.open.record.publish_changes(reason);
    let made = Publication::made_by(&op).unwrap();
    side.write(vec![op]);
    (before, made)
}

fn take_back(side: &mut Side, (before, made): (Publication, Publication)) {
    side.write(vec![side.open.record.take_publishing_back(&made, before)]);
}

#[test]
fn g33_a_publishing_taken_back_shows_the_version_before_and_leaves_what_was_written() {
    let mut side = public();
    side.append("tips", "Ensin.");
    publish(&mut side, "Ensin puuttui.");
    let (first, start) = (said(&seen(&side)), side.open.record.published_version().unwrap());
    side.append("tips", "Sitten.");
    let made = publish(&mut side, "Sitten puuttui.");
    assert!(said(&seen(&side)).contains("Sitten."));

    take_back(&mut side, made);
    assert!(side.open.record.is_published() && side.open.record.has_unpublished());
    assert_eq!(said(&seen(&side)), first, "readers see the version before");
    assert!(words(&side, "tips").contains("Sitten."), "what was written stays written");
    assert_eq!(side.open.record.published_version(), Some(start.clone()));

    // Published again, it comes for the reason that is given then.
    publish(&mut side, "Nyt valmis.");
    let now = seen(&side).record.frontier.clone();
    let why = reasons(side.open.record.id, &side.changes, &start, &now);
    let why: Vec<_> = why.into_values().flatten().map(|it| it.words).collect();
    assert_eq!(why, ["Nyt valmis."]);
}

#[test]
fn g33_taking_a_publishing_back_leaves_what_others_published_meanwhile() {
    let mut one = public();
    let mut other = one.clone();
    other.replica = 9;
    one.append("tips", "Minulta.");
    let made = publish(&mut one, "");
    other.append("tips", "Toiselta.");
    publish(&mut other, "");
    one.hear(&other);
    take_back(&mut one, made.clone());
    let text = said(&seen(&one));
    assert!(text.contains("Toiselta.") && !text.contains("Minulta."), "{text}");
    // Somebody who published what they knew of it stands by that.
    let mut later = public();
    later.append("tips", "Minulta.");
    let made = publish(&mut later, "");
    later.append("tips", "Ja lisää.");
    publish(&mut later, "");
    take_back(&mut later, made);
    assert!(said(&seen(&later)).contains("Ja lisää."));
}

#[test]
fn g34_an_original_that_is_closed_in_the_bin_or_out_of_sight_is_not_received_from() {
    let table: [(&str, Act<'_>, Standing); 5] = [
        ("never published", &|_| None, Standing::Open),
        ("published", &|it| Some(it.publish(true)), Standing::Open),
        ("closed", &|it| Some(it.publish(false)), Standing::Closed),
        ("in the bin", &|it| Some(it.trash(true)), Standing::Binned),
        ("taken out again", &|it| Some(it.trash(false)), Standing::Closed),
    ];
    let mut side = original();
    for (what, op, expected) in table {
        if let Some(op) = op(&side.open.record) {
            side.write(vec![op]);
        }
        assert_eq!(Standing::of(Some(&side.open.record)), expected, "{what}");
        let summary = Summary::of(&side.open);
        assert_eq!(Standing::of_summary(summary.as_ref()), expected, "{what}, by its summary");
    }
    side.write(vec![side.open.record.reopen()]);
    assert_eq!(Standing::of(Some(&side.open.record)), Standing::Open, "and then all goes on");
    let nothing = Record::new(side.open.record.id);
    assert_eq!([Standing::of(None), Standing::of(Some(&nothing))], [Standing::Away; 2]);
    assert_eq!(Standing::of_summary(None), Standing::Away);
}

#[test]
fn g34_what_is_published_waits_for_copies_and_for_those_alone_while_its_original_is_open() {
    let mut side = public();
    let copy = adopted_from(&seen(&side), 2);
    let stranger = adopted(&original(), 3);
    let count = |side: &Side, copy: &Side| waiting(&copy.open, &side.open, &side.changes);
    side.append("tips", "Kutsutaan kunta.");
    assert_eq!(count(&side, &copy), 0, "it is not published");
    publish(&mut side, "");
    assert_eq!(count(&side, &copy), 1);
    assert_eq!(count(&side, &side), 0, "it is no copy");
    assert_eq!(waiting(&stranger.open, &copy.open, &copy.changes), 0, "of another original");
    side.write(vec![side.open.record.publish(false)]);
    assert_eq!(count(&side, &copy), 0, "it is closed");
    side.write(vec![side.open.record.reopen()]);
    assert_eq!(count(&side, &copy), 1);
}
