//! Offering a section back to the original, and what its people answer.

use talkoot_core::access::{Caller, Refusal, Role, admit};
use talkoot_core::adopt::offer::{Say, Suggestion, Written, accepted, answering, offers, suggest};
use talkoot_core::adopt::{Offer, Verdict, as_known};
use talkoot_core::id::{AccountId, ItemId};
use talkoot_core::text::plain;

use crate::workshop::{Side, adopted, original, record, section, words};

const BY: AccountId = AccountId([1; 16]);

/// Suggests what the copy says in its tips.
pub(crate) fn offered(original: &mut Side, copy: &Side, item: u64) -> Offer {
    let text = copy.open.text.blocks("tips");
    let suggestion = Suggestion {
        item: ItemId(item),
        project: record(60),
        copy: copy.open.record.id,
        section: section("tips"),
        text: &text,
        reason: "Meillä tämä auttoi.",
        client_id: original.fresh_client(),
    };
    let (_, lineage) = copy.open.record.lineage().unwrap();
    let before = as_known(original.open.record.id, &original.changes, &lineage.knew);
    let ops = suggest(&original.open.record, &before, &[suggestion]).unwrap();
    original.write(ops);
    let found = offers(&original.open.record);
    found.into_iter().find(|offer| offer.item == ItemId(item)).unwrap()
}

pub(crate) fn accept(original: &mut Side, offer: &Offer) {
    let text = accepted(&original.open, &original.changes, offer).unwrap();
    let seen = original.open.text.state();
    let say = Say::Accept(Written { text: &text, seen: &seen });
    let ops = answering(&original.open, offer, say, "Kiitos!", BY).unwrap();
    original.write(ops);
}

#[test]
fn g9_an_accepted_offer_is_in_the_original_and_its_offerer_is_asked_nothing() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let offer = offered(&mut original, &copy, 7);
    assert_eq!((offer.reason.as_str(), offer.answer()), ("Meillä tämä auttoi.", None));
    assert_eq!(offer.text, copy.open.text.blocks("tips"));
    accept(&mut original, &offer);
    assert_eq!(words(&original, "tips"), words(&copy, "tips"));
    assert_eq!(copy.improvements(&original), vec![], "both say the same");
    let told = offers(&original.open.record).remove(0).answers.remove(0);
    assert_eq!((told.verdict, told.reason.as_str()), (Verdict::Accepted, "Kiitos!"));
    // Later improvements elsewhere do not double what was accepted.
    original.append("solution", "Joku kirjaa sovitut asiat.");
    let take = talkoot_core::adopt::Decision::Take;
    copy.receive(&original, &[("solution", take)]);
    assert_eq!(words(&copy, "tips").matches("kunnan väki").count(), 1);
}

#[test]
fn g9_what_the_original_wrote_since_the_offer_stays() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    original.append("tips", "Varatkaa aikaa.");
    let offer = offered(&mut original, &copy, 7);
    accept(&mut original, &offer);
    let said = words(&original, "tips");
    assert!(said.contains("kunnan väki") && said.contains("Varatkaa aikaa"), "{said}");
}

#[test]
fn g9_a_declined_offer_changes_no_word_and_says_why() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let before = words(&original, "tips");
    let offer = offered(&mut original, &copy, 7);
    let ops = answering(&original.open, &offer, Say::Decline, "Ei sovi meille.", BY).unwrap();
    original.write(ops);
    assert_eq!(words(&original, "tips"), before);
    let told = offers(&original.open.record).remove(0).answers.remove(0);
    assert_eq!((told.verdict, told.reason.as_str()), (Verdict::Declined, "Ei sovi meille."));
}

#[test]
fn g8_only_those_who_adopted_offer_and_only_its_own_people_answer() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    original.write(vec![original.open.record.publish(true)]);
    let (account, client_id) = (AccountId([original.replica; 16]), original.fresh_client());
    let member = |project: u8| Caller {
        account: Some(account),
        role: Role::Member,
        projects: [record(project)].into(),
    };
    let text = copy.open.text.blocks("tips");
    let suggestion = Suggestion {
        item: ItemId(7),
        project: record(60),
        copy: copy.open.record.id,
        section: section("tips"),
        text: &text,
        reason: "",
        client_id,
    };
    let ops = suggest(&original.open.record, &original.open, &[suggestion]).unwrap();
    let change = original.draft(ops);
    let judged = |caller: Caller| admit(&caller, Some(&original.open.record), &change);
    assert_eq!(judged(member(60)), Ok(()));
    assert_eq!(judged(member(61)), Err(Refusal::NotAllowed), "not in another project's name");

    let mut with_offer = original.clone();
    with_offer.open.apply(&change);
    let offer = offers(&with_offer.open.record).remove(0);
    let ops = answering(&with_offer.open, &offer, Say::Decline, "", BY).unwrap();
    let answer = with_offer.draft(ops);
    let judged = |caller: Caller| admit(&caller, Some(&with_offer.open.record), &answer);
    assert_eq!(judged(member(60)), Err(Refusal::NotAllowed), "nobody accepts their own");
    assert_eq!(judged(member(50)), Ok(()));
}

#[test]
fn g8_an_offer_says_its_words_as_they_were_written() {
    let mut original = original();
    let copy = adopted(&original, 2);
    let offer = offered(&mut original, &copy, 9);
    assert_eq!(plain::plain(&offer.text), words(&copy, "tips"));
    assert_eq!(offer.copy, Some(copy.open.record.id));
}

#[test]
fn f9_whoever_suggests_or_declines_has_not_modified_it_and_whoever_accepts_has() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Kutsukaa myös kunnan väki.");
    let modified = original.open.record.modified;
    let declined = offered(&mut original, &copy, 7);
    let ops = answering(&original.open, &declined, Say::Decline, "", BY).unwrap();
    original.write(ops);
    assert_eq!(original.open.record.modified, modified);
    let taken = offered(&mut original, &copy, 8);
    accept(&mut original, &taken);
    assert!(original.open.record.modified > modified);
}
