//! Rewriting touches little. That it arrives is a law in `tests/text_trees.rs`.

use crate::text::edit::Edit;
use crate::text::node::{Block, Inline};
use crate::text::{TextDocument, plain, scan_update, seed_update};

fn line(text: &str) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::plain(text)] }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(line(text))
}

fn document(client: u64, blocks: &[Block]) -> TextDocument {
    let mut document = TextDocument::new(client);
    document.apply(&seed_update(1, "body", blocks)).unwrap();
    document
}

#[test]
fn g2_what_stays_is_not_touched_so_words_written_meanwhile_stay() {
    let words = "Kahvila aukeaa kello yhdeksän kylätalolla.";
    let old = [paragraph("Alku."), paragraph(words), paragraph("Loppu.")];
    let (mut rewriter, mut neighbour) = (document(7, &old), document(8, &old));
    let meanwhile = Edit::Insert { line: 1, offset: 8, text: "joka tiistai ".to_owned() };
    let theirs = neighbour.edit("body", &meanwhile).unwrap();
    let new = vec![
        paragraph("Uusi alku ensin."),
        paragraph("Kahvila aukeaa kello kymmenen kylätalolla ja kirjastossa."),
        paragraph("Loppu."),
    ];
    let ours = rewriter.rewrite(&[("body", new)]).unwrap().unwrap();
    rewriter.apply(&theirs).unwrap();
    neighbour.apply(&ours).unwrap();
    assert_eq!(rewriter.canonical(&["body"]), neighbour.canonical(&["body"]));
    let said = plain::plain(&rewriter.blocks("body"));
    let whole = "Kahvila joka tiistai aukeaa kello kymmenen kylätalolla ja kirjastossa.";
    assert!(said.contains(whole), "{said}");
    assert!(ours.len() < 200, "{} bytes for a few words", ours.len());
}

#[test]
fn f37_more_structs_than_one_update_holds_are_written_in_parts_that_each_fit() {
    let wanted: Vec<Block> =
        (0..7_000).map(|number| paragraph(&format!("Rivi {number}"))).collect();
    let (mut rewriter, mut neighbour) = (document(7, &[]), document(8, &[]));
    let parts = rewriter.rewrite_in_parts(&[("body", wanted.clone())]).unwrap();
    let structs = parts.iter().map(|part| scan_update(part).unwrap().structs.len());
    assert!(structs.sum::<usize>() > 20_000, "one update would pass the limits");
    for part in &parts {
        neighbour.apply(part).unwrap();
        // Whoever has some of them only sees whole blocks.
        assert!(neighbour.blocks("body").iter().all(|block| wanted.contains(block)));
    }
    assert_eq!(neighbour.blocks("body"), wanted);
    assert_eq!(rewriter.rewrite_in_parts(&[("body", wanted)]).unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(rewriter.canonical(&["body"]), neighbour.canonical(&["body"]));
}

#[test]
fn f37_little_is_written_in_one_part() {
    let mut rewriter = document(7, &[paragraph("Alku."), paragraph("Loppu.")]);
    let new = vec![paragraph("Alku."), paragraph("Keskellä."), paragraph("Loppu tästä.")];
    assert_eq!(rewriter.rewrite_in_parts(&[("body", new)]).unwrap().len(), 1);
}
