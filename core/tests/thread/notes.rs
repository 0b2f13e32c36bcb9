//! Notebooks: what was read, what is followed, and that nobody else sees it.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Deal, FitError, Refusal, Role, admit, may};
use talkoot_core::audience::Audience;
use talkoot_core::change::note::{Following, Note};
use talkoot_core::change::{Frontier, Op};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::notebook::{Notebook, follow, noting, read_but, reading, reading_until};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;
use talkoot_core::thread::{Thread, ThreadSummary, post, react};

use super::{THREAD, account, act, change, question, said};

fn own(of: u8) -> Record {
    Record::new(RecordId::notebook_of(account(of)))
}

fn caller(of: u8, role: Role) -> Caller {
    Caller { account: Some(account(of)), role, projects: BTreeSet::new() }
}

/// Lists what account 2 has not read.
fn unread(notebook: &Record, thread: &Record) -> Vec<ChangeId> {
    let (notes, view) = (Notebook::of(notebook), Thread::of(thread).unwrap());
    let unread = notes.unread(account(2), THREAD, &view);
    let summary = ThreadSummary::of(thread).unwrap();
    assert_eq!(notes.is_unread(account(2), THREAD, &summary), !unread.is_empty());
    unread
}

#[test]
fn di11_what_others_posted_is_unread_until_it_is_marked() {
    let (mut thread, first) = question();
    let mut notebook = own(2);
    act(&mut thread, 2, 150, post(said("oma")));
    assert_eq!(unread(&notebook, &thread), [first]);
    let ops = noting(&notebook, reading(&notebook, &thread));
    notebook.apply(&change(&notebook, 2, 200, ops));
    assert_eq!(unread(&notebook, &thread), []);
    assert_eq!(reading(&notebook, &thread), None, "nothing new to note");
    let reacted = react(&thread, account(3), first, "thanks", true);
    act(&mut thread, 3, 300, reacted);
    assert_eq!(unread(&notebook, &thread), [], "a reaction is nothing to read");
    let late = act(&mut thread, 3, 50, post(said("vanhalla kellolla")));
    assert_eq!(unread(&notebook, &thread), [late], "what came late is unread, however old");
}

#[test]
fn di11_marks_of_two_devices_add_up_in_either_order() {
    let (mut thread, _) = question();
    let start = own(2);
    // The phone reads what account 1 wrote, the laptop what account 3 wrote.
    let phone = thread.clone();
    act(&mut thread, 3, 200, post(said("uusi")));
    let of_phone = change(&start, 2, 300, noting(&start, reading(&start, &phone)));
    let of_laptop = change(&start, 12, 250, noting(&start, reading(&start, &thread)));
    let fold = |changes: [&_; 2]| {
        let mut record = start.clone();
        for change in changes {
            record.apply(change);
        }
        record
    };
    let (one, other) = (fold([&of_phone, &of_laptop]), fold([&of_laptop, &of_phone]));
    assert_eq!(one, other);
    assert_eq!(unread(&one, &thread), []);
}

#[test]
fn di11_what_was_not_seen_stays_unread_with_what_its_replica_said_after_it() {
    let (mut thread, first) = question();
    let [second, third] = [200, 300].map(|at| act(&mut thread, 3, at, post(said("toinen"))));
    let other = act(&mut thread, 4, 400, post(said("muu")));
    let mut notebook = own(2);
    let mut read = |at: u64, unseen: &[ChangeId]| {
        let until = read_but(&thread, unseen.iter().copied());
        let is_noted = Notebook::of(&notebook).has_read_until(THREAD, &until);
        let note = reading_until(&notebook, THREAD, until);
        assert_eq!(is_noted, note.is_none(), "whoever asks first writes no empty note");
        let ops = noting(&notebook, note);
        notebook.apply(&change(&notebook, 2, at, ops));
        unread(&notebook, &thread)
    };
    assert_eq!(read(500, &[third, second]), [second, third]);
    assert_eq!(read(600, &[first, second]), [second, third], "marks only add up");
    assert_eq!(read(700, &[third]), [third]);
    assert_eq!(read(800, &[other]), [], "what was read once stays read");
    let nothing = Frontier::new();
    assert!(Notebook::default().has_read_until(THREAD, &nothing), "nothing is read already");
}

#[test]
fn di12_two_devices_begin_one_notebook_and_nothing_else_has_its_name() {
    let start = own(2);
    let note = |record: &Record| follow(record, THREAD, Following::Followed);
    let one = change(&start, 2, 100, noting(&start, [note(&start)]));
    let other = change(&start, 12, 200, noting(&start, [note(&start)]));
    let reader = caller(2, Role::Reader);
    assert_eq!(admit(&reader, None, &one), Ok(()));
    let mut record = start.clone();
    record.apply(&one);
    assert_eq!(admit(&reader, Some(&record), &other), Ok(()), "begun twice");
    record.apply(&other);
    assert_eq!(Notebook::of(&record).following(THREAD), Following::Followed);
    let named = Err(Refusal::Fit(FitError::Notebook));
    let squat = change(&start, 3, 100, vec![Op::Create { kind: Kind::Document }]);
    assert_eq!(admit(&caller(3, Role::Member), None, &squat), named);
    let foreign = change(&start, 3, 100, noting(&start, [note(&start)]));
    assert_eq!(admit(&caller(3, Role::Coordinator), None, &foreign), named);
    let astray = Record::new(THREAD);
    let astray = change(&astray, 2, 100, noting(&astray, [note(&start)]));
    assert_eq!(admit(&reader, None, &astray), named);
}

#[test]
fn di13_nobody_else_sees_a_notebook_coordinators_or_not() {
    let mut record = own(2);
    let begin = noting(&record, [follow(&record, THREAD, Following::Muted)]);
    record.apply(&change(&record, 2, 100, begin));
    let audience = Audience::of(&record);
    for role in [Role::Reader, Role::Member, Role::Coordinator] {
        for (of, expected) in [(2, true), (3, false)] {
            let caller = caller(of, role);
            assert_eq!(may(&caller, &record, Deal::See), expected);
            assert_eq!(audience.includes(&caller), expected, "{role:?} {of}");
        }
    }
    let anyone = Caller { account: None, role: Role::Anyone, projects: BTreeSet::new() };
    assert!(!audience.includes(&anyone) && !may(&anyone, &record, Deal::See));
    let mut open = OpenRecord::new(record.id);
    open.record = record;
    assert_eq!(Summary::of(&open), None, "no list shows it");
}

#[test]
fn di18_one_hears_of_what_one_takes_part_in_or_follows_and_not_of_what_is_muted() {
    let (mut thread, _) = question();
    let hears = |thread: &Record, notebook: &Record, of: u8| {
        let mut open = OpenRecord::new(THREAD);
        open.record = thread.clone();
        Notebook::of(notebook).hears_of(account(of), &Summary::of(&open).unwrap())
    };
    let mut notebook = own(2);
    assert!(hears(&thread, &notebook, 1) && !hears(&thread, &notebook, 2));
    act(&mut thread, 2, 200, post(said("minäkin")));
    assert!(hears(&thread, &notebook, 2));
    let mute = noting(&notebook, [follow(&notebook, THREAD, Following::Muted)]);
    notebook.apply(&change(&notebook, 2, 300, mute));
    assert!(!hears(&thread, &notebook, 2));
    let note = follow(&notebook, THREAD, Following::Followed);
    assert!(matches!(&note, Note::Follow { replaces, .. } if replaces.len() == 1));
    let ops = noting(&notebook, [note]);
    notebook.apply(&change(&notebook, 2, 400, ops));
    assert!(hears(&thread, &notebook, 2));
}
