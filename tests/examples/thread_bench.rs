//! Measures discussions in the engine: 10,000 posts, 2,000 of them in one thread.
//!
//! `thread_bench` prints one JSON object a figure. Time is what the processor spent, as Linux
//! counts it, so other work on the machine matters little. It uses no network and writes nothing.

#![expect(clippy::print_stdout, reason = "printing is all that this program does")]

use std::hint::black_box;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use talkoot_core::access::{Caller, Role, admit};
use talkoot_core::change::discuss::{Mention, Mentioned, Post, Quote, Words};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::thread::{Start, Thread, ThreadSummary, edit, post, react};
use talkoot_tests::cost::{once_s, to_f64};

/// Posts of the long thread.
const LONG: usize = 2_000;
/// The other threads, and the posts of each.
const THREADS: u8 = 160;
const POSTS_EACH: usize = 50;
/// People who write, each on a device of their own.
const WRITERS: usize = 40;

fn main() -> Result<()> {
    let long = written(RecordId([250; 16]), LONG);
    let others: Vec<Vec<Change>> =
        (1..=THREADS).map(|of| written(RecordId([of; 16]), POSTS_EACH)).collect();
    let all = || others.iter().chain([&long]);
    let changes: usize = all().map(Vec::len).sum();
    let folding = once_s(|| {
        for thread in all() {
            black_box(folded(thread));
        }
        Ok(())
    })?;
    say("10,000 posts: folded, ms", folding * 1e3, 1);
    say("a change of a thread: folded, µs", folding / to_f64(changes as u64) * 1e6, 2);
    let open: Vec<OpenRecord> = all().map(|thread| folded(thread)).collect();
    let summing = once_s(|| {
        for thread in &open {
            black_box(Summary::of(thread));
        }
        Ok(())
    })?;
    say("10,000 posts: summed up for lists, ms", summing * 1e3, 1);
    one_long(open.last().context("no thread")?)
}

/// Measures what a person waits for in a thread of 2,000 posts.
fn one_long(open: &OpenRecord) -> Result<()> {
    let record = &open.record;
    let posts = Thread::of(record).map_or(0, |thread| thread.posts.len());
    ensure!(posts == LONG, "{posts} posts");
    let reading = once_s(|| {
        black_box(Thread::of(record));
        Ok(())
    })?;
    say("2,000 posts: read in order, ms", reading * 1e3, 2);
    let summing = once_s(|| {
        black_box(ThreadSummary::of(record));
        Ok(())
    })?;
    say("2,000 posts: summed up, ms", summing * 1e3, 2);
    let whole = once_s(|| {
        black_box(Summary::of(open));
        Ok(())
    })?;
    say("2,000 posts: the whole summary, ms", whole * 1e3, 2);
    let bytes = codec::encode(record);
    let loading = once_s(|| {
        black_box(codec::decode::<Record>(&bytes, usize::MAX)?);
        Ok(())
    })?;
    say("2,000 posts: a snapshot read, ms", loading * 1e3, 2);
    let account = AccountId([7; 16]);
    let caller = Caller {
        account: Some(account),
        role: Role::Member,
        projects: std::collections::BTreeSet::new(),
    };
    let next = change(record, 6, 1_000_000, vec![post(said("Kiitos!".to_owned()))]);
    let judging = once_s(|| {
        admit(&caller, Some(record), &next)?;
        Ok(())
    })?;
    say("2,000 posts: one more judged at the gate, ms", judging * 1e3, 3);
    Ok(())
}

fn folded(changes: &[Change]) -> OpenRecord {
    let mut open = OpenRecord::new(changes.first().map_or(RecordId([0; 16]), |it| it.record));
    for change in changes {
        open.apply(change);
    }
    open
}

/// Writes a thread: answers and quotes, words beside posts, edits, people who are named.
fn written(thread: RecordId, posts: usize) -> Vec<Change> {
    let mut record = Record::new(thread);
    let mut changes: Vec<Change> = Vec::new();
    let mut names: Vec<ChangeId> = Vec::new();
    let subject = "Kuka kutsuu järjestöneuvottelukunnan koolle?";
    for place in 0..posts {
        // Spread over people and earlier posts without chance, so that each run is the same.
        let writer = place * 7 % WRITERS;
        let earlier = names.get(place * 13 % names.len().max(1)).copied();
        let ops = if place == 0 {
            let start = Start { subject, question: true, ..Start::default() };
            start.ops(&record, said("Onko joku jo päättänyt?".to_owned()))
        } else {
            vec![post(words(place, earlier))]
        };
        names.push(put(&mut record, &mut changes, writer, ops));
        let Some(earlier) = earlier else { continue };
        if place.is_multiple_of(5) {
            let by = account((writer + 3) % WRITERS);
            let op = react(&record, by, earlier, "thanks", true);
            put(&mut record, &mut changes, (writer + 3) % WRITERS, vec![op]);
        }
        if place % 20 == 1
            && let Some(last) = names.last().copied()
        {
            let op = edit(&record, last, Words::plain("Toisin sanoin: emme vielä."));
            put(&mut record, &mut changes, writer, vec![op]);
        }
    }
    changes
}

/// Says some lines: every third answers, every tenth quotes and names somebody.
fn words(place: usize, earlier: Option<ChangeId>) -> Post {
    let text = format!(
        "@Olli Viesti {place}. Meillä kävi samoin, ja *kolme* asiaa auttoi:\n\n1. aika\n2. kahvi"
    );
    let mut words = said(text);
    words.reply_to = earlier.filter(|_| place.is_multiple_of(3));
    if place.is_multiple_of(10) {
        let of = Mentioned::Account(account(place % WRITERS));
        words.words.mentions = vec![Mention { from: 0, until: 5, of }];
        words.quote = earlier.map(|post| Quote { post, passage: "kävi samoin".to_owned() });
    }
    words
}

fn said(text: String) -> Post {
    Post { words: Words { text, mentions: Vec::new() }, ..Post::default() }
}

fn account(of: usize) -> AccountId {
    AccountId([byte(of); 16])
}

/// Numbers from 1, because 0 names nobody.
fn byte(of: usize) -> u8 {
    u8::try_from(of + 1).unwrap_or(u8::MAX)
}

fn put(record: &mut Record, changes: &mut Vec<Change>, of: usize, ops: Vec<Op>) -> ChangeId {
    let wall_ms = 1_000 * (changes.len() as u64 + 1);
    let change = change(record, of, wall_ms, ops);
    record.apply(&change);
    let id = change.id;
    changes.push(change);
    id
}

fn change(record: &Record, of: usize, wall_ms: u64, ops: Vec<Op>) -> Change {
    let replica = ReplicaId([byte(of); 16]);
    let previous = record.previous(replica);
    Change {
        id: ChangeId { replica, counter: previous + 1 },
        previous,
        stamp: Stamp { wall_ms, tick: 0 },
        author: account(of),
        record: record.id,
        schema: SCHEMA_VERSION,
        ops,
    }
}

fn say(what: &str, measured: f64, digits: usize) {
    println!("{}", json!({ "what": what, "measured": format!("{measured:.digits$}") }));
}
