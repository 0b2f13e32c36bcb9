//! Twisted and made-up updates: refused, or taken in without harm.

use proptest::prelude::*;
use talkoot_core::text::html::html;
use talkoot_core::text::prescan::{Policy, scan_bytes};
use talkoot_core::text::{TextDocument, TextError, markdown, seed_update};

use super::bytes::{RUN, attribute, element, in_field, inside, mark, number, update, words};
use super::{FIELD, fixture};

/// Where and how a byte is twisted.
fn twists() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, bool)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn x6_twisted_updates_are_refused_or_do_no_harm(which in 0..4_usize, twists in twists()) {
        let fixture = fixture();
        let mut twisted = fixture[which].clone();
        for (at, byte, replaces) in &twists {
            let at = at.index(twisted.len());
            if *replaces { twisted[at] = *byte } else { twisted[at] ^= 1 << (byte % 8) }
        }
        for known in 0..=2 {
            let mut document = TextDocument::new(9);
            fixture[..known].iter().for_each(|update| document.apply(update).unwrap());
            let before = (document.canonical(&[FIELD]), document.state());
            let answer = document.apply(&twisted);
            prop_assert!(document.is_whole());
            prop_assert_ne!(answer.as_ref().map_err(TextError::code), Err("text_not_integrated"));
            if answer.is_err() {
                prop_assert_eq!((document.canonical(&[FIELD]), document.state()), before);
                continue;
            }
            let reloaded = TextDocument::from_state(8, &document.state()).unwrap();
            prop_assert_eq!(reloaded.state_vector(), document.state_vector());
            prop_assert!(reloaded.is_whole());
            let shown = markdown::write(&document.blocks(FIELD));
            prop_assert!(html(&markdown::read(&shown)).len() >= shown.trim().len());
        }
    }

    #[test]
    fn x3_any_bytes_are_scanned_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(facts) = scan_bytes(&bytes, &Policy::UPDATE.newer()) {
            let mut document = TextDocument::new(9);
            let answer = document.apply_with(&bytes, &Policy::UPDATE.newer());
            prop_assert!(answer.is_err() || document.state_vector().len() == facts.clients.len());
        }
    }
}

/// A struct that nobody's editor would write: anything beside anything.
#[derive(Clone, Debug)]
struct MadeUp {
    client: u64,
    kind: usize,
    left: Option<prop::sample::Index>,
    right: Option<prop::sample::Index>,
    parent: prop::sample::Index,
    /// Whether it starts below what its client has sent already.
    repeats: bool,
    deletes: Option<prop::sample::Index>,
}

fn made_up() -> impl Strategy<Value = MadeUp> {
    let index = any::<prop::sample::Index>;
    let maybe = move |weight| prop::option::weighted(weight, index());
    let place = (maybe(0.5), maybe(0.3), index());
    let odd = (prop::bool::weighted(0.05), maybe(0.2));
    (1..4_u64, 0..9_usize, place, odd).prop_map(
        |(client, kind, (left, right, parent), (repeats, deletes))| MadeUp {
            client,
            kind,
            left,
            right,
            parent,
            repeats,
            deletes,
        },
    )
}

/// Writes a made-up struct as an update; `ids` are the elements there are.
fn written(made: &MadeUp, clock: u64, ids: &[(u64, u64)]) -> Vec<u8> {
    let content: Vec<u8> = match made.kind {
        0 => words("a🎵b"),
        1 => mark("bold", "{}"),
        2 => mark("link", r#"{"href":"/"}"#),
        3 => RUN.to_vec(),
        4 => element("quote"),
        5 => element("paragraph"),
        6 => vec![1, 3],
        7 => [&element("table_cell")[..], &[]].concat(),
        _ => vec![8, 1, 125, 2],
    };
    let pick = |index: &prop::sample::Index| ids[index.index(ids.len())];
    let id = |(client, clock)| [number(client), number(clock)].concat();
    let (left, right) = (made.left.as_ref().map(pick), made.right.as_ref().map(pick));
    let parent = pick(&made.parent);
    let one = match (left, right) {
        (None, None) if made.kind == 8 => attribute(parent.0, parent.1, "colspan", &[125, 2]),
        (None, None) if parent.1 % 3 == 0 => in_field(&content),
        (None, None) => inside(parent.0, parent.1, &content),
        (left, right) => {
            let info = content[0]
                | if left.is_some() { 0x80 } else { 0 }
                | if right.is_some() { 0x40 } else { 0 };
            let ids = [left, right].into_iter().flatten().flat_map(id);
            [vec![info], ids.collect(), content[1..].to_vec()].concat()
        }
    };
    let mut whole = update(made.client, clock, &[one]);
    if let Some((client, clock)) = made.deletes.as_ref().map(pick) {
        whole.pop();
        whole.extend([vec![1], number(client), vec![1], number(clock), vec![1]].concat());
    }
    whole
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn x6_made_up_updates_are_refused_or_do_no_harm(
        made in prop::collection::vec(made_up(), 1..60),
    ) {
        let mut document = TextDocument::new(9);
        document.apply(&seed_update(1, FIELD, &markdown::read("alku\n\n- > a **b** c"))).unwrap();
        let mut sent = Vec::new();
        for one in &made {
            let clocks = document.state_vector();
            let ids: Vec<(u64, u64)> = clocks.iter()
                .flat_map(|(client, end)| (0..u64::from(*end)).map(|clock| (*client, clock)))
                .collect();
            let end = clocks.get(&one.client).copied().map_or(0, u64::from);
            let clock = if one.repeats { end.saturating_sub(1) } else { end };
            let update = written(one, clock, &ids);
            let before = document.state();
            match document.apply(&update) {
                Ok(()) => sent.push(update),
                Err(refused) => {
                    prop_assert_ne!(refused.code(), "text_not_integrated");
                    prop_assert_eq!(document.state(), before);
                }
            }
            prop_assert!(document.is_whole());
        }
        let reloaded = TextDocument::from_state(8, &document.state());
        prop_assert!(reloaded.is_ok(), "{:?}", reloaded.err());
        let reloaded = reloaded.unwrap();
        prop_assert_eq!(reloaded.state_vector(), document.state_vector());
        prop_assert!(reloaded.is_whole());
        let before = document.canonical(&[FIELD]);
        for update in &sent {
            document.apply(update).unwrap();
        }
        prop_assert_eq!(document.canonical(&[FIELD]), before);
    }
}
