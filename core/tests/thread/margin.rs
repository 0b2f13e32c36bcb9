//! Threads in the margin: about a passage that moves, and suggestions that are made once.

use talkoot_core::access::{Caller, Deal, Role, admit, may};
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field, thread_field};
use talkoot_core::text::anchor::Place;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TextDocument, plain};
use talkoot_core::thread::margin::{Acceptance, Passage, State, accepting, reopening, settle};
use talkoot_core::thread::{InMargin, Start, Thread, ThreadSummary};
use talkoot_core::value::{Scalar, Value};

use super::{THREAD, account, act, change, said};

const BODY: &str = "body";

fn text(client: u64) -> TextDocument {
    let mut text = TextDocument::new(client);
    let append = |text: &str| Edit::AppendParagraph { text: text.to_owned() };
    let mut maker = TextDocument::new(3);
    for line in ["Kahvila aukeaa kymmeneltä.", "Tervetuloa!"] {
        text.apply(&maker.edit(BODY, &append(line)).unwrap()).unwrap();
    }
    text
}

/// A thread of account 1 about "aukeaa kymmeneltä", which suggests something in its place or not.
fn margin(text: &TextDocument, suggested: Option<&str>) -> Record {
    let (from, until) = (Place { run: 0, offset: 8 }, Place { run: 0, offset: 25 });
    let anchor = text.anchor(BODY, from, until).unwrap();
    let passage = Passage::of(text, BODY, anchor).unwrap();
    let passage = match suggested {
        Some(words) => passage.suggesting(text, BODY, words, 99).unwrap().unwrap(),
        None => passage,
    };
    let start = Start {
        subject: "aukeaa kymmeneltä",
        about: Some((RecordId([4; 16]), Some(document_field::BODY))),
        passage: Some(passage),
        ..Start::default()
    };
    let mut record = Record::new(THREAD);
    let begun = change(&record, 1, 100, start.ops(&record, said("Liian aikaisin?")));
    let member = Caller { account: Some(account(1)), role: Role::Member, projects: [].into() };
    assert_eq!(admit(&member, None, &begun), Ok(()));
    record.apply(&begun);
    record
}

/// What accepts it, as kept beside a document.
fn accept(record: &Record, text: &TextDocument) -> Option<Acceptance> {
    accepting(&Thread::of(record).unwrap(), text, Kind::Document, BODY, 55).unwrap()
}

fn edit_of(op: &Op) -> Vec<u8> {
    let Op::Accept { update, .. } = op else { return Vec::new() };
    update.clone()
}

fn words(text: &TextDocument) -> String {
    plain::plain(&text.blocks(BODY))
}

#[test]
fn ma4_a_comment_keeps_its_passage_and_its_quote_when_the_text_moves_or_goes() {
    let mut text = text(7);
    let record = margin(&text, None);
    let thread = Thread::of(&record).unwrap();
    let said = thread.margin.as_ref().unwrap();
    assert_eq!((said.quote, said.suggestion, said.state), ("aukeaa kymmeneltä", None, State::Open));
    text.edit(BODY, &Edit::Insert { line: 0, offset: 0, text: "Uusi ".to_owned() });
    let anchor = said.anchor.unwrap();
    assert_eq!(text.find(BODY, &anchor).unwrap().from.offset, 13);
    text.edit(BODY, &Edit::DeleteBlock { block: 0 });
    assert_eq!(text.find(BODY, &anchor), None);
    assert_eq!(thread.margin.as_ref().unwrap().quote, "aukeaa kymmeneltä");
    assert_eq!(accept(&record, &text), None, "it suggests nothing");
}

#[test]
fn ma5_two_who_accept_at_once_bring_the_words_once_and_others_words_stay() {
    let (mut ours, mut theirs) = (text(7), text(8));
    let record = margin(&ours, Some("aukeaa yhdeksältä"));
    let meanwhile = Edit::Insert { line: 0, offset: 14, text: " arkisin".to_owned() };
    let written = theirs.edit(BODY, &meanwhile).unwrap();
    let bring = |text: &TextDocument| edit_of(&accept(&record, text).unwrap().bring);
    let (first, second) = (bring(&ours), bring(&theirs));
    assert_eq!(first, second, "the same bytes");
    ours.apply(&first).unwrap();
    ours.apply(&written).unwrap();
    ours.apply(&second).unwrap();
    theirs.apply(&second).unwrap();
    theirs.apply(&first).unwrap();
    assert_eq!(words(&ours), words(&theirs));
    assert!(words(&ours).contains("Kahvila aukeaa arkisin yhdeksältä."), "{}", words(&ours));
    let empty = TextDocument::new(9);
    assert_eq!(accept(&record, &empty), None, "the text that it was made on has not come");
    theirs.edit(BODY, &Edit::DeleteBlock { block: 0 });
    assert_eq!(accept(&record, &theirs), None, "its passage is gone");
}

#[test]
fn ma5_an_edit_that_writes_anything_but_its_passage_is_not_accepted() {
    let text = text(7);
    let elsewhere = [
        (BODY, Edit::Insert { line: 1, offset: 0, text: "Muualla ".to_owned() }),
        (BODY, Edit::Insert { line: 0, offset: 0, text: "Edellä ".to_owned() }),
        (BODY, Edit::AppendParagraph { text: "Perässä".to_owned() }),
        ("foreign", Edit::AppendParagraph { text: "Kentässä, jota ei ole".to_owned() }),
    ];
    for (field, edit) in elsewhere {
        let mut copy = TextDocument::from_state(98, &text.state()).unwrap();
        let edit = copy.edit(field, &edit).unwrap();
        let mut record = margin(&text, Some("aukeaa yhdeksältä"));
        let op = record.set_field(thread_field::EDIT, Value::One(Scalar::Edit(edit)));
        act(&mut record, 1, 200, op);
        assert_eq!(accept(&record, &text), None, "{field}");
    }
}

#[test]
fn ma9_an_acceptance_that_is_taken_back_leaves_what_others_wrote_and_can_be_given_again() {
    for suggested in ["aukeaa yhdeksältä", ""] {
        let mut text = text(7);
        let mut record = margin(&text, Some(suggested));
        let accepted = accept(&record, &text).unwrap();
        text.apply(&edit_of(&accepted.bring)).unwrap();
        let (back, passage) = accepted.back.unwrap();
        text.edit(BODY, &Edit::Insert { line: 1, offset: 0, text: "Lämpimästi ".to_owned() });
        text.apply(&edit_of(&back)).unwrap();
        assert!(words(&text).contains("Kahvila aukeaa kymmeneltä."), "{}", words(&text));
        assert!(words(&text).contains("Lämpimästi Tervetuloa!"), "{}", words(&text));
        for op in [vec![settle(&record, State::Accepted)], reopening(&record, &passage)].concat() {
            act(&mut record, 2, 300, op);
        }
        let margin = Thread::of(&record).unwrap().margin.unwrap();
        assert_eq!((margin.state, margin.quote), (State::Open, "aukeaa kymmeneltä"));
        let found = text.find(BODY, &margin.anchor.unwrap()).unwrap();
        assert_eq!(found.words, "aukeaa kymmeneltä");
        text.apply(&edit_of(&accept(&record, &text).unwrap().bring)).unwrap();
        let expected = format!("Kahvila {suggested}.");
        assert!(words(&text).contains(&expected), "{}", words(&text));
    }
}

#[test]
fn ma6_a_margin_thread_is_settled_opened_again_and_asks_where_two_settled_it_otherwise() {
    let text = text(7);
    let mut record = margin(&text, Some("aukeaa yhdeksältä"));
    let state = |record: &Record| Thread::of(record).unwrap().margin.unwrap().state;
    let summary = |record: &Record| ThreadSummary::of(record).unwrap().margin.unwrap();
    let anchor = Thread::of(&record).unwrap().margin.unwrap().anchor;
    let open = InMargin { state: State::Open, anchor, suggests: true };
    assert_eq!(summary(&record), open);
    let op = settle(&record, State::Declined);
    act(&mut record, 1, 200, op);
    assert_eq!((state(&record), summary(&record).state), (State::Declined, State::Declined));
    let op = settle(&record, State::Open);
    act(&mut record, 2, 300, op);
    assert_eq!(state(&record), State::Open);

    let (accept, decline) = (settle(&record, State::Accepted), settle(&record, State::Declined));
    let known = record.clone();
    record.apply(&change(&known, 1, 400, vec![accept]));
    record.apply(&change(&known, 3, 401, vec![decline]));
    assert_eq!(talkoot_core::choice::choices(&record).len(), 1);
    assert_eq!(Thread::of(&record).unwrap().asker, Some(account(1)));
}

#[test]
fn ma8_every_member_settles_what_stands_beside_a_text_of_no_project_but_bins_only_their_own() {
    let (record, plain) = (margin(&text(7), None), super::question().0);
    let somebody = Caller { account: Some(account(7)), role: Role::Member, projects: [].into() };
    let reader = Caller { role: Role::Reader, ..somebody.clone() };
    let settled = change(&record, 7, 300, vec![settle(&record, State::Resolved)]);
    assert_eq!(admit(&somebody, Some(&record), &settled), Ok(()));
    assert!(admit(&reader, Some(&record), &settled).is_err());
    assert!(!may(&somebody, &record, Deal::Trash), "it is not theirs");
    assert!(!may(&somebody, &plain, Deal::Edit), "it stands in no margin");
}
