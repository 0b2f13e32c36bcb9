//! Two who accept the same suggestion, or answer it in two ways, or adopt for one project, at once.

use talkoot_core::access::{Caller, Refusal, Role, admit};
use talkoot_core::adopt::offer::{Say, Written, accepted, answering, offers, settling, without};
use talkoot_core::adopt::{Offer, Verdict};
use talkoot_core::change::Op;
use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::{AccountId, ItemId};
use talkoot_core::practice::{adopt, adopters, adoptions};
use talkoot_core::record::TextFitError;
use talkoot_core::schema::practice_field;
use talkoot_core::text::{Block, Inline, TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::value::PartialDate;

use crate::alike::accept_with;
use crate::offers::{accept, offered};
use crate::workshop::{Side, adopted, original, record, words};

const TODAY: PartialDate = PartialDate { year: 2019, month: Some(3), day: None };
pub(crate) const NEW_WORDS: &str = "Kutsukaa myös kunnan väki.";

/// Gives the same record on another device.
pub(crate) fn elsewhere(side: &Side, replica: u8) -> Side {
    let mut other = Side::new(side.open.record.id, replica);
    other.hear(side);
    other
}

/// A practice with a suggestion that changes one paragraph and adds another, on two devices.
pub(crate) fn with_offer() -> (Side, Side, Offer) {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.edit("tips", &talkoot_core::text::edit::Edit::DeleteBlock { block: 0 });
    copy.append("tips", NEW_WORDS);
    let offer = offered(&mut original, &copy, 7);
    let other = elsewhere(&original, 9);
    (original, other, offer)
}

/// Lets two devices hear of each other; both end alike.
pub(crate) fn meet(one: &mut Side, other: &mut Side) {
    one.hear(other);
    other.hear(one);
    assert_eq!(one.open.digest(), other.open.digest());
}

fn decline(side: &mut Side, offer: &Offer) {
    let by = AccountId([side.replica; 16]);
    let ops = answering(&side.open, offer, Say::Decline, "Ei sovi.", by).unwrap();
    side.write(ops);
}

pub(crate) fn times(side: &Side, words_of: &str, wanted: &str) -> usize {
    words(side, words_of).matches(wanted).count()
}

#[test]
fn g20_two_who_accept_at_once_have_its_words_once_and_are_asked_nothing() {
    let (mut one, mut other, offer) = with_offer();
    accept(&mut one, &offer);
    accept(&mut other, &offer);
    let (by_one, by_other) = (words(&one, "tips"), words(&other, "tips"));
    meet(&mut one, &mut other);
    assert_eq!(
        (by_one.as_str(), by_other.as_str()),
        (&*words(&one, "tips"), &*words(&one, "tips"))
    );
    assert_eq!(times(&one, "tips", NEW_WORDS), 1);
    assert_eq!(choices(&one.open.record), vec![]);
    let told = offers(&one.open.record).remove(0).answers;
    assert_eq!(told.len(), 2, "both are named");
}

#[test]
fn g20_who_accepts_with_edits_of_their_own_doubles_nothing() {
    let (mut one, mut other, offer) = with_offer();
    accept(&mut one, &offer);
    let mut text = offer.text.clone();
    text.push(Block::Paragraph(vec![Inline::plain("Kahvi kuuluu asiaan.")]));
    let seen = other.open.text.state();
    let say = Say::Accept(Written { text: &text, seen: &seen });
    let ops = answering(&other.open, &offer, say, "", AccountId([9; 16])).unwrap();
    other.write(ops);
    meet(&mut one, &mut other);
    assert_eq!((times(&one, "tips", NEW_WORDS), times(&one, "tips", "Kahvi kuuluu")), (1, 1));
    assert_eq!(choices(&one.open.record), vec![]);
}

/// One accepts and writes on, another declines; both have heard of it.
fn disputed() -> (Side, Side, Offer) {
    let (mut one, mut other, offer) = with_offer();
    accept(&mut one, &offer);
    one.append("tips", "Kirjatkaa sovitut asiat.");
    decline(&mut other, &offer);
    meet(&mut one, &mut other);
    (one, other, offer)
}

#[test]
fn g21_accepted_by_one_and_declined_by_another_asks_with_both_answers() {
    let (one, _, offer) = disputed();
    let found = choices(&one.open.record);
    let [Choice::Answer { offer: item, sides }] = found.as_slice() else { panic!("{found:?}") };
    let mut said: Vec<_> = sides.iter().map(|it| (it.value.verdict, it.author)).collect();
    said.sort_by_key(|(_, author)| *author);
    let both = [(Verdict::Accepted, AccountId([1; 16])), (Verdict::Declined, AccountId([9; 16]))];
    assert_eq!((*item, said.as_slice()), (offer.item, both.as_slice()));
    assert_eq!(times(&one, "tips", NEW_WORDS), 1, "its words are in the text meanwhile");
}

#[test]
fn g21_the_section_without_it_says_what_it_said_and_what_was_written_since() {
    let (mut one, mut other, offer) = disputed();
    let text = without(&one.open, &one.changes, &offer).unwrap().unwrap();
    let declined = offers(&one.open.record).remove(0).answers;
    let declined = declined.into_iter().find(|it| it.verdict == Verdict::Declined).unwrap();
    let seen = one.open.text.state();
    let says = Written { text: &text, seen: &seen };
    let ops = settling(&one.open, &offer, &declined, says).unwrap();
    one.write(ops);
    other.hear(&one);
    assert_eq!(choices(&other.open.record), vec![]);
    let said = words(&other, "tips");
    let lines = ["Kokoonnutaan joka kuukausi.", "Paikalla on kahvipannu.", "Kirjatkaa sovitut"];
    assert!(lines.iter().all(|line| said.matches(line).count() == 1), "{said}");
    assert_eq!(times(&other, "tips", NEW_WORDS), 0);
    let told = offers(&other.open.record).remove(0);
    assert_eq!(told.answers.len(), 1);
    assert_eq!(told.answer().map(|it| it.author), Some(AccountId([9; 16])), "it stays theirs");
}

#[test]
fn g21_words_that_stay_are_settled_without_a_word_of_text() {
    let (mut one, mut other, offer) = disputed();
    let accepted = offers(&one.open.record).remove(0).answers;
    let accepted = accepted.into_iter().find(|it| it.verdict == Verdict::Accepted).unwrap();
    let (now, seen) = (one.open.text.blocks("tips"), one.open.text.state());
    let says = Written { text: &now, seen: &seen };
    let ops = settling(&one.open, &offer, &accepted, says).unwrap();
    assert!(ops.iter().all(|op| op.update().is_none()), "nothing is rewritten");
    one.write(ops);
    other.hear(&one);
    assert_eq!((choices(&other.open.record), times(&other, "tips", NEW_WORDS)), (vec![], 1));
}

#[test]
fn g21_acceptances_that_are_edits_of_several_ask() {
    let (mut one, mut other, offer) = with_offer();
    // As a program wrote it that did not make the edit itself.
    let bare = Offer { edit: None, ..offer };
    let state = one.open.record.field(practice_field::OFFERS).unwrap();
    let mut value = state.items()[0].1.clone();
    if let talkoot_core::value::Value::Entry(parts) = &mut value {
        parts.remove(&practice_field::OFFER_EDIT);
    }
    one.write(vec![one.open.record.put_item(practice_field::OFFERS, bare.item, value)]);
    other.hear(&one);
    accept(&mut one, &bare);
    let seen = other.open.text.state();
    accept_with(&mut other, &bare, &seen, "Kahvi kuuluu asiaan.");
    meet(&mut one, &mut other);
    assert_eq!(times(&one, "tips", NEW_WORDS), 2, "this is why the edit is made once");
    assert!(matches!(choices(&one.open.record).as_slice(), [Choice::Answer { .. }]));
    assert_eq!(without(&one.open, &one.changes, &bare).unwrap(), None);
}

#[test]
fn g22_no_other_bytes_come_under_the_client_of_an_accepted_suggestion() {
    let (mut one, _, offer) = with_offer();
    let edit = offer.edit.clone().unwrap();
    let client = *talkoot_core::text::scan_update(&edit).unwrap().clients.keys().next().unwrap();
    let other_words = |side: &Side| {
        let mut text = TextDocument::from_state(client, &side.open.text.state()).unwrap();
        let line = Block::Paragraph(vec![Inline::plain("Aivan muuta.")]);
        text.rewrite(&[("tips", vec![line])]).unwrap().unwrap()
    };
    let forged = other_words(&one);
    accept(&mut one, &offer);
    let judged = |op: Op| {
        let change = one.draft(vec![op]);
        admit(&one.caller(), Some(&one.open.record), &change)
    };
    let taken = Err(Refusal::Text(TextFitError::Taken { client }));
    assert_eq!(judged(Op::Accept { schema: TEXT_SCHEMA_VERSION, update: forged.clone() }), taken);
    assert_eq!(judged(Op::Text { schema: TEXT_SCHEMA_VERSION, update: forged }), taken);
    assert_eq!(judged(Op::Accept { schema: TEXT_SCHEMA_VERSION, update: edit }), Ok(()));
}

#[test]
fn g23_two_who_adopt_for_one_project_at_once_make_one_entry_that_asks() {
    let mut one = original();
    let mut other = elsewhere(&one, 9);
    one.write(adopt(&one.open.record, record(60), record(2), TODAY, ItemId(1)));
    other.write(adopt(&other.open.record, record(60), record(3), TODAY, ItemId(2)));
    meet(&mut one, &mut other);
    assert_eq!(adopters(&one.open.record), [record(60)]);
    let found = choices(&one.open.record);
    let [Choice::Item { field, item, sides, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((*field, sides.len()), (practice_field::ADOPTIONS, 2));
    let summary = talkoot_core::summary::Summary::of(&one.open).unwrap();
    let asks = |role, project| {
        let projects = [record(project)].into();
        summary.choices_for(&Caller { account: Some(AccountId([3; 16])), role, projects })
    };
    let people =
        [(Role::Member, 60), (Role::Coordinator, 50), (Role::Member, 50), (Role::Reader, 60)];
    let asked = people.map(|(role, project)| asks(role, project));
    assert_eq!(asked, [1, 1, 0, 0], "its project, coordinators, the original's own, readers");
    let kept = sides[1].value.clone();
    one.write(vec![one.open.record.put_item(practice_field::ADOPTIONS, *item, kept)]);
    other.hear(&one);
    assert_eq!(choices(&other.open.record), vec![]);
    let copies: Vec<_> = adoptions(&other.open.record).into_iter().map(|it| it.copy).collect();
    assert_eq!(copies.len(), 1);
}

#[test]
fn g23_whoever_takes_the_name_of_a_projects_entry_keeps_nobody_from_adopting() {
    let mut one = original();
    one.write(adopt(&one.open.record, record(60), record(2), TODAY, ItemId(1)));
    let own = adoptions(&one.open.record)[0].item;
    let squatter = talkoot_core::practice::Adoption {
        item: own,
        project: Some(record(61)),
        copy: None,
        since: None,
        until: None,
        changed: String::new(),
        result: String::new(),
    };
    one.write(vec![one.open.record.put_item(practice_field::ADOPTIONS, own, squatter.to_value())]);
    one.write(adopt(&one.open.record, record(60), record(3), TODAY, ItemId(1)));
    assert_eq!(adopters(&one.open.record), [record(60), record(61)]);
    // Adopting again keeps the entry and what it says.
    one.write(adopt(&one.open.record, record(60), record(4), TODAY, ItemId(5)));
    assert_eq!(adoptions(&one.open.record).len(), 2);
}

#[test]
fn g23_nobody_marks_an_entry_that_is_nobodys() {
    let mut one = original();
    one.write(vec![one.open.record.publish(true)]);
    let stranger = Caller {
        account: Some(AccountId([1; 16])),
        role: Role::Member,
        projects: [record(61)].into(),
    };
    let place = one.open.record.place_item(practice_field::ADOPTIONS, ItemId(3), 0);
    let remove = one.open.record.remove_item(practice_field::ADOPTIONS, ItemId(3));
    for op in [place, remove] {
        let change = one.draft(vec![op]);
        let judged = admit(&stranger, Some(&one.open.record), &change);
        assert_eq!(judged, Err(Refusal::NotAllowed));
    }
}

#[test]
fn g24_an_edit_that_does_more_than_its_suggestion_says_is_not_brought() {
    let (mut one, _, offer) = with_offer();
    let before = words(&one, "solution");
    let mut text = TextDocument::from_state(77_777, &one.open.text.state()).unwrap();
    let wanted = [("tips", offer.text.clone()), ("solution", Vec::new())];
    let edit = text.rewrite(&wanted).unwrap();
    let sly = Offer { edit, ..offer };
    let said = accepted(&one.open, &one.changes, &sly).unwrap();
    assert_eq!(said, sly.text, "its section says what was suggested");
    accept(&mut one, &sly);
    assert_eq!(words(&one, "solution"), before);
    assert_eq!(times(&one, "tips", NEW_WORDS), 1);
}

#[test]
fn g24_words_that_came_while_a_suggestion_was_edited_stay() {
    let (mut one, _, offer) = with_offer();
    let seen = one.open.text.state();
    let text = accepted(&one.open, &one.changes, &offer).unwrap();
    one.append("tips", "Tuli tällä välin.");
    let says = Written { text: &text, seen: &seen };
    let ops = answering(&one.open, &offer, Say::Accept(says), "", AccountId([1; 16])).unwrap();
    one.write(ops);
    assert_eq!((times(&one, "tips", NEW_WORDS), times(&one, "tips", "tällä välin")), (1, 1));
}
