//! Bytes that mean harm: every one is refused before yrs sees it, or does none.
//!
//! The table holds what is known to abort yrs 0.28.1 or to make it keep things
//! back; the laws cut and twist real updates, and make up others. What they do
//! not promise: that replicas agree on the order of words whose writer lied
//! about their neighbours. Yjs cannot tell; the digest does, and a new epoch heals.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests are tests")]

#[path = "text_hostile/bytes.rs"]
mod bytes;
#[path = "text_hostile/content.rs"]
mod content;
#[path = "text_hostile/crowd.rs"]
mod crowd;
#[path = "text_hostile/fuzz.rs"]
mod fuzz;
#[path = "text_hostile/places.rs"]
mod places;

use bytes::{RUN, element, in_field, inside, update, words};
use talkoot_core::text::html::html;
use talkoot_core::text::prescan::Policy;
use talkoot_core::text::{ScanError, TextDocument, TextError, markdown, scan_update, seed_update};

const FIXTURE: &str = include_str!("../fixtures/text/yjs_13_6.txt");
const FIELD: &str = "body";

fn fixture() -> Vec<Vec<u8>> {
    let lines = FIXTURE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(_, hex)| from_hex(hex)).collect()
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}

/// Offers an update to a document with one line; gives the code of the refusal.
fn code(bytes: &[u8]) -> &'static str {
    let mut document = TextDocument::new(9);
    document.apply(&seed_update(1, FIELD, &markdown::read("alku"))).unwrap();
    let before = (document.canonical(&[FIELD]), document.state());
    let answer = document.apply(bytes);
    assert!(document.is_whole());
    match answer {
        Ok(()) => "",
        Err(refusal) => {
            assert_eq!((document.canonical(&[FIELD]), document.state()), before);
            refusal.code()
        }
    }
}

/// Checks the code with which each update is refused; none where it is taken.
#[track_caller]
fn check(table: &[(&str, Vec<u8>, &str)]) {
    for (name, bytes, expected) in table {
        assert_eq!(code(bytes), *expected, "{name}");
    }
}

/// Quotes in quotes, from `depth` down, as structs of client 5 from `clock`.
fn nest(clock: u64, depth: u64) -> Vec<u8> {
    let quote = |at: u64| match at {
        0 => in_field(&element("quote")),
        _ => inside(5, at - 1, &element("quote")),
    };
    update(5, clock, &(clock..clock + depth).map(quote).collect::<Vec<_>>())
}

#[test]
fn x4_nesting_is_bounded_within_an_update_and_across_many() {
    assert_eq!(code(&nest(0, 64)), "");
    for depth in [65, 7_000] {
        assert_eq!(code(&nest(0, depth)), "text_too_deep", "{depth}");
        let alone = scan_update(&nest(0, depth)).map_err(|refused| refused.code());
        assert_eq!(alone.map(|_| ()), Err("text_too_deep"));
    }
    let mut document = TextDocument::new(9);
    for level in 0..64 {
        document.apply(&nest(level, 1)).unwrap();
    }
    let deepest = document.apply(&nest(64, 1)).map_err(|refused| refused.code());
    assert_eq!(deepest, Err("text_too_deep"));
    let mut reloaded = TextDocument::from_state(8, &document.state()).unwrap();
    let deepest = reloaded.apply(&nest(64, 1)).map_err(|refused| refused.code());
    assert_eq!(deepest, Err("text_too_deep"));
    assert!(html(&reloaded.blocks(FIELD)).contains("<blockquote>"));
}

#[test]
fn x9_a_newer_schema_is_read_only_where_it_is_asked_for() {
    let newer = update(
        5,
        0,
        &[
            in_field(&element("figure")),
            inside(5, 0, &element("caption")),
            inside(5, 1, RUN),
            inside(5, 2, &words("kuva talosta")),
        ],
    );
    let mut document = TextDocument::new(9);
    let refused = document.apply(&newer);
    assert!(matches!(refused, Err(TextError::Scan(ScanError::UnknownName { .. }))));
    document.apply_with(&newer, &Policy::UPDATE.newer()).unwrap();
    assert_eq!(markdown::write(&document.blocks(FIELD)), "kuva talosta\n");
    assert!(TextDocument::from_state(9, &document.state()).is_err());
    assert!(TextDocument::from_state_with(9, &document.state(), &Policy::STATE.newer()).is_ok());
}

#[test]
fn x3_an_update_cut_anywhere_is_refused_and_changes_nothing() {
    for whole in fixture() {
        let mut document = TextDocument::new(9);
        let before = (document.canonical(&[FIELD]), document.state());
        for end in 0..whole.len() {
            assert!(document.apply(&whole[..end]).is_err(), "{end}");
        }
        assert_eq!((document.canonical(&[FIELD]), document.state()), before);
    }
}
