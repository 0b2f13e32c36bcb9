//! Prints what the costliest updates that pass the gate cost, and what a checked snapshot does.
//!
//! `cargo run --release --bin cost` in `core/fuzz`. Figures, no judgement.

use std::time::Instant;

use talkoot_core::text::edit::Edit;
use talkoot_core::text::prescan::{Policy, scan_bytes};
use talkoot_core::text::{Block, Inline, TextDocument, scan_update, seed_update};
use talkoot_fuzz::wire::{number, string};

const FIELD: &str = "body";

/// Writes an update of client 5 with the structs given.
fn update(structs: &[Vec<u8>]) -> Vec<u8> {
    let head = [number(1), number(structs.len() as u64), number(5), number(0)].concat();
    [head, structs.concat(), number(0)].concat()
}

/// Words `x` of client 5 between two letters of client 4's line, whose first letter is 2.
fn between(left: Option<u64>, right: u64) -> Vec<u8> {
    let side = |letter: u64| [number(4), number(letter.saturating_add(2))].concat();
    let info = if left.is_some() { 0xc4 } else { 0x44 };
    [vec![info], left.map(side).unwrap_or_default(), side(right), string("x")].concat()
}

/// A document of one line with so many letters, by client 4.
fn line(letters: usize) -> TextDocument {
    let mut writer = TextDocument::new(4);
    writer.edit(FIELD, &Edit::AppendParagraph { text: "a".repeat(letters) });
    writer
}

fn show(name: &str, document: &mut TextDocument, bytes: &[u8], policy: &Policy) {
    let started = Instant::now();
    let scanned = scan_bytes(bytes, policy).is_ok();
    let scan = started.elapsed();
    let gate = scan_update(bytes).map_or_else(|refused| refused.code(), |_| "admitted");
    let started = Instant::now();
    let answer = document.apply_with(bytes, policy).map_or_else(|it| it.code(), |()| "applied");
    let apply = started.elapsed();
    println!(
        "{name}: {} bytes, scan {:.2} ms ({scanned}), gate {gate}, {answer} in {:.1} ms",
        bytes.len(),
        scan.as_secs_f64() * 1e3,
        apply.as_secs_f64() * 1e3
    );
}

fn hostile(count: u64, policy: &Policy) {
    let letters = usize::try_from(count).unwrap_or(0).saturating_add(2);
    let one_left: Vec<_> = (0..count).map(|at| between(Some(0), at + 1)).collect();
    let no_left: Vec<_> = (0..count).map(|at| between(None, at + 1)).collect();
    let one_right: Vec<_> = (0..count).rev().map(|at| between(Some(at), count + 1)).collect();
    let apart: Vec<_> = (0..count).map(|at| between(Some(at / 2), count - at / 2)).collect();
    for (name, structs) in [
        ("one left, many rights", one_left),
        ("no left, many rights", no_left),
        ("many lefts, one right", one_right),
        ("many of both", apart),
    ] {
        let name = format!("{count} structs, {name}");
        show(&name, &mut line(letters), &update(&structs), policy);
    }
}

fn honest() {
    let paragraph = |at: usize| Block::Paragraph(vec![Inline::plain(&format!("rivi {at}"))]);
    let blocks: Vec<_> = (0..6_600).map(paragraph).collect();
    let seed = seed_update(1, FIELD, &blocks);
    let mut document = TextDocument::new(2);
    show("6,600 paragraphs", &mut document, &seed, &Policy::UPDATE);
    let long = vec![Block::Paragraph(vec![Inline::plain(&"kylä ".repeat(170_000))])];
    show(
        "1 MB of words",
        &mut TextDocument::new(2),
        &seed_update(1, FIELD, &long),
        &Policy::UPDATE,
    );
    // Each line gets a word at its start, its middle and its end, in one update.
    let known = document.state_vector();
    for at in 0..2_000 {
        for offset in [0, 3, u32::MAX] {
            document.edit(FIELD, &Edit::Insert { line: at, offset, text: "x".to_owned() });
        }
    }
    let missing = document.missing(&known);
    let mut other = TextDocument::new(3);
    other.apply(&seed).unwrap_or_default();
    show("6,000 words into 2,000 lines", &mut other, &missing, &Policy::UPDATE);
    let mut writer = line(20_000);
    let (before, known) = (writer.state(), writer.state_vector());
    for at in 0..3_000_u32 {
        let offset = at.wrapping_mul(7_919) % 20_000;
        writer.edit(FIELD, &Edit::Insert { line: 0, offset, text: "x".to_owned() });
    }
    let mut other = TextDocument::new(3);
    other.apply(&before).unwrap_or_default();
    show("3,000 scattered words in one line", &mut other, &writer.missing(&known), &Policy::UPDATE);
    let started = Instant::now();
    let state = document.state();
    let again = TextDocument::from_state(1, &state);
    let same = again.is_ok_and(|again| again.digest(&[FIELD]) == document.digest(&[FIELD]));
    println!(
        "a checked snapshot of {} bytes: {:.1} ms ({same})",
        state.len(),
        started.elapsed().as_secs_f64() * 1e3
    );
}

fn main() {
    honest();
    // So many structs, each beside all before it, are the most that pass.
    hostile(Policy::UPDATE.steps_max.saturating_mul(2).isqrt(), &Policy::UPDATE);
    hostile(19_000, &Policy::UPDATE);
    // What it would cost without the bound.
    hostile(5_000, &Policy { steps_max: u64::MAX, ..Policy::UPDATE });
}
