//! Two who decide or answer alike without knowing of each other: what they decided is there once.

use proptest::prelude::*;
use talkoot_core::adopt::offer::{Say, Written, accepted, answering, offers};
use talkoot_core::adopt::{Content, Decision, Offer, Verdict, content};
use talkoot_core::choice::choices;
use talkoot_core::id::AccountId;
use talkoot_core::schema::practice_field;
use talkoot_core::text::edit::Edit;
use talkoot_core::value::Value;

use crate::at_once::{elsewhere, meet, times, with_offer};
use crate::workshop::{Side, adopted, original, paragraphs, section, words};
use crate::{SECTIONS, any_edit};

/// Decides on two devices of one copy, which meet then.
fn both_decide(copy: &Side, original: &Side, decided: &[(&str, Decision)]) -> (Side, Side) {
    let mut other = elsewhere(copy, 9);
    let mut one = copy.clone();
    one.receive(original, decided);
    other.receive(original, decided);
    let alone = one.clone();
    meet(&mut one, &mut other);
    (alone, one)
}

#[test]
fn g25_the_same_text_written_by_two_at_once_is_there_once() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Meillä kokoonnutaan iltaisin.");
    original.append("tips", "Kutsukaa myös kunnan väki.");
    let text = paragraphs(&["Kokoonnutaan iltaisin.", "Kunta ja seurakunta kutsutaan mukaan."]);
    let write = Decision::Write(Content::Text(text));
    let (alone, met) = both_decide(&copy, &original, &[("tips", write)]);
    assert_eq!(words(&met, "tips"), words(&alone, "tips"));
    assert_eq!(times(&met, "tips", "seurakunta"), 1);
}

#[test]
fn g25_a_passage_that_the_original_deleted_and_two_keep_is_there_once() {
    let mut original = original();
    let copy = adopted(&original, 2);
    original.edit("tips", &Edit::DeleteBlock { block: 1 });
    let (_, met) = both_decide(&copy, &original, &[("tips", Decision::Keep)]);
    assert_eq!(times(&met, "tips", "kahvipannu"), 1);
    assert_eq!(met.improvements(&original), vec![]);
}

#[test]
fn g25_what_one_wrote_in_another_section_does_not_double_what_both_decided() {
    let mut original = original();
    let copy = adopted(&original, 2);
    original.edit("tips", &Edit::DeleteBlock { block: 1 });
    let (mut one, mut other) = (copy.clone(), elsewhere(&copy, 9));
    other.append("needs", "Lisää.");
    for side in [&mut one, &mut other] {
        side.receive(&original, &[("tips", Decision::Keep)]);
    }
    meet(&mut one, &mut other);
    assert_eq!((times(&one, "tips", "kahvipannu"), times(&one, "needs", "Lisää")), (1, 1));
}

#[test]
fn g25_values_that_two_take_alike_ask_nothing() {
    let mut original = original();
    let copy = adopted(&original, 2);
    let record = &original.open.record;
    let short = record.set_field(practice_field::SHORT_DESCRIPTION, Value::text("Uusi lyhyt."));
    let groups = record.add_to_set(practice_field::TARGET_GROUPS, Value::code("older"));
    original.write(vec![short, groups]);
    let decided = [("short_description", Decision::Take), ("target_groups", Decision::Take)];
    let (_, met) = both_decide(&copy, &original, &decided);
    assert_eq!(choices(&met.open.record), vec![]);
    for name in ["short_description", "target_groups"] {
        let field = section(name);
        assert_eq!(content(&met.open, field), content(&original.open, field), "{name}");
    }
}

#[test]
fn g25_what_was_decided_taken_back_and_decided_again_is_there() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    original.edit("tips", &Edit::DeleteBlock { block: 1 });
    let keep = [("tips", Decision::Write(Content::Text(paragraphs(&["Aivan uutta."]))))];
    copy.receive(&original, &keep);
    let written = words(&copy, "tips");
    for _ in 0..2 {
        copy.edit("tips", &Edit::DeleteBlock { block: 0 });
        assert_eq!(times(&copy, "tips", "Aivan uutta."), 0);
        copy.receive(&original, &keep);
        assert_eq!(words(&copy, "tips"), written);
    }
}

proptest! {
    #[test]
    fn g25_two_who_decide_alike_at_once_have_what_one_alone_has(
        before in prop::collection::vec((any::<bool>(), 0..3_usize, any_edit()), 1..10),
        ways in prop::collection::vec(0..3_u8, 3),
    ) {
        let mut original = original();
        let mut copy = adopted(&original, 2);
        for (ours, at, edit) in before {
            let side = if ours { &mut copy } else { &mut original };
            side.edit(SECTIONS[at], &edit);
        }
        let written = || Content::Text(paragraphs(&["Yhdessä sovittu.", "Kahvia on."]));
        let decided: Vec<(&str, Decision)> = copy
            .improvements(&original)
            .iter()
            .zip(ways)
            .map(|(it, way)| match way {
                0 => (it.field.name, Decision::Take),
                1 => (it.field.name, Decision::Keep),
                _ => (it.field.name, Decision::Write(written())),
            })
            .collect();
        let (alone, met) = both_decide(&copy, &original, &decided);
        for name in SECTIONS {
            prop_assert_eq!(words(&met, name), words(&alone, name), "{}", name);
        }
        prop_assert_eq!(met.improvements(&original), vec![]);
    }
}

/// Accepts a suggestion with a line more.
pub(crate) fn accept_with(side: &mut Side, offer: &Offer, seen: &[u8], line: &str) {
    let mut text = offer.text.clone();
    text.extend(paragraphs(&[line]));
    let says = Written { text: &text, seen };
    let by = AccountId([side.replica; 16]);
    let ops = answering(&side.open, offer, Say::Accept(says), "", by).unwrap();
    side.write(ops);
}

#[test]
fn g26_two_who_accept_with_the_same_words_of_their_own_have_them_once() {
    let (mut one, mut other, offer) = with_offer();
    for side in [&mut one, &mut other] {
        let seen = side.open.text.state();
        accept_with(side, &offer, &seen, "Kahvi kuuluu asiaan.");
    }
    meet(&mut one, &mut other);
    assert_eq!(times(&one, "tips", "Kahvi kuuluu"), 1);
    assert_eq!(choices(&one.open.record), vec![]);
    assert_eq!(offers(&one.open.record).remove(0).answers.len(), 2, "both are named");
}

#[test]
fn g26_an_answer_that_came_after_it_was_read_is_not_written_anew() {
    let (mut one, mut other, offer) = with_offer();
    let read = other.open.text.state();
    let seen = one.open.text.state();
    accept_with(&mut one, &offer, &seen, "Kahvi kuuluu asiaan.");
    // The other read it with no network, and answers when the first answer has come.
    other.hear(&one);
    accept_with(&mut other, &offer, &read, "Kahvi kuuluu asiaan.");
    meet(&mut one, &mut other);
    assert_eq!(times(&one, "tips", "Kahvi kuuluu"), 1);
    assert_eq!(words(&one, "tips"), words(&other, "tips"));
}

#[test]
fn g26_two_who_accept_what_has_no_edit_of_its_maker_write_it_once() {
    let (mut one, mut other, offer) = with_offer();
    let bare = Offer { edit: None, ..offer };
    for side in [&mut one, &mut other] {
        let text = accepted(&side.open, &side.changes, &bare).unwrap();
        let seen = side.open.text.state();
        let says = Written { text: &text, seen: &seen };
        let by = AccountId([side.replica; 16]);
        let ops = answering(&side.open, &bare, Say::Accept(says), "", by).unwrap();
        side.write(ops);
    }
    meet(&mut one, &mut other);
    assert_eq!(times(&one, "tips", crate::at_once::NEW_WORDS), 1);
    let told = offers(&one.open.record).remove(0);
    assert!(told.answers.iter().all(|it| it.verdict == Verdict::Accepted));
}
