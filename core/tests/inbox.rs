//! The inbox: what concerns a person, in one order, read or not alike on every device.

use std::collections::BTreeMap;

use proptest::prelude::*;
use talkoot_core::access::{Caller, Role};
use talkoot_core::address;
use talkoot_core::change::discuss::{Mention, Mentioned, Post, Quote, Words};
use talkoot_core::change::note::Following;
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::inbox::{Entry, Reader, What, inbox, reading};
use talkoot_core::notebook::{Notebook, follow, noting};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::{Deed, Latest};
use talkoot_core::schema::{Kind, document_field, practice_field};
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::text::TextDocument;
use talkoot_core::text::anchor::Place;
use talkoot_core::text::edit::Edit;
use talkoot_core::thread::margin::{Passage, State, settle};
use talkoot_core::thread::{Start, Why, answer, edit, post, retract};
use talkoot_core::value::{Scalar, Value};

const THREAD: RecordId = RecordId([9; 16]);
const OTHER: RecordId = RecordId([10; 16]);
const PROJECT: RecordId = RecordId([50; 16]);
/// Whose inbox is read.
const ME: u8 = 1;

fn account(of: u8) -> AccountId {
    AccountId([of; 16])
}

/// Everything that one device holds; account `of` writes on replica `of`.
#[derive(Default)]
struct Device {
    records: BTreeMap<RecordId, OpenRecord>,
    summaries: BTreeMap<RecordId, Summary>,
    counters: BTreeMap<u8, u64>,
    changes: Vec<Change>,
}

impl Device {
    fn open(&mut self, record: RecordId) -> &mut OpenRecord {
        self.records.entry(record).or_insert_with(|| OpenRecord::new(record))
    }

    fn take(&mut self, change: &Change) {
        let open = self.open(change.record);
        open.apply(change);
        if let Some(summary) = Summary::of(open) {
            self.summaries.insert(change.record, summary);
        }
    }

    /// Lets somebody write, and gives the name of the change.
    fn act(&mut self, of: u8, wall_ms: u64, record: RecordId, ops: Vec<Op>) -> ChangeId {
        let replica = ReplicaId([of; 16]);
        let counter = self.counters.entry(of).and_modify(|it| *it += 1).or_insert(1);
        let id = ChangeId { replica, counter: *counter };
        let stamp = Stamp { wall_ms, tick: 0 };
        let previous = self.open(record).record.previous(replica);
        let schema = SCHEMA_VERSION;
        let change = Change { id, previous, stamp, author: account(of), record, schema, ops };
        self.take(&change);
        self.changes.push(change);
        id
    }

    /// Account `of` begins a thread with its first post.
    fn begin(&mut self, of: u8, wall_ms: u64, thread: RecordId, question: bool) -> ChangeId {
        let start = Start { subject: "Kuka kutsuu?", question, ..Start::default() };
        let ops = start.ops(&self.open(thread).record, said("Onko joku?"));
        self.act(of, wall_ms, thread, ops)
    }

    fn say(&mut self, of: u8, wall_ms: u64, thread: RecordId, words: Post) -> ChangeId {
        self.act(of, wall_ms, thread, vec![post(words)])
    }

    fn notebook(&self) -> Notebook {
        let book = self.records.get(&RecordId::notebook_of(account(ME)));
        book.map(|open| Notebook::of(&open.record)).unwrap_or_default()
    }

    fn entries(&self) -> Vec<Entry> {
        let caller = caller();
        let reader = Reader { caller: &caller, notebook: &self.notebook() };
        inbox(reader, self.summaries.values(), &|id| self.summaries.get(&id))
    }

    /// Marks everything that is listed as read.
    fn read_all(&mut self) -> usize {
        let book = RecordId::notebook_of(account(ME));
        let entries = self.entries();
        let known = self.open(book).record.clone();
        let notes = reading(&known, entries.iter());
        let count = notes.len();
        if count > 0 {
            self.act(ME, 9_000, book, noting(&known, notes));
        }
        count
    }

    /// Writes the inbox, an entry a line: what, who, when, and a star where it is unread.
    fn shown(&self) -> Vec<String> {
        let line = |entry: &Entry| {
            let star = if entry.is_unread { " *" } else { "" };
            let (what, by, at) = (entry.what, entry.by.author.0[0], entry.by.stamp.wall_ms);
            format!("{what:?} {by} {at}{star}")
        };
        self.entries().iter().map(line).collect()
    }
}

fn caller() -> Caller {
    Caller { account: Some(account(ME)), role: Role::Member, projects: [PROJECT].into() }
}

fn said(text: &str) -> Post {
    Post { words: Words::plain(text), ..Post::default() }
}

fn reply(to: ChangeId) -> Post {
    Post { reply_to: Some(to), ..said("vastaus") }
}

/// Words that name an account.
fn naming(of: u8) -> Words {
    let mention = Mention { from: 0, until: 5, of: Mentioned::Account(account(of)) };
    Words { text: "@Aino katso".to_owned(), mentions: vec![mention] }
}

fn deed(of: u8, wall_ms: u64) -> Deed {
    let change = ChangeId { replica: ReplicaId([of; 16]), counter: wall_ms };
    Deed { stamp: Stamp { wall_ms, tick: 0 }, change, author: account(of) }
}

/// A question of the reader with what others say to them in it, and a thread that names them.
fn talk() -> Device {
    let mut device = Device::default();
    let first = device.begin(ME, 100, THREAD, true);
    let answered = device.say(2, 200, THREAD, reply(first));
    let own = device.say(ME, 300, THREAD, reply(answered));
    let quote = Some(Quote { post: own, passage: "vastaus".to_owned() });
    device.say(3, 400, THREAD, Post { reply_to: Some(answered), quote, ..said("lainaa") });
    device.begin(4, 150, OTHER, false);
    device.say(4, 500, OTHER, Post { words: naming(ME), ..Post::default() });
    device
}

#[test]
fn in1_the_inbox_lists_who_said_what_to_a_person_about_what_and_when() {
    let device = talk();
    assert_eq!(
        device.shown(),
        ["Called(Named) 4 500 *", "Called(Replied) 3 400 *", "Called(Answered) 2 200 *"]
    );
    let about: Vec<RecordId> = device.entries().iter().map(|entry| entry.record).collect();
    assert_eq!(about, [OTHER, THREAD, THREAD]);
}

#[test]
fn in9_an_entry_leads_to_the_post_that_was_said_to_one_or_to_what_waits() {
    let mut device = talk();
    let own = device.say(ME, 600, THREAD, said("minä"));
    let ops = vec![answer(&device.open(THREAD).record, Some(own))];
    device.act(2, 700, THREAD, ops);
    let address = |entry: &Entry| entry.address(&device.summaries[&entry.record]);
    let lead: Vec<String> = device.entries().iter().map(address).collect();
    let post = |thread, of: u8, counter| {
        let post = ChangeId { replica: ReplicaId([of; 16]), counter };
        format!("/discussions/{thread}-kuka-kutsuu#{}", address::post_anchor(post))
    };
    let thread = format!("/discussions/{THREAD}-kuka-kutsuu");
    assert_eq!(lead, [thread, post(OTHER, 4, 2), post(THREAD, 3, 1), post(THREAD, 2, 1)]);
}

#[test]
fn in1_whose_post_was_accepted_is_told_and_what_else_is_said_there_is_one_entry() {
    let mut device = Device::default();
    device.begin(2, 100, THREAD, true);
    let own = device.say(ME, 200, THREAD, said("minä"));
    let ops = vec![answer(&device.open(THREAD).record, Some(own))];
    device.act(2, 300, THREAD, ops);
    device.say(3, 400, THREAD, said("hienoa"));
    device.say(2, 500, THREAD, said("kiitos"));
    assert_eq!(device.shown(), ["Said 2 500 *", "Called(Accepted) 2 300 *"]);
}

#[test]
fn in11_whoever_suggested_a_change_hears_what_became_of_it_until_it_is_opened_again() {
    let mut device = Device::default();
    let mut text = TextDocument::new(7);
    let line = Edit::AppendParagraph { text: "Kahvila aukeaa.".to_owned() };
    text.edit("body", &line).unwrap();
    let (from, until) = (Place { run: 0, offset: 0 }, Place { run: 0, offset: 7 });
    let passage = Passage::of(&text, "body", text.anchor("body", from, until).unwrap()).unwrap();
    let passage = passage.suggesting(&text, "body", "Kirjasto", 9).unwrap();
    let start = Start {
        subject: "Kahvila",
        about: Some((OTHER, Some(document_field::BODY))),
        passage,
        ..Start::default()
    };
    let ops = start.ops(&device.open(THREAD).record, said("Eikö tämä?"));
    device.act(ME, 100, THREAD, ops);
    for (by, at, state, expected) in [
        (2, 200, State::Declined, &["Called(Declined) 2 200 *"][..]),
        (3, 300, State::Open, &[]),
        (3, 400, State::Accepted, &["Called(Taken) 3 400 *"]),
        (ME, 500, State::Accepted, &[]),
    ] {
        let ops = vec![settle(&device.open(THREAD).record, state)];
        device.act(by, at, THREAD, ops);
        assert_eq!(device.shown(), expected, "{state:?}");
    }
}

#[test]
fn in6_what_waits_is_listed_with_who_caused_it_until_it_is_settled() {
    let mut device = Device::default();
    let document = RecordId([20; 16]);
    let title = |text: &str| {
        let (field, value) = (document_field::TITLE, Value::text(text));
        Op::SetField { field, value, replaces: vec![] }
    };
    device.act(ME, 100, document, vec![Op::Create { kind: Kind::Document }, title("A")]);
    device.act(2, 200, document, vec![title("B")]);
    let original = RecordId([21; 16]);
    device.act(3, 100, original, vec![Op::Create { kind: Kind::Practice }]);
    let copy = RecordId([22; 16]);
    let project = Value::One(Scalar::Record(PROJECT));
    let set = Op::SetField { field: practice_field::PROJECT, value: project, replaces: vec![] };
    device.act(4, 100, copy, vec![Op::Create { kind: Kind::Practice }, set]);
    let practice = device.summaries.get_mut(&copy).unwrap().practice.as_mut().unwrap();
    (practice.origin, practice.improvements, practice.offers) = (Some(original), 3, 2);
    practice.offered_by = Latest::of([deed(5, 400), deed(ME, 450)]);
    let origin = device.summaries.get_mut(&original).unwrap().practice.as_mut().unwrap();
    origin.published_by = Some(deed(3, 300));
    assert_eq!(
        device.shown(),
        ["Suggestions(2) 5 400 *", "Improvements(3) 3 300 *", "Choices(1) 2 200 *"]
    );
    // Read, all of it still waits; settled, it is gone.
    assert_eq!(device.read_all(), 3);
    assert_eq!(
        device.shown(),
        ["Suggestions(2) 5 400", "Improvements(3) 3 300", "Choices(1) 2 200"]
    );
    let settle = device.open(document).record.set_field(document_field::TITLE, Value::text("C"));
    device.act(ME, 500, document, vec![settle]);
    let practice = device.summaries.get_mut(&copy).unwrap().practice.as_mut().unwrap();
    (practice.improvements, practice.offers) = (0, 0);
    assert_eq!(device.shown(), Vec::<String>::new());
}

#[test]
fn in3_the_inbox_is_quiet() {
    let mut device = talk();
    // What others discuss without the person.
    let far = RecordId([11; 16]);
    let begun = device.begin(5, 600, far, true);
    device.say(6, 700, far, reply(begun));
    assert_eq!(device.entries().len(), 3);
    // Whoever says more for the same reason stands in the place of what they said before.
    device.say(4, 800, OTHER, Post { words: naming(ME), ..Post::default() });
    assert_eq!(device.shown()[0], "Called(Named) 4 800 *");
    assert_eq!(device.entries().len(), 3);
    // What was taken back concerns nobody, a muted thread neither, and a followed one does.
    let slip = device.say(2, 900, THREAD, said("väärä"));
    let ops = vec![retract(&device.open(THREAD).record, slip, false)];
    device.act(2, 950, THREAD, ops);
    assert_eq!(device.entries().len(), 3);
    let book = RecordId::notebook_of(account(ME));
    let known = device.open(book).record.clone();
    let notes = [follow(&known, OTHER, Following::Muted), follow(&known, far, Following::Followed)];
    device.act(ME, 960, book, noting(&known, notes));
    assert_eq!(
        device.shown(),
        ["Said 6 700 *", "Called(Replied) 3 400 *", "Called(Answered) 2 200 *"]
    );
}

#[test]
fn in4_what_comes_late_is_unread_although_what_came_after_it_was_read() {
    let mut device = talk();
    device.read_all();
    assert!(device.entries().iter().all(|entry| !entry.is_unread));
    // Written long ago on a device that had no network.
    device.say(7, 450, OTHER, said("myöhässä"));
    assert_eq!(device.shown().iter().filter(|line| line.ends_with('*')).count(), 1);
    assert!(device.shown().contains(&"Said 4 500 *".to_owned()), "{:?}", device.shown());
    // An answer that comes late stands in the place of one that was read.
    device.say(7, 250, THREAD, said("tiedän"));
    assert!(
        device.shown().contains(&"Called(Answered) 7 250 *".to_owned()),
        "{:?}",
        device.shown()
    );
}

#[test]
fn in5_marking_all_as_read_notes_each_record_once_and_nothing_twice() {
    let mut device = talk();
    assert_eq!(device.read_all(), 2, "two threads");
    assert!(device.entries().iter().all(|entry| !entry.is_unread));
    assert_eq!(device.read_all(), 0);
}

#[test]
fn in7_a_mention_that_came_with_an_edit_is_news_and_a_mended_letter_is_none() {
    let mut device = Device::default();
    device.begin(2, 100, THREAD, false);
    let silent = device.say(2, 200, THREAD, said("katsokaa"));
    assert_eq!(device.entries().len(), 0);
    let ops = vec![edit(&device.open(THREAD).record, silent, naming(ME))];
    device.act(2, 300, THREAD, ops);
    assert_eq!(
        device.shown(),
        ["Said 2 200 *", "Called(Named) 2 300 *"]
            .map(str::to_owned)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
    let named = &device.entries()[0];
    let address = named.address(&device.summaries[&named.record]);
    assert!(address.ends_with(&format!("#{}", address::post_anchor(silent))), "{address}");
    device.read_all();
    let mended = Words { text: "@Aino katso!".to_owned(), ..naming(ME) };
    let ops = vec![edit(&device.open(THREAD).record, silent, mended)];
    device.act(2, 400, THREAD, ops);
    assert!(device.entries().iter().all(|entry| !entry.is_unread), "{:?}", device.shown());
}

#[test]
fn in2_a_summary_keeps_what_the_inbox_needs_and_an_older_one_is_read() {
    let device = talk();
    let summary = &device.summaries[&THREAD];
    assert_eq!(codec::decode::<Summary>(&codec::encode(summary), usize::MAX).as_ref(), Ok(summary));
    assert!(summary.thread.as_ref().unwrap().calls.iter().any(|call| call.why == Why::Answered));
    assert!(matches!(device.entries()[0].what, What::Called(Why::Named)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn in2_every_device_lists_the_same_in_the_same_order_read_or_not(
        order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(),
        read_at in 0..3_usize,
    ) {
        let mut one = talk();
        for (step, of) in (0..4_u8).zip([2, 3, 4, 2]) {
            if usize::from(step) == read_at {
                one.read_all();
            }
            let words = Post { words: naming(ME), ..Post::default() };
            one.say(of, 600 + u64::from(step), if step % 2 == 0 { THREAD } else { OTHER }, words);
        }
        let mut other = Device::default();
        for place in order.into_iter().filter(|place| *place < one.changes.len()) {
            other.take(&one.changes[place].clone());
        }
        prop_assert_eq!(one.shown(), other.shown());
        prop_assert!(one.shown().iter().any(|line| line.ends_with('*')));
    }
}
