//! What comes while somebody decides: into the copy, into the original, and after a suggestion.

use talkoot_core::adopt::offer::{Say, accepted, answering, offers, settling, without};
use talkoot_core::adopt::{Content, Decision, Verdict};
use talkoot_core::choice::choices;
use talkoot_core::id::AccountId;
use talkoot_core::schema::practice_field;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::plain;
use talkoot_core::value::Value;

use crate::at_once::{elsewhere, times};
use crate::offers::{accept, offered};
use crate::workshop::{Side, adopted, original, section, words};

const COLLEAGUE: &str = "Avain on naapurissa.";

/// A copy and its original with an improvement of the tips, and a colleague on another device.
fn in_review() -> (Side, Side, Side) {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Meillä kokoonnutaan iltaisin.");
    original.append("tips", "Kutsukaa myös kunnan väki.");
    let colleague = elsewhere(&copy, 9);
    (original, copy, colleague)
}

#[test]
fn g27_what_a_colleague_writes_while_one_decides_stays_beside_it() {
    let (original, copy, mut colleague) = in_review();
    let seen = copy.folded_anew();
    let merged = copy.receiving(&original).merged(section("tips"));
    colleague.append("tips", COLLEAGUE);
    colleague.edit("tips", &Edit::Insert { line: 0, offset: 0, text: "Aina. ".to_owned() });
    let ways = [Decision::Take, Decision::Keep, Decision::Write(Content::Text(merged))];
    for way in ways {
        let mut copy = copy.clone();
        copy.hear(&colleague);
        copy.receive_as_seen(&original, &seen, &[("tips", way.clone())]);
        let said = words(&copy, "tips");
        for theirs in [COLLEAGUE, "Aina. "] {
            assert_eq!(said.matches(theirs).count(), 1, "{way:?}: {said}");
        }
        let (ours, new) = (said.matches("iltaisin").count(), said.matches("kunnan väki").count());
        let expected = match way {
            Decision::Take => (0, 1),
            Decision::Keep => (1, 0),
            Decision::Write(_) => (1, 1),
        };
        assert_eq!((ours, new), expected, "{way:?}: {said}");
    }
}

#[test]
fn g27_a_value_that_came_while_one_decided_asks() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    let short = |side: &Side, words: &str| {
        vec![side.open.record.set_field(practice_field::SHORT_DESCRIPTION, Value::text(words))]
    };
    original.write(short(&original, "Pöytä kaikille."));
    let seen = copy.folded_anew();
    copy.write(short(&copy, "Pöytä meille."));
    copy.receive_as_seen(&original, &seen, &[("short_description", Decision::Take)]);
    let found = choices(&copy.open.record);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn g27_a_decision_holds_as_long_as_the_original_says_what_it_was_about() {
    let (mut original, mut copy, _) = in_review();
    let decided = copy.improvements(&original).remove(0);
    copy.append("tips", COLLEAGUE);
    original.append("solution", "Muuta.");
    let now = |copy: &Side, original: &Side| {
        let found = copy.improvements(original).into_iter();
        found.filter(|it| it.field.name == "tips").collect::<Vec<_>>().remove(0)
    };
    assert!(now(&copy, &original).is_about(&decided.original));
    original.append("tips", "Ja seurakunta.");
    assert!(!now(&copy, &original).is_about(&decided.original));
}

#[test]
fn g28_what_was_accepted_is_not_suggested_again_with_what_follows() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let first = offered(&mut original, &copy, 7);
    accept(&mut original, &first);
    original.append("tips", "Kirjatkaa sovitut asiat.");
    copy.append("tips", "Lopuksi lauletaan.");
    let second = offered(&mut original, &copy, 8);
    accept(&mut original, &second);
    copy.append("tips", "Ja syödään.");
    let third = offered(&mut original, &copy, 9);
    let text = accepted(&original.open, &original.changes, &third).unwrap();
    let said = plain::plain(&text);
    for line in ["kunnan väki", "lauletaan", "syödään", "Kirjatkaa", "kahvipannu"] {
        assert_eq!(said.matches(line).count(), 1, "{line}: {said}");
    }
}

#[test]
fn g28_a_follower_without_an_edit_of_its_maker_doubles_nothing_either() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let first = offered(&mut original, &copy, 7);
    accept(&mut original, &first);
    copy.append("tips", "Lopuksi lauletaan.");
    let second = offered(&mut original, &copy, 8);
    let bare = talkoot_core::adopt::Offer { edit: None, ..second };
    accept(&mut original, &bare);
    let counts = ["kunnan väki", "lauletaan"].map(|line| times(&original, "tips", line));
    assert_eq!(counts, [1, 1], "{}", words(&original, "tips"));
}

#[test]
fn g28_two_suggestions_that_both_bring_the_same_words_have_them_once() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let first = offered(&mut original, &copy, 7);
    copy.append("tips", "Lopuksi lauletaan.");
    // Made elsewhere while the first one waited, so its edit writes those words as well.
    let mut other = Side::new(original.open.record.id, 9);
    other.changes.extend_from_slice(&original.changes[..original.changes.len() - 1]);
    let mut other = other.clone();
    let second = offered(&mut other, &copy, 8);
    original.hear(&other);
    accept(&mut original, &first);
    accept(&mut original, &second);
    let counts = ["kunnan väki", "lauletaan"].map(|line| times(&original, "tips", line));
    assert_eq!(counts, [1, 1], "{}", words(&original, "tips"));
}

#[test]
fn g28_a_follower_that_is_left_out_leaves_what_was_accepted_before() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let first = offered(&mut original, &copy, 7);
    accept(&mut original, &first);
    copy.append("tips", "Lopuksi lauletaan.");
    let second = offered(&mut original, &copy, 8);
    let mut other = elsewhere(&original, 9);
    accept(&mut original, &second);
    let by = AccountId([9; 16]);
    let ops = answering(&other.open, &second, Say::Decline, "Ei lauleta.", by).unwrap();
    other.write(ops);
    original.hear(&other);
    let text = without(&original.open, &original.changes, &second).unwrap().unwrap();
    let told = offers(&original.open.record).remove(1).answers;
    let declined = told.into_iter().find(|it| it.verdict == Verdict::Declined).unwrap();
    let seen = original.open.text.state();
    let says = talkoot_core::adopt::offer::Written { text: &text, seen: &seen };
    let ops = settling(&original.open, &second, &declined, says).unwrap();
    original.write(ops);
    let counts = ["kunnan väki", "lauletaan"].map(|line| times(&original, "tips", line));
    assert_eq!(counts, [1, 0], "{}", words(&original, "tips"));
}

#[test]
fn g27_what_was_decided_about_is_the_same_after_it_was_kept_as_bytes() {
    use talkoot_core::codec::{decode, encode};
    let side = original();
    for field in talkoot_core::adopt::heritage() {
        let said = talkoot_core::adopt::content(&side.open, field);
        let read: Content = decode(&encode(&said), 65_536).unwrap();
        assert_eq!(read, said, "{}", field.name);
    }
}

#[test]
fn g27_what_was_written_of_both_goes_on_with_what_the_original_says_since() {
    let (mut original, mut copy, _) = in_review();
    let (own_then, original_then) = (copy.folded_anew(), original.folded_anew());
    let mut written = copy.receiving(&original).merged(section("tips"));
    written.extend(crate::workshop::paragraphs(&["Yhdessä."]));
    original.append("tips", "Ja seurakunta.");
    copy.append("tips", COLLEAGUE);
    let receiving = copy.receiving(&original);
    let tips = section("tips");
    let carried = receiving.carried(tips, &written, &own_then, &original_then).unwrap();
    let said = plain::plain(&carried);
    for line in ["iltaisin", "kunnan väki", "Yhdessä.", "Ja seurakunta.", COLLEAGUE] {
        assert_eq!(said.matches(line).count(), 1, "{line}: {said}");
    }
}

#[test]
fn g29_a_new_suggestion_takes_the_place_of_the_one_that_waits() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    offered(&mut original, &copy, 7);
    copy.append("tips", "Lopuksi lauletaan.");
    let second = offered(&mut original, &copy, 8);
    let waiting: Vec<_> = offers(&original.open.record).into_iter().map(|it| it.item).collect();
    assert_eq!(waiting, [second.item]);
    accept(&mut original, &second);
    copy.append("tips", "Ja syödään.");
    let third = offered(&mut original, &copy, 9);
    let all: Vec<_> = offers(&original.open.record).into_iter().map(|it| it.item).collect();
    assert_eq!(all, [second.item, third.item], "what was answered stays");
}
