//! The Rust half of `tests/agreement`: answers questions about Yjs updates, a line each.
//!
//! `make N` plays seed N and gives the updates that the gate let through;
//! `take HEX…` applies updates that JavaScript made. Both answer with what the
//! document then is. Nothing is compared here: JavaScript asks, and judges.
#![expect(clippy::print_stdout, reason = "this is a program, and its output is the answers")]

use std::io::BufRead as _;

use serde_json::{Value, json};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TextDocument, markdown, merge_updates, seed_update};

#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
#[path = "../../core/fuzz/src/chance.rs"]
mod chance;
#[expect(dead_code, unreachable_pub, reason = "shared with the fuzz targets, which use all of it")]
#[path = "../../core/fuzz/src/script.rs"]
mod script;
#[expect(unreachable_pub, reason = "shared with the fuzz targets")]
#[path = "../../core/fuzz/src/wire.rs"]
mod wire;

use chance::{Chance, twist};

const FIELD: &str = "body";
/// Steps of one seed.
const STEPS: usize = 60;

fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut words = line.split_whitespace();
        let answer = match words.next() {
            Some("make") => make(words.next().and_then(|seed| seed.parse().ok()).unwrap_or(0)),
            Some("take") => take(&words.map(from_hex).collect::<Vec<_>>()),
            _ => json!({ "error": "make N, or take HEX…" }),
        };
        println!("{answer}");
    }
}

/// Plays honest writers and somebody who lies, against one document.
fn make(seed: u64) -> Value {
    let mut chance = Chance::new(seed);
    let source = "# Alku\n\nSovittiin **avaimesta**.\n\n- [ ] yksi\n- kaksi\n\n| a | b |\n| - | - |\n| c | d |\n";
    let mut updates = vec![seed_update(1, FIELD, &markdown::read(source))];
    let mut writers = [10, 11, 12].map(TextDocument::new);
    let mut judge = TextDocument::new(9);
    let mut admitted = Vec::new();
    let (mut refused, mut lies) = (0_u32, 0_u32);
    for step in 0..STEPS {
        let at = chance.below(writers.len());
        let made = match (step, chance.below(8)) {
            (0, _) => updates.first().cloned(),
            (_, 0..=3) => {
                for update in &updates {
                    // What is too early or a lie is left out; most of it is heard.
                    if chance.below(4) > 0 {
                        writers.get_mut(at).map(|writer| writer.apply(update).ok());
                    }
                }
                let edit = edit(&mut chance);
                writers.get_mut(at).and_then(|writer| writer.edit(FIELD, &edit))
            }
            (_, 4 | 5) => {
                let (one, other) = (chance.pick(&updates).cloned(), chance.pick(&updates).cloned());
                Some(twist(&one.unwrap_or_default(), &other.unwrap_or_default(), &mut chance))
            }
            (_, 6) => {
                merge_updates(updates.get(chance.below(updates.len())..).unwrap_or_default()).ok()
            }
            _ => Some(made_up(&mut chance, &judge)),
        };
        let Some(made) = made else { continue };
        let before = judge.state_vector();
        if judge.apply(&made).is_ok() {
            lies = lies.saturating_add(u32::from(step > 0 && judge.state_vector() != before));
            admitted.push(made.clone());
        } else {
            refused = refused.saturating_add(1);
        }
        updates.push(made);
    }
    let mut answer = shown(&judge);
    if let Some(object) = answer.as_object_mut() {
        object.insert("updates".to_owned(), admitted.iter().map(|it| json!(to_hex(it))).collect());
        object.insert("refused".to_owned(), json!(refused));
        object.insert("grew".to_owned(), json!(lies));
    }
    answer
}

fn edit(chance: &mut Chance) -> Edit {
    let (line, offset) = (chance.below(12), u32::from(chance.byte() % 24));
    let words = ["kylä", "🎵", "å ", "x", ""];
    let text = chance.pick(&words).copied().unwrap_or_default().to_owned();
    match chance.below(5) {
        0 => Edit::AppendParagraph { text },
        1 | 2 => Edit::Insert { line, offset, text },
        3 => Edit::Delete { line, offset, units: u32::from(chance.byte() % 6) },
        _ => Edit::DeleteBlock { block: u32::from(chance.byte() % 12) },
    }
}

fn made_up(chance: &mut Chance, judge: &TextDocument) -> Vec<u8> {
    let bytes: Vec<u8> = (0..32).map(|_| chance.byte()).collect();
    let known = judge.state_vector();
    let client = 5 + chance.roll() % 2;
    let clock = known.get(&client).copied().map_or(0, u64::from);
    let each = |(client, end): (&u64, &u32)| {
        let (client, end) = (*client, u64::from(*end));
        (0..end).map(move |clock| (client, clock))
    };
    let ids: Vec<wire::Id> = known.iter().flat_map(each).collect();
    let some: Vec<wire::Id> = (0..200).filter_map(|_| chance.pick(&ids).copied()).collect();
    wire::made_up(&mut script::Script::new(&bytes), client, clock, &some)
}

/// Applies updates in order, each of which has to fit.
fn take(updates: &[Vec<u8>]) -> Value {
    let mut document = TextDocument::new(9);
    for (at, update) in updates.iter().enumerate() {
        if let Err(refused) = document.apply(update) {
            return json!({ "refused": refused.code(), "at": at, "why": refused.to_string() });
        }
    }
    shown(&document)
}

/// What a document is: its state, its clocks, and its text as a tree and as Markdown.
fn shown(document: &TextDocument) -> Value {
    let blocks = document.blocks(FIELD);
    let clocks = document.state_vector().into_iter();
    let clocks: serde_json::Map<String, Value> =
        clocks.map(|(client, clock)| (client.to_string(), json!(clock))).collect();
    json!({
        "state": to_hex(&document.state()),
        "clocks": clocks,
        "whole": document.is_whole(),
        "tree": format!("{blocks:?}"),
        "text": markdown::write(&blocks),
    })
}

fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string cannot fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
        hex
    })
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    (0..hex.len()).step_by(2).filter_map(digit).collect()
}
