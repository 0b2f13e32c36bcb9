//! The other end of the wire: bytes that JavaScript wrote, read here.
//!
//! The fixture says how it was made. What must hold: the scan takes what the
//! editor writes, both sides show the same, and a seed is the very update that
//! y-prosemirror would have sent.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests are tests")]

use std::error::Error;

use talkoot_core::text::markdown;
use talkoot_core::text::{Block, Cell, CheckItem, Inline, Marks, TextDocument, seed_update};

const FIXTURE: &str = include_str!("../fixtures/text/yjs_13_6.txt");

fn updates(name: &str) -> Vec<Vec<u8>> {
    let lines = FIXTURE.lines().filter(|line| !line.starts_with('#'));
    let named = lines.filter_map(|line| line.split_once(' ')).filter(|(key, _)| *key == name);
    named.map(|(_, hex)| bytes(hex)).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}

fn document(updates: &[Vec<u8>]) -> Result<TextDocument, Box<dyn Error>> {
    let mut document = TextDocument::new(7);
    for update in updates {
        document.apply(update)?;
    }
    Ok(document)
}

fn text(words: &str, change: impl Fn(&mut Marks)) -> Inline {
    let mut marks = Marks::default();
    change(&mut marks);
    Inline::Text { text: words.to_owned(), marks }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![Inline::plain(words)])
}

/// The tree that the fixture's script built with ProseMirror.
fn tree() -> Vec<Block> {
    let cell = |is_header, words| Cell::plain(is_header, vec![paragraph(words)]);
    vec![
        Block::Heading { level: 1, content: vec![Inline::plain("Kylätalo ja 🎵 kuoro")] },
        Block::Paragraph(vec![
            Inline::plain("Sovittiin, että "),
            text("avain", |marks| marks.bold = true),
            text(" on ", |marks| {
                marks.bold = true;
                marks.italic = true;
            }),
            text("täällä", |marks| {
                marks.link = Some("https://example.org/avain?a=1".to_owned());
            }),
            Inline::plain("."),
            Inline::LineBreak,
            text("Uusi rivi", |marks| marks.underline = true),
        ]),
        Block::BulletList(vec![
            vec![paragraph("yksi")],
            vec![
                paragraph("kaksi"),
                Block::NumberedList { start: 3, items: vec![vec![paragraph("kolme")]] },
            ],
        ]),
        Block::CheckList(vec![
            CheckItem { checked: true, content: vec![paragraph("tehty")] },
            CheckItem {
                checked: false,
                content: vec![Block::Paragraph(vec![text("kesken", |marks| marks.strike = true)])],
            },
        ]),
        Block::Quote(vec![Block::Paragraph(vec![text("lainaus", |marks| marks.code = true)])]),
        Block::Table(vec![
            vec![cell(true, "Nimi"), cell(true, "Määrä")],
            vec![cell(false, "tuoli"), Cell { widths_px: vec![120], ..cell(false, "40") }],
        ]),
        Block::Rule,
        Block::Paragraph(Vec::new()),
    ]
}

#[test]
fn x7_what_the_editor_writes_is_read_as_the_same_tree() -> Result<(), Box<dyn Error>> {
    let document = document(&updates("first"))?;
    assert_eq!(document.blocks("body"), tree());
    assert!(!document.is_empty("body"));
    assert!(document.is_empty("summary"));
    Ok(())
}

#[test]
fn x10_a_seed_is_the_update_that_the_editor_would_send() {
    assert_eq!(vec![seed_update(1001, "body", &tree())], updates("first"));
}

#[test]
fn x8_both_ends_merge_concurrent_edits_into_the_same_text() -> Result<(), Box<dyn Error>> {
    let [first, a, b] = ["first", "a", "b"].map(updates);
    let here = document(&[first.clone(), a.clone(), b.clone()].concat())?;
    let turned = document(&[first, b, a].concat())?;
    let there = document(&updates("merged"))?;
    assert_eq!(here.canonical(&["body"]), turned.canonical(&["body"]));
    assert_eq!(here.blocks("body"), there.blocks("body"));
    assert_eq!(here.state_vector(), there.state_vector());
    let shown = markdown::write(&here.blocks("body"));
    assert!(shown.starts_with("## Kylätalo ja 🎵 kuorot\n\nVäliin\n\nSovittiin"), "{shown}");
    assert!(!shown.contains("___"), "{shown}");
    Ok(())
}
