//! Rewriting touches little. That it arrives is a law in `tests/text_trees.rs`.

use crate::text::edit::Edit;
use crate::text::node::{Block, Inline};
use crate::text::{TextDocument, plain, seed_update};

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
