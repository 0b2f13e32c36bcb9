//! A passage stays where it is whatever is written around it.

use super::*;
use crate::text::edit::Edit;
use crate::text::{Block, Inline, seed_update};

fn document(client: u64, lines: &[&str]) -> TextDocument {
    let blocks = lines.iter().map(|line| Block::Paragraph(vec![Inline::plain(line)]));
    let mut document = TextDocument::new(client);
    document.apply(&seed_update(1, "body", &blocks.collect::<Vec<_>>())).unwrap();
    document
}

fn at(run: usize, offset: u32) -> Place {
    Place { run, offset }
}

fn words(document: &TextDocument, anchor: &Anchor) -> Option<String> {
    document.find("body", anchor).map(|found| found.words)
}

#[test]
fn ma1_a_passage_is_named_and_found_and_its_name_is_read_as_it_is_written() {
    let text = document(7, &["Kahvila aukeaa 🌻 kymmeneltä.", "Tervetuloa!"]);
    let one = text.anchor("body", at(0, 8), at(0, 17)).unwrap();
    let found = text.find("body", &one).unwrap();
    assert_eq!((found.from, found.until, found.words.as_str()), (at(0, 8), at(0, 17), "aukeaa 🌻"));
    assert_eq!(Anchor::parse(&one.to_string()), Some(one));
    let both = text.anchor("body", at(0, 18), at(1, 10)).unwrap();
    assert_eq!(words(&text, &both).as_deref(), Some("kymmeneltä.\nTervetuloa"));
    assert_eq!(text.anchor("body", at(0, 3), at(0, 3)), None, "it holds no character");
    assert_eq!(text.anchor("body", at(5, 0), at(5, 1)), None);
    assert_eq!(text.anchor("elsewhere", at(0, 0), at(0, 1)), None);
    for foreign in [
        "",
        "1.2",
        "1.2 3",
        "1.2 3.4 5.6",
        "01.2 3.4",
        "1.2 3.+4",
        "1.2  3.4",
        "9007199254740992.1 1.1",
        "1.4294967296 1.1",
    ] {
        assert_eq!(Anchor::parse(foreign), None, "{foreign}");
    }
    let unknown = Anchor::parse("77.1 77.5").unwrap();
    assert_eq!(text.find("body", &unknown), None, "of a text that has not come");
}

#[test]
fn ma2_a_passage_moves_with_what_is_written_around_and_ends_with_what_is_left() {
    let mut text = document(7, &["Ensin tämä.", "Kahvila aukeaa kymmeneltä.", "Lopuksi."]);
    let anchor = text.anchor("body", at(1, 8), at(1, 25)).unwrap();
    let insert = |line, offset, text: &str| Edit::Insert { line, offset, text: text.to_owned() };
    text.edit("body", &insert(1, 0, "Uusi "));
    text.edit("body", &insert(0, 0, "Aivan "));
    text.edit("body", &insert(1, 20, "jo "));
    assert_eq!(words(&text, &anchor).as_deref(), Some("aukeaa jo kymmeneltä"));
    text.edit("body", &Edit::DeleteBlock { block: 0 });
    assert_eq!(text.find("body", &anchor).unwrap().from, at(0, 13));
    text.edit("body", &Edit::Delete { line: 0, offset: 20, units: 30 });
    assert_eq!(words(&text, &anchor).as_deref(), Some("aukeaa "), "its end is gone");
    text.edit("body", &Edit::Delete { line: 0, offset: 0, units: 30 });
    assert_eq!(words(&text, &anchor), None, "nothing of it is left");
    text.edit("body", &Edit::DeleteBlock { block: 0 });
    assert_eq!(words(&text, &anchor), None);
}

#[test]
fn ma2_a_passage_of_several_lines_lives_on_when_one_of_its_ends_goes() {
    let first = document(7, &["Yksi rivi.", "Toinen rivi.", "Kolmas rivi."]);
    let anchor = first.anchor("body", at(0, 5), at(2, 6)).unwrap();
    for (block, left) in [(0, "Kolmas"), (2, "rivi.")] {
        let mut text = document(8, &["Yksi rivi.", "Toinen rivi.", "Kolmas rivi."]);
        text.edit("body", &Edit::DeleteBlock { block });
        assert_eq!(words(&text, &anchor).as_deref(), Some(left));
    }
}

#[test]
fn ma3_a_suggested_edit_changes_the_passage_alone_and_lets_others_words_be() {
    let text = document(7, &["Kahvila aukeaa kymmeneltä joka arki.", "Loppu."]);
    let anchor = text.anchor("body", at(0, 8), at(0, 25)).unwrap();
    let edit = text.replacing(99, "body", &anchor, "avataan yhdeksältä").unwrap().unwrap();
    assert_eq!(words(&text, &anchor).as_deref(), Some("aukeaa kymmeneltä"), "nothing is done yet");

    let mut meanwhile = document(8, &["Kahvila aukeaa kymmeneltä joka arki.", "Loppu."]);
    let insert = Edit::Insert { line: 0, offset: 14, text: " aamulla".to_owned() };
    meanwhile.edit("body", &insert);
    meanwhile.apply(&edit).unwrap();
    meanwhile.apply(&edit).unwrap();
    let said = crate::text::plain::plain(&meanwhile.blocks("body"));
    assert!(said.contains("avataan") && said.contains("aamulla"), "{said}");
    assert_eq!(said.matches("yhdeksältä").count(), 1, "twice is once: {said}");
    assert!(!said.contains("kymmeneltä") && said.contains("joka arki."), "{said}");

    let same = text.replacing(99, "body", &anchor, "aukeaa kymmeneltä").unwrap();
    assert_eq!(same, None, "it says that");
    let gone = text.replacing(99, "body", &anchor, "").unwrap().unwrap();
    let mut text = text;
    text.apply(&gone).unwrap();
    assert_eq!(words(&text, &anchor), None);
    let lines = document(7, &["Yksi.", "Kaksi."]);
    let both = lines.anchor("body", at(0, 0), at(1, 5)).unwrap();
    assert_eq!(lines.replacing(99, "body", &both, "x").unwrap(), None, "several lines");
}
