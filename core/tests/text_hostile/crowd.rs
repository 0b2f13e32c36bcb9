//! Structs that stand in each other's way, so that placing them takes yrs seconds.

use talkoot_core::text::edit::Edit;
use talkoot_core::text::{Block, Inline, TextDocument, scan_update, seed_update};

use super::FIELD;
use super::bytes::{number, string, update};

/// A document of one line with so many letters, by client 4: they begin at clock 2.
fn line(letters: usize) -> TextDocument {
    let mut writer = TextDocument::new(4);
    writer.edit(FIELD, &Edit::AppendParagraph { text: "a".repeat(letters) }).unwrap();
    writer
}

/// Words of client 5 that claim a place between two letters, or before one.
fn between((left, right): (Option<u64>, u64)) -> Vec<u8> {
    let side = |letter: u64| [number(4), number(letter + 2)].concat();
    let info = if left.is_some() { 0xc4 } else { 0x44 };
    [vec![info], left.map(side).unwrap_or_default(), side(right), string("x")].concat()
}

fn all(places: impl Iterator<Item = (Option<u64>, u64)>) -> Vec<u8> {
    update(5, 0, &places.map(between).collect::<Vec<_>>())
}

#[test]
fn x21_structs_that_crowd_one_place_are_refused() {
    let count = 19_000;
    let crowds = [
        ("one left, many rights", all((0..count).map(|at| (Some(0), at + 1)))),
        ("no left, many rights", all((0..count).map(|at| (None, at + 1)))),
        ("many lefts, one right", all((0..count).rev().map(|at| (Some(at), count + 1)))),
        ("many of both", all((0..count).map(|at| (Some(at / 2), count - at / 2)))),
    ];
    let mut document = line(20_000);
    let before = document.state();
    for (name, crowd) in &crowds {
        let refused = document.apply(crowd).map_err(|refused| refused.code());
        assert_eq!(refused, Err("text_too_large"), "{name}");
        assert_eq!(document.state(), before, "{name}");
    }
    // Those beside one element crowd it whatever the document is: the gate sees it too.
    let gate = scan_update(&crowds[0].1).map_err(|refused| refused.code());
    assert_eq!(gate.map(drop), Err("text_too_large"));
}

#[test]
fn x21_honest_edits_crowd_nothing_however_many_they_are() {
    let paragraph = |at: usize| Block::Paragraph(vec![Inline::plain(&format!("rivi {at}"))]);
    let seed = seed_update(1, FIELD, &(0..800).map(paragraph).collect::<Vec<_>>());
    assert_eq!(scan_update(&seed).map(drop), Ok(()));
    // A week without the others, handed over as one update: everywhere in many lines …
    let mut writer = TextDocument::new(10);
    writer.apply(&seed).unwrap();
    let known = writer.state_vector();
    let insert = |line, offset| Edit::Insert { line, offset, text: "x".to_owned() };
    for at in 0..200 {
        for offset in [0, 3, u32::MAX] {
            writer.edit(FIELD, &insert(at * 4, offset)).unwrap();
        }
    }
    let week = writer.missing(&known);
    // … and all over one line, again and again at its start.
    let mut one = line(1_000);
    let (before, known) = (one.state(), one.state_vector());
    for at in 0..400_u32 {
        let offset = if at % 3 == 0 { 0 } else { at * 7_919 % 1_000 };
        one.edit(FIELD, &insert(0, offset)).unwrap();
    }
    let mut reader = TextDocument::new(12);
    for update in [&seed, &week, &before, &one.missing(&known)] {
        assert_eq!(scan_update(update).map(drop), Ok(()));
        assert_eq!(reader.apply(update), Ok(()));
    }
    // What many wrote at one place is a document all the same.
    assert!(TextDocument::from_state(13, &reader.state()).is_ok());
}
