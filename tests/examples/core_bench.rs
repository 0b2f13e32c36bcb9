//! Measures the engine alone: folding, merging, encoding, scanning, a long history.
//!
//! `core_bench STATE EDITS`: a document with a long history as one update, and each of
//! its edits as an update behind its length (four bytes, big-endian). Prints one JSON
//! object a figure. Time is what the processor spent, as Linux counts it, so other work
//! on the machine matters little. It uses no network and writes nothing.

#![expect(clippy::print_stdout, reason = "printing is all that this program does")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::{Change, Op};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{Policy, TEXT_SCHEMA_VERSION, TextDocument, prescan, scan_update};
use talkoot_core::value::Value;
use talkoot_tests::cost::{once_s, spent_s, to_f64};

/// Changes of one record that are folded.
const CHANGES: u64 = 2_000;
/// People who write at the same time, and what each writes.
const WRITERS: u64 = 20;
const UPDATES_EACH: u32 = 100;
/// Times that the long history is taken in.
const TIMES: usize = 3;
/// What taking in the long history may cost.
const HISTORY_S_MAX: f64 = 0.4;

fn main() -> Result<()> {
    let mut words = env::args().skip(1);
    let mut file =
        || -> Result<Vec<u8>> { Ok(fs::read(words.next().context("core_bench STATE EDITS")?)?) };
    let state = file()?;
    let edits = file()?;
    fold()?;
    merge()?;
    scan(&state)?;
    history(&state, &parts(&edits))
}

fn say(what: &str, measured: &str) {
    println!("{}", json!({ "what": what, "measured": measured }));
}

fn fold() -> Result<()> {
    let (changes, signed): (Vec<Change>, Vec<SignedChange>) = written().into_iter().unzip();
    let count = to_f64(CHANGES);
    let bytes = signed.iter().map(|one| one.body.len()).sum::<usize>();
    let bytes = to_f64(bytes as u64);
    let folding = once_s(|| {
        let mut record = Record::new(RECORD);
        for change in &changes {
            record.apply(change);
        }
        ensure!(record.waiting() == 0, "changes were left waiting");
        Ok(())
    })?;
    say("folding a change, µs", &format!("{:.2}", folding / count * 1e6));
    let encoding = once_s(|| {
        for change in &changes {
            black_box(codec::encode_change(change));
        }
        Ok(())
    })?;
    let rate = bytes / encoding / 1e6;
    say("encoding a change, µs", &format!("{:.2} ({rate:.0} MB/s)", encoding / count * 1e6));
    let key = key().public();
    let opening = once_s(|| {
        for one in &signed {
            key.verify(one)?;
            black_box(one.open()?);
        }
        Ok(())
    })?;
    let each = opening / count * 1e6;
    say("checking a change's signature and decoding it, µs", &format!("{each:.1}"));
    Ok(())
}

const RECORD: RecordId = RecordId([9; 16]);

fn key() -> ReplicaKey {
    ReplicaKey::from_seed(&[20; 32])
}

/// Makes the changes of a document whose title and text are edited in turn.
fn written() -> Vec<(Change, SignedChange)> {
    let author = Author { account: AccountId([3; 16]), key: key() };
    let mut text = TextDocument::new(7);
    let mut title = None;
    let changes = (1..=CHANGES).map(|counter| {
        let stamp = Stamp { wall_ms: 1_000 * counter, tick: 0 };
        let slot = Slot { counter, previous: counter - 1, stamp };
        let ops = match counter {
            1 => vec![Op::Create { kind: Kind::Document }],
            _ if counter % 4 == 0 => {
                let value = Value::text(&format!("Kyläilta {counter}"));
                vec![Op::SetField {
                    field: document_field::TITLE,
                    value,
                    replaces: title.into_iter().collect(),
                }]
            }
            _ => words(&mut text, &format!("sana {counter} "))
                .map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update })
                .into_iter()
                .collect(),
        };
        let is_title = ops.iter().any(|op| matches!(op, Op::SetField { .. }));
        let written = author.write(slot, RECORD, ops);
        if is_title {
            title = Some(written.0.id);
        }
        written
    });
    changes.collect()
}

/// Writes words into the first line, or begins it.
fn words(text: &mut TextDocument, words: &str) -> Option<Vec<u8>> {
    let text_of = || words.to_owned();
    text.edit("body", &Edit::Insert { line: 0, offset: 0, text: text_of() })
        .or_else(|| text.edit("body", &Edit::AppendParagraph { text: text_of() }))
}

fn merge() -> Result<()> {
    let mut base = TextDocument::new(1);
    words(&mut base, "Talkoissa on väkeä. ").context("nothing was written")?;
    let base = base.state();
    let mut each = Vec::new();
    for writer in 2..2 + WRITERS {
        let mut text = TextDocument::from_state(writer, &base)?;
        let typed = (0..UPDATES_EACH).filter_map(|key| {
            let offset = key.wrapping_mul(7) % 20;
            text.edit("body", &Edit::Insert { line: 0, offset, text: "x".into() })
        });
        each.push(typed.collect::<Vec<_>>());
    }
    // In turn, as they would arrive from people who write at the same time.
    let mut updates = Vec::new();
    for place in 0..UPDATES_EACH as usize {
        updates.extend(each.iter().filter_map(|typed| typed.get(place)));
    }
    let merging = once_s(|| {
        let mut text = TextDocument::from_state(1, &base)?;
        for update in &updates {
            text.apply(update)?;
        }
        Ok(())
    })?;
    let each = merging / to_f64(updates.len() as u64) * 1e6;
    let what = format!("merging a small update of {WRITERS} people at one place, µs");
    say(&what, &format!("{each:.2}"));
    let gate = once_s(|| {
        for update in &updates {
            black_box(scan_update(update)?);
        }
        Ok(())
    })?;
    let each = gate / to_f64(updates.len() as u64) * 1e6;
    say("judging a small update at the gate, µs", &format!("{each:.2}"));
    Ok(())
}

fn scan(state: &[u8]) -> Result<()> {
    let scanning = once_s(|| {
        black_box(prescan::scan_bytes(state, &Policy::STATE)?);
        Ok(())
    })?;
    let rate = to_f64(state.len() as u64) / scanning / 1e6;
    say("scanning a large update, MB/s", &format!("{rate:.0}"));
    Ok(())
}

fn history(state: &[u8], edits: &[&[u8]]) -> Result<()> {
    let whole = median_s(|| {
        black_box(TextDocument::from_state(1, state)?);
        Ok(())
    })?;
    say_history("taken in as one update, CPU s", whole);
    let mut out = BTreeMap::new();
    let single = median_s(|| {
        let mut text = TextDocument::new(1);
        for edit in edits {
            text.apply(edit)?;
        }
        out = text.state_vector();
        Ok(())
    })?;
    say_history(&format!("taken in as {} updates, CPU s", edits.len()), single);
    let text = TextDocument::from_state(1, state)?;
    ensure!(text.state_vector() == out, "the two ways of taking it in do not agree");
    let writing = once_s(|| {
        black_box(text.state());
        Ok(())
    })?;
    let bytes = text.state().len();
    say("260,000 edits: given out, ms", &format!("{:.2} ({bytes} bytes)", writing * 1e3));
    Ok(())
}

fn median_s(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begun = spent_s()?;
        work()?;
        times.push(spent_s()? - begun);
    }
    times.sort_by(f64::total_cmp);
    times.get(TIMES / 2).copied().context("nothing was measured")
}

fn say_history(what: &str, seconds: f64) {
    let goal = format!("≤ {HISTORY_S_MAX}");
    let met = seconds <= HISTORY_S_MAX;
    let what = format!("260,000 edits: {what}");
    let measured = format!("{seconds:.3}");
    println!("{}", json!({ "what": what, "measured": measured, "goal": goal, "met": met }));
}

/// Cuts a file into its parts.
fn parts(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((part, rest)) = rest.split_at_checked(length) else { break };
        found.push(part);
        bytes = rest;
    }
    found
}
