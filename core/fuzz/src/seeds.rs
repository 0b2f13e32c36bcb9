//! Inputs that reach far, made by core itself: where a fuzzer starts.

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::discuss::{
    Discuss, Mention, Mentioned, Post, Quote, Standing, Tried, Words,
};
use talkoot_core::change::note::{Following, Note};
use talkoot_core::change::{Frontier, Op, Position};
use talkoot_core::codec::encode;
use talkoot_core::id::{ChangeId, ItemId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::Kind;
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Entry, Hello, Page, Presence, ServerMessage,
};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::prescan::{AwarenessState, encode_awareness, encode_state_vector};
use talkoot_core::text::{TextDocument, markdown, seed_update};
use talkoot_core::value::{PartialDate, Period, PostId, Scalar, Value};

use super::chance::Chance;
use super::change::{AUTHOR, RECORD};
use super::wire;

const FIXTURE: &str = include_str!("../../fixtures/text/yjs_13_6.txt");
const FIELD: &str = "body";

/// Texts with every block and mark, and with what is nearly one.
const SOURCES: [&str; 8] = [
    "# Alku\n\nSovittiin **avaimesta** ja [kahvista](/kahvi \"x\").\n\n- [ ] yksi\n- [x] kaksi\n",
    "| a | b |\n| --- | :-: |\n| c \\| d | `e` |\n\n> lainaus\n>\n> 3. kolme\n>    - neljä\n",
    "<u>alla</u> ***molemmat*** ~~pois~~ a\\\nb<br>c <script>x</script> &amp; &lt; <!-- x -->\n",
    "```rust\nfn a() {}\n```\n\n    koodia\n\n---\n\n[a](javascript:x) ![b](https://c.example)\n",
    "1) a\n2) b\n\n   c\n\n* * *\n\nTitle\n===\n\nSub\n---\n\n\\* ei \\_ \\# \\[\n",
    "[viite]: https://example.org/?a=1&b=(2)\n\n[viite] <https://example.org> a@b.example [^1]\n",
    "- a\n\n  > b\n  >\n  > | c |\n  > | - |\n  > | d |\n\n  # e\n- [x]\n-\n",
    "**a*b**c* __d_e__ `` f`g `` <strong>h</strong><em></em><del>i</del><code>j</code>\u{a0}🎵\n",
];

/// Markdown.
pub fn sources() -> Vec<Vec<u8>> {
    SOURCES.iter().map(|source| source.as_bytes().to_vec()).collect()
}

/// Yjs updates: the editor's, seeds, and what writers make of them.
pub fn updates() -> Vec<Vec<u8>> {
    let lines = FIXTURE.lines().filter(|line| !line.starts_with('#'));
    let mut updates: Vec<Vec<u8>> =
        lines.filter_map(|line| line.split_once(' ')).map(|(_, hex)| from_hex(hex)).collect();
    for source in SOURCES {
        updates.push(seed_update(1, FIELD, &markdown::read(source)));
    }
    let mut writer = TextDocument::new(7);
    let mut edits = vec![Edit::AppendParagraph { text: "kylä 🎵".to_owned() }];
    edits.push(Edit::Insert { line: 0, offset: 2, text: "x".to_owned() });
    edits.push(Edit::Delete { line: 0, offset: 1, units: 2 });
    edits.push(Edit::DeleteBlock { block: 0 });
    updates.extend(edits.iter().filter_map(|edit| writer.edit(FIELD, edit)));
    updates.push(writer.state());
    updates.push(encode_state_vector(&writer.state_vector()));
    for json in
        [r#"{"user":{"name":"Åsa","color":"\u00e5"},"cursor":null}"#, "null", "[1,-2.5e3,true]"]
    {
        updates.push(encode_awareness(&[AwarenessState { client: 7, clock: 2, json }]));
    }
    let mut chance = Chance::new(1);
    for _ in 0..24 {
        let bytes: Vec<u8> = (0..40).map(|_| chance.byte()).collect();
        let mut script = super::script::Script::new(&bytes);
        updates.push(wire::made_up(&mut script, 5, 0, &[(5, 0)]));
    }
    updates
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..hex.len()).step_by(2).filter_map(digit).collect()
}

/// Changes of one record in a row, each with its length before it.
pub fn changes() -> Vec<Vec<u8>> {
    let kinds = Kind::ALL.map(|kind| script(&written(kind, 1)));
    let both = [written(Kind::Project, 1), written(Kind::Project, 2).split_off(1)].concat();
    kinds.into_iter().chain([script(&both), script(&noted())]).collect()
}

/// Puts bytes into a row, each with its length before it.
fn script(parts: &[Vec<u8>]) -> Vec<u8> {
    let part = |part: &Vec<u8>| {
        let len = u16::try_from(part.len()).unwrap_or(u16::MAX);
        [len.to_be_bytes().to_vec(), part.clone()].concat()
    };
    parts.iter().flat_map(part).collect()
}

/// The changes of a record of a kind, by the replica of a number.
fn written(kind: Kind, number: u8) -> Vec<Vec<u8>> {
    signed(kind, number).into_iter().map(|signed| signed.body).collect()
}

pub(super) fn signed(kind: Kind, number: u8) -> Vec<SignedChange> {
    let key = ReplicaKey::from_seed(&[number; 32]);
    let author = Author { account: AUTHOR, key };
    let mine = |counter| ChangeId { replica: author.replica(), counter };
    let mut text = TextDocument::new(u64::from(number).saturating_add(100));
    let paragraph = Edit::AppendParagraph { text: "kylä".to_owned() };
    let update = text.edit(FIELD, &paragraph).unwrap_or_default();
    let mut steps = vec![vec![Op::Create { kind }]];
    for field in kind.schema().fields {
        let field = field.tag;
        for value in values() {
            steps.push(vec![
                Op::SetField { field, value: value.clone(), replaces: vec![mine(2)] },
                Op::AddToSet { field, value: value.clone() },
            ]);
            steps.push(vec![Op::SetField { field, value: value.clone(), replaces: vec![] }]);
            steps.push(vec![Op::AddToSet { field, value }]);
        }
        let entry = Value::Entry([(1, Scalar::Text("x".to_owned()))].into());
        let item = ItemId(4);
        steps.push(vec![Op::PutItem { field, item, value: entry, replaces: vec![] }]);
        let position = Position(vec![128]);
        steps.push(vec![Op::PlaceItem { field, item, position, replaces: vec![] }]);
        steps.push(vec![Op::RemoveItem { field, item, removes: vec![mine(3)] }]);
    }
    steps.extend(discussed(mine(1), mine(2)).into_iter().map(|deed| vec![Op::Discuss { deed }]));
    steps.push(vec![Op::Text { schema: 1, update }]);
    steps.push(vec![Op::Publish {
        published: true,
        replaces: vec![],
        version: None,
        reason: None,
    }]);
    let knew = [(author.replica(), 2)].into();
    steps.push(vec![Op::Trash { trashed: true, replaces: vec![], knew }]);
    // A refused one takes no number: the chain is what the gate would see.
    let mut record = OpenRecord::new(RECORD);
    let mut written = Vec::new();
    for ops in steps {
        let previous = record.record.previous(author.replica());
        let counter = previous.saturating_add(1);
        let stamp = Stamp { wall_ms: counter, tick: 0 };
        let (change, signed) = author.write(Slot { counter, previous, stamp }, RECORD, ops);
        let caller = talkoot_core::access::Caller {
            account: Some(AUTHOR),
            role: talkoot_core::access::Role::Coordinator,
            projects: [].into(),
        };
        if talkoot_core::access::admit(&caller, Some(&record.record), &change).is_ok() {
            record.apply(&change);
            written.push(signed);
        }
    }
    written
}

/// What is said in a thread: `begun` began it, `post` is its first post where the gate took it.
fn discussed(begun: ChangeId, post: ChangeId) -> Vec<Discuss> {
    let of = Mentioned::Account(AUTHOR);
    let mentions = vec![Mention { from: 0, until: 5, of }];
    let words = Words { text: "@kylä, **hei**".to_owned(), mentions };
    let quote = Some(Quote { post, passage: "hei".to_owned() });
    let tried = Some(Tried { practice: RecordId([1; 16]), project: None });
    let said = Post { words: words.clone(), reply_to: Some(post), quote, tried };
    let standing = Standing { retracted: true, moderated: false };
    let word = "thanks".to_owned();
    vec![
        Discuss::Post { post: Post { words: words.clone(), ..Post::default() } },
        Discuss::Post { post: said },
        Discuss::Edit { post, words, replaces: vec![begun] },
        Discuss::React { post, word, given: true, replaces: vec![] },
        Discuss::Answer { post: Some(post), replaces: vec![begun] },
        Discuss::Retract { post, standing, replaces: vec![] },
    ]
}

/// Changes of a notebook, which the gate would take only under its own name: each alone.
fn noted() -> Vec<Vec<u8>> {
    let author = Author { account: AUTHOR, key: ReplicaKey::from_seed(&[1; 32]) };
    let until: Frontier = [(author.replica(), 3)].into();
    let thread = RecordId([1; 16]);
    let note = |note| vec![Op::Note { note }];
    let steps = [
        vec![Op::Create { kind: Kind::Notebook }],
        note(Note::Read { thread, until }),
        note(Note::Follow { record: thread, following: Following::Muted, replaces: vec![] }),
    ];
    let slots = (1..).map(|counter| {
        let stamp = Stamp { wall_ms: counter, tick: 0 };
        Slot { counter, previous: counter.saturating_sub(1), stamp }
    });
    steps.into_iter().zip(slots).map(|(ops, at)| author.write(at, RECORD, ops).1.body).collect()
}

fn values() -> Vec<Value> {
    let date = PartialDate { year: 2024, month: Some(5), day: None };
    let scalars = [
        Scalar::Text("Kylätalo".to_owned()),
        Scalar::Code("fi".to_owned()),
        Scalar::Date(date),
        Scalar::Period(Period { from: Some(date), until: None }),
        Scalar::Record(RecordId([1; 16])),
        Scalar::Account(AUTHOR),
        Scalar::Flag(true),
        Scalar::Moment(1_502_372_220_000),
        Scalar::Post(PostId {
            thread: RECORD,
            post: ChangeId { replica: ReplicaId([2; 16]), counter: 1 },
        }),
    ];
    scalars.into_iter().map(Value::One).chain([Value::Empty]).collect()
}

/// Messages of both ends, alone and in a row.
pub fn messages() -> Vec<Vec<u8>> {
    let key = ReplicaKey::from_seed(&[1; 32]).public();
    let cursor = Cursor { sequence: 3, log: 1, rights: 1 };
    let device = "Laptop".to_owned();
    let hello = ClientMessage::Hello(Hello { protocol: 1, key, device, cursor, waiting: 2 });
    let changes: Vec<SignedChange> = signed(Kind::Document, 1).into_iter().take(4).collect();
    let entry = |change: &SignedChange| Entry::Change {
        record: RECORD,
        arrived_ms: 5,
        change: change.clone(),
    };
    let entries: Vec<Entry> =
        changes.iter().map(entry).chain([Entry::Conceal { record: RECORD }]).collect();
    let page = Page { entries, after: 0, cursor, more: true, from_start: true, makers: Vec::new() };
    let presence = Presence { record: RECORD, state: vec![1, 2, 3] };
    let id = ChangeId { replica: key.replica(), counter: 1 };
    let refused = ServerMessage::Refused { id: Some(id), code: "text_gap".to_owned() };
    let present = ServerMessage::Present {
        account: AUTHOR,
        replica: key.replica(),
        presence: presence.clone(),
    };
    let said = [
        hello,
        ClientMessage::Push(changes),
        ClientMessage::Pull(cursor),
        ClientMessage::Presence(presence),
    ];
    let heard = [ServerMessage::Stored(vec![id]), refused, ServerMessage::Entries(page), present];
    let mut all: Vec<Vec<u8>> = said.iter().map(encode).chain(heard.iter().map(encode)).collect();
    all.push(encode(&said.to_vec()));
    all.push(script(&all));
    all
}

/// Snapshots of a record of each kind, grown change by change.
pub fn snapshots() -> Vec<Vec<u8>> {
    let snapshot = |kind| {
        let mut open = OpenRecord::new(RECORD);
        for body in written(kind, 1) {
            if let Ok(change) = talkoot_core::codec::decode_change(&body) {
                open.apply(&change);
            }
        }
        open.snapshot()
    };
    let mut all: Vec<Vec<u8>> = Kind::ALL.into_iter().map(snapshot).collect();
    all.push(OpenRecord::new(RECORD).snapshot());
    all
}

/// Scripts for [`super::apply`]: chance, and the editor's updates sent as they are.
pub fn scripts() -> Vec<Vec<u8>> {
    let mut chance = Chance::new(2);
    let mut roll = |len| -> Vec<u8> { (0..len).map(|_| chance.byte()).collect() };
    let mut all: Vec<Vec<u8>> = (1..40).map(|at| roll(at * 16)).collect();
    let raw = |update: &Vec<u8>| [vec![0, 0, 6], script(std::slice::from_ref(update))].concat();
    all.extend(updates().iter().map(raw));
    all
}
