//! Laws of the text document: order, repetition and reloading do not matter.
//!
//! A few replicas edit without hearing of each other; then everybody's updates
//! arrive in any order that respects each writer's own, some of them twice.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests are tests"
)]

use proptest::prelude::*;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::prescan::{encode_state_vector, scan_state_vector};
use talkoot_core::text::{
    Block, Inline, TextDocument, TextError, markdown, scan_update, seed_update,
};

const FIELD: &str = "body";

/// One replica's edit, and which updates of others it takes in before it.
#[derive(Clone, Debug)]
struct Step {
    replica: usize,
    hears: Vec<usize>,
    edit: Edit,
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = || "[a-zäö🎵]{0,4}";
    prop_oneof![
        words().prop_map(|text| Edit::AppendParagraph { text }),
        (0..6_usize, 0..20_u32, words()).prop_map(|(line, offset, text)| Edit::Insert {
            line,
            offset,
            text
        }),
        (0..6_usize, 0..20_u32, 0..6_u32).prop_map(|(line, offset, units)| Edit::Delete {
            line,
            offset,
            units
        }),
        (0..6_u32).prop_map(|block| Edit::DeleteBlock { block }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let hears = prop::collection::vec(0..30_usize, 0..4);
    let step = (0..3_usize, hears, edit());
    let step = step.prop_map(|(replica, hears, edit)| Step { replica, hears, edit });
    prop::collection::vec(step, 1..30)
}

fn seed() -> Vec<u8> {
    let source = "# Alku\n\nSovittiin **avaimesta** ja [kahvista](/kahvi).\n\n- [ ] yksi\n- [x] kaksi\n\n\
                  | a | b |\n| --- | --- |\n| c | d |\n";
    seed_update(1, FIELD, &markdown::read(source))
}

/// Plays the steps; gives every update in the order in which it was made.
fn play(steps: &[Step]) -> Vec<Vec<u8>> {
    let mut updates = vec![seed()];
    let mut replicas: Vec<TextDocument> = (0..3).map(|at| TextDocument::new(10 + at)).collect();
    for replica in &mut replicas {
        replica.apply(&updates[0]).unwrap();
    }
    for step in steps {
        let replica = &mut replicas[step.replica];
        for heard in &step.hears {
            // What builds on something not yet heard is refused; it comes later.
            let update = &updates[heard % updates.len()];
            assert!(matches!(replica.apply(update), Ok(()) | Err(TextError::Gap { .. })));
        }
        let update = replica.edit(FIELD, &step.edit);
        // What is honestly made passes the gate, which knows no document.
        assert_eq!(update.iter().find_map(|update| scan_update(update).err()), None);
        updates.extend(update);
    }
    updates
}

/// Delivers updates in a shuffled order, those with gaps again until they fit.
fn deliver(updates: &[Vec<u8>], order: &[usize]) -> TextDocument {
    let mut document = TextDocument::new(99);
    let mut waiting: Vec<usize> = order.iter().map(|at| at % updates.len()).collect();
    waiting.extend(0..updates.len());
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|at| match document.apply(&updates[*at]) {
            Ok(()) => false,
            Err(TextError::Gap { .. }) => true,
            Err(other) => panic!("{other}"),
        });
        assert!(waiting.len() < before, "nothing fits any more");
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn x8_any_order_of_the_same_updates_gives_the_same_bytes(
        steps in steps(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
    ) {
        let updates = play(&steps);
        let order: Vec<usize> = order.iter().map(|at| at.index(updates.len())).collect();
        let straight = deliver(&updates, &[]);
        let shuffled = deliver(&updates, &order);
        prop_assert_eq!(straight.canonical(&[FIELD]), shuffled.canonical(&[FIELD]));
        prop_assert_eq!(straight.digest(&[FIELD]), shuffled.digest(&[FIELD]));
        prop_assert_eq!(straight.blocks(FIELD), shuffled.blocks(FIELD));
    }

    #[test]
    fn x8_applying_again_changes_nothing(steps in steps()) {
        let updates = play(&steps);
        let mut document = deliver(&updates, &[]);
        let before = (document.canonical(&[FIELD]), document.state());
        for update in &updates {
            document.apply(update).unwrap();
        }
        document.apply(&before.1.clone()).unwrap();
        prop_assert_eq!((document.canonical(&[FIELD]), document.state()), before);
    }

    #[test]
    fn x8_a_reloaded_document_is_the_document(steps in steps(), cut in 0..30_usize) {
        let updates = play(&steps);
        let (early, late) = updates.split_at(cut.min(updates.len()));
        let whole = deliver(&updates, &[]);
        let before = early.iter().fold(TextDocument::new(98), |mut document, update| {
            // A writer may have built on what comes after the cut.
            assert!(matches!(document.apply(update), Ok(()) | Err(TextError::Gap { .. })));
            document
        });
        let mut reloaded = TextDocument::from_state(97, &before.state()).unwrap();
        prop_assert_eq!(reloaded.canonical(&[FIELD]), before.canonical(&[FIELD]));
        for update in early.iter().chain(late) {
            reloaded.apply(update).unwrap();
        }
        prop_assert_eq!(reloaded.canonical(&[FIELD]), whole.canonical(&[FIELD]));
    }

    #[test]
    fn x8_what_is_missing_is_enough(steps in steps(), cut in 0..30_usize) {
        let updates = play(&steps);
        let whole = deliver(&updates, &[]);
        let mut behind = deliver(&updates[..=cut.min(updates.len() - 1)], &[]);
        behind.apply(&whole.missing(&behind.state_vector())).unwrap();
        prop_assert_eq!(behind.canonical(&[FIELD]), whole.canonical(&[FIELD]));
    }
}

#[test]
fn x5_an_update_that_builds_on_what_is_not_there_changes_nothing() {
    let mut writer = TextDocument::new(10);
    writer.apply(&seed()).unwrap();
    let first = writer.edit(FIELD, &Edit::AppendParagraph { text: "yksi".into() }).unwrap();
    let second = writer.edit(FIELD, &Edit::AppendParagraph { text: "kaksi".into() }).unwrap();
    let mut reader = TextDocument::new(11);
    reader.apply(&seed()).unwrap();
    let before = (reader.canonical(&[FIELD]), reader.state());
    let refused = reader.apply(&second).unwrap_err();
    assert_eq!(refused, TextError::Gap { client: 10, have: 0, need: 6 });
    assert_eq!(refused.code(), "text_gap");
    assert_eq!((reader.canonical(&[FIELD]), reader.state()), before);
    reader.apply(&first).unwrap();
    reader.apply(&second).unwrap();
    assert_eq!(reader.canonical(&[FIELD]), writer.canonical(&[FIELD]));
}

#[test]
fn x8_two_people_typing_in_one_line_keep_both_their_words() {
    let paragraph = vec![Block::Paragraph(vec![Inline::plain("alku loppu")])];
    let seed = seed_update(1, FIELD, &paragraph);
    let [mut here, mut there] = [10, 11].map(|client| {
        let mut document = TextDocument::new(client);
        document.apply(&seed).unwrap();
        document
    });
    let insert = |text: &str| Edit::Insert { line: 0, offset: 5, text: text.into() };
    let one = here.edit(FIELD, &insert("kahvi ")).unwrap();
    let two = there.edit(FIELD, &insert("pulla ")).unwrap();
    here.apply(&two).unwrap();
    there.apply(&one).unwrap();
    assert_eq!(here.canonical(&[FIELD]), there.canonical(&[FIELD]));
    let shown = markdown::write(&here.blocks(FIELD));
    assert!(["alku kahvi pulla loppu\n", "alku pulla kahvi loppu\n"].contains(&shown.as_str()));
}

/// The update of a session that puts one empty paragraph behind another session's.
fn paragraph_after(client: u64, before: u64) -> Vec<u8> {
    let mut update = vec![1, 1];
    number(&mut update, client);
    // From clock 0: an element behind clock 0 of the other client.
    update.extend([0, 0x87]);
    number(&mut update, before);
    update.extend([0, 3]);
    update.push(9);
    update.extend(b"paragraph");
    update.push(0);
    update
}

fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        bytes.push(0x80 | u8::try_from(number & 127).unwrap());
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
}

#[test]
fn x30_a_text_of_ten_thousand_sessions_is_opened_kept_and_given_out() {
    const SESSIONS: u64 = 10_000;
    let mut text = TextDocument::new(1);
    let first = [Block::Paragraph(vec![Inline::plain("sana")])];
    text.apply(&seed_update(10, FIELD, &first)).unwrap();
    for client in 11..10 + SESSIONS {
        text.apply(&paragraph_after(client, client - 1)).unwrap();
    }
    assert_eq!(text.blocks(FIELD).len() as u64, SESSIONS);
    let again = TextDocument::from_state(2, &text.state()).unwrap();
    assert_eq!(again.canonical(&[FIELD]), text.canonical(&[FIELD]));
    let vector = encode_state_vector(&text.state_vector());
    assert_eq!(scan_state_vector(&vector).map(|clocks| clocks.len() as u64), Ok(SESSIONS));
}
