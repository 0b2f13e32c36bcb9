//! Versions of a practice, going back to one, and taking a receiving back.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests are tests"
)]

#[path = "history/names.rs"]
mod names;
#[path = "adopt/workshop.rs"]
mod workshop;

use proptest::prelude::*;
use talkoot_core::adopt::offer::{self, Say, Suggestion, Written};
use talkoot_core::adopt::{Decision, as_known, content};
use talkoot_core::change::{Change, Op};
use talkoot_core::history::{
    Part, Step, Version, differences, restorable, restoring, taking_back, versions,
};
use talkoot_core::id::ItemId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::{Kind, practice_field as field};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::value::{Scalar, Value};

use workshop::{Side, adopted, original, record, section, words};

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Append(&'static str, String),
    Drop(&'static str),
    Name(String),
    Place(String),
    Groups(bool),
    Link(u64, String),
    Unlink(u64),
    Publish(bool),
    Hear(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let text = || prop::sample::select(&["solution", "tips", "needs"][..]);
    let deed = prop_oneof![
        4 => (text(), "[a-zåä]{1,9}").prop_map(|(name, words)| Deed::Append(name, words)),
        2 => text().prop_map(Deed::Drop),
        1 => "[a-z]{1,5}".prop_map(Deed::Name),
        1 => "[a-z]{0,5}".prop_map(Deed::Place),
        1 => any::<bool>().prop_map(Deed::Groups),
        2 => (0..3_u64, "[a-z]{1,5}").prop_map(|(item, title)| Deed::Link(item, title)),
        1 => (0..3_u64).prop_map(Deed::Unlink),
        1 => any::<bool>().prop_map(Deed::Publish),
        3 => (0..3_usize).prop_map(Deed::Hear),
    ];
    prop::collection::vec((0..3_usize, deed), 1..24)
}

/// Lets three devices, one of them ten years ahead and one behind, write and hear each other.
fn play(deeds: Vec<(usize, Deed)>) -> Side {
    let first = original();
    let mut sides = [1_u8, 7, 8].map(|replica| {
        let mut side = first.clone();
        side.replica = replica;
        side
    });
    for (minute, (at, deed)) in (1..).zip(deeds) {
        let clock_ms = 1_000_000_000_000 + minute * 11 * 60_000;
        let wall_ms = [clock_ms, clock_ms + 315_360_000_000, minute][at];
        if let Deed::Hear(from) = deed {
            let other = sides[from].clone();
            sides[at].hear(&other);
            continue;
        }
        let ops = ops_of(&mut sides[at], deed);
        if !ops.is_empty() {
            commit(&mut sides[at], ops, wall_ms);
        }
    }
    let [mut all, second, third] = sides;
    all.hear(&second);
    all.hear(&third);
    all
}

fn ops_of(side: &mut Side, deed: Deed) -> Vec<Op> {
    let client = side.fresh_client();
    let edit = |edit: Edit, name: &str| {
        let mut editor = TextDocument::from_state(client, &side.open.text.state()).unwrap();
        let update = editor.edit(name, &edit);
        update.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update }).into_iter().collect()
    };
    let record = &side.open.record;
    match deed {
        Deed::Append(name, text) => edit(Edit::AppendParagraph { text }, name),
        Deed::Drop(name) => edit(Edit::DeleteBlock { block: 0 }, name),
        Deed::Name(name) => vec![record.set_field(field::NAME, Value::text(&name))],
        Deed::Place(place) => vec![record.set_field(field::PLACE, Value::text(&place))],
        Deed::Groups(true) => {
            vec![record.add_to_set(field::TARGET_GROUPS, Value::code("young"))]
        }
        Deed::Groups(false) => {
            vec![record.remove_from_set(field::TARGET_GROUPS, Value::code("families"))]
        }
        Deed::Link(item, title) => {
            let value = Value::Entry([(1, Scalar::Text(title))].into());
            record.append_items(field::LINKS, [(ItemId(item), value)])
        }
        Deed::Unlink(item) => vec![record.remove_item(field::LINKS, ItemId(item))],
        Deed::Publish(published) => vec![record.publish(published)],
        Deed::Hear(_) => Vec::new(),
    }
}

fn commit(side: &mut Side, ops: Vec<Op>, wall_ms: u64) {
    let change = Change { stamp: Stamp { wall_ms, tick: 0 }, ..side.draft(ops) };
    side.open.apply(&change);
    side.changes.push(change);
}

/// Writes what goes back, a change for each part.
fn go_back(side: &mut Side, parts: Vec<Part>) {
    for part in parts {
        let ops = part.ops(&side.open.record);
        side.write(ops);
    }
}

fn history(side: &Side) -> Vec<Version> {
    versions(side.open.record.id, &side.changes)
}

fn at(side: &Side, version: &Version) -> OpenRecord {
    as_known(side.open.record.id, &side.changes, &version.until)
}

fn assert_says(one: &OpenRecord, other: &OpenRecord) {
    for field in restorable(Kind::Practice) {
        assert_eq!(content(one, field), content(other, field), "{}", field.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn f21_every_version_folds_whole_and_the_last_is_the_record(deeds in deeds()) {
        let side = play(deeds);
        let found = history(&side);
        prop_assert_eq!(found.iter().map(|it| it.changes).sum::<usize>(), side.changes.len());
        for version in &found {
            let then = at(&side, version);
            prop_assert_eq!((then.record.waiting(), then.set_aside()), (0, 0));
            prop_assert_eq!(&then.record.frontier, &version.until);
        }
        let last = found.last().map(|version| at(&side, version).digest());
        prop_assert_eq!(last, Some(side.open.digest()));
    }

    #[test]
    fn f22_what_is_restored_is_said_again_and_again_changes_nothing(
        deeds in deeds(), at_version: prop::sample::Index,
    ) {
        let mut side = play(deeds);
        let found = history(&side);
        let then = at(&side, &found[at_version.index(found.len())]);
        let client = side.fresh_client();
        let parts = restoring(&side.open, &then, client).unwrap();
        let restores = !parts.is_empty();
        if restores {
            go_back(&mut side, parts);
            let written = side.changes.pop().unwrap();
            let stamp = Stamp { wall_ms: u64::MAX, tick: 0 };
            side.changes.push(Change { stamp, ..written });
        }
        assert_says(&side.open, &then);
        prop_assert!(differences(&then, &side.open).iter().all(|it| it.then == it.now));
        let client = side.fresh_client();
        prop_assert_eq!(restoring(&side.open, &then, client).unwrap(), vec![]);
        let mut known = history(&side);
        let restored = if restores { known.pop().map(|it| it.step) } else { None };
        let to = then.record.frontier;
        prop_assert_eq!(restored, restores.then_some(Step::Restored { to }));
        prop_assert_eq!(known, found, "nothing is removed");
    }
}

#[test]
fn f21_a_clock_ahead_does_not_put_words_before_what_they_build_on() {
    let mut side = original();
    side.replica = 7;
    let ahead_ms = 4_000_000_000_000;
    let ops = ops_of(&mut side, Deed::Append("tips", "Edellä.".to_owned()));
    commit(&mut side, ops, ahead_ms);
    side.replica = 1;
    let ops = ops_of(&mut side, Deed::Append("tips", "Perässä.".to_owned()));
    commit(&mut side, ops, 1_000_000_000_000);
    let found = history(&side);
    let told: Vec<_> = found.iter().map(|it| (it.author.0[0], it.at_ms)).collect();
    assert_eq!(told, [(1, 1_000), (7, 1_000_000_000_000), (1, 1_000_000_000_000)]);
    assert_eq!(at(&side, &found[1]).record.waiting(), 0);
}

#[test]
fn f22_words_written_meanwhile_on_another_device_stay() {
    let mut side = original();
    let first = at(&side, &history(&side)[0]);
    side.append("tips", "Kutsukaa kunnan väki.");
    let mut elsewhere = side.clone();
    elsewhere.replica = 9;
    let client = side.fresh_client();
    let parts = restoring(&side.open, &first, client).unwrap();
    go_back(&mut side, parts);
    elsewhere.append("tips", "Kirjoitettu muualla.");
    let ops = vec![elsewhere.open.record.set_field(field::PLACE, Value::text("Iisalmi"))];
    elsewhere.write(ops);
    side.hear(&elsewhere);
    elsewhere.hear(&side);
    assert_eq!(side.open.digest(), elsewhere.open.digest());
    let tips = words(&side, "tips");
    assert!(tips.contains("Kirjoitettu muualla.") && !tips.contains("kunnan väki"), "{tips}");
}

#[test]
fn f22_where_it_stands_and_what_people_did_is_not_gone_back_on() {
    let mut original = original();
    let start = original.folded_anew();
    let copy = adopted(&original, 2);
    let adoption = talkoot_core::practice::Adoption {
        item: ItemId(4),
        project: Some(record(60)),
        copy: Some(copy.open.record.id),
        since: None,
        until: None,
        changed: String::new(),
        result: String::new(),
    };
    let entry = (adoption.item, adoption.to_value());
    original.write(original.open.record.append_items(field::ADOPTIONS, [entry]));
    original.write(vec![original.open.record.publish(true)]);
    let moved = Value::One(Scalar::Record(record(51)));
    original.write(vec![original.open.record.set_field(field::PROJECT, moved)]);
    original.append("tips", "Myöhemmin.");
    let client = original.fresh_client();
    let parts = restoring(&original.open, &start, client).unwrap();
    go_back(&mut original, parts);
    assert!(original.open.record.is_published());
    assert_eq!(original.open.record.project(), Some(record(51)));
    let adoptions = original.open.record.field(field::ADOPTIONS).unwrap();
    assert_eq!(adoptions.items().len(), 1);
    assert!(!words(&original, "tips").contains("Myöhemmin"));
}

#[test]
fn f23_a_receiving_is_taken_back_and_what_came_since_stays() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    original.append("tips", "Kutsukaa kunnan väki.");
    original.append("solution", "Joku kirjaa sovitut asiat.");
    let short = Value::text("Pöytä kaikille.");
    original.write(vec![original.open.record.set_field(field::SHORT_DESCRIPTION, short)]);
    let before = copy.folded_anew();
    let take = Decision::Take;
    copy.receive(
        &original,
        &[("tips", take.clone()), ("solution", take.clone()), ("short_description", take)],
    );
    let after = copy.folded_anew();
    copy.append("tips", "Meillä on teetä.");
    copy.append("needs", "Ihan muuta.");
    let client = copy.fresh_client();
    let parts = taking_back(&copy.open, &after, &before, client).unwrap();
    go_back(&mut copy, parts);
    let tips = words(&copy, "tips");
    assert!(!tips.contains("kunnan väki") && tips.contains("teetä"), "{tips}");
    assert!(!words(&copy, "solution").contains("Joku kirjaa"));
    assert!(words(&copy, "needs").contains("Ihan muuta."));
    let short = content(&copy.open, section("short_description"));
    assert_eq!(short, content(&before, section("short_description")));
    assert_eq!(copy.improvements(&original), vec![], "what was undone counts as declined");
    original.append("solution", "Vielä yksi.");
    let again: Vec<_> = copy.improvements(&original).iter().map(|it| it.field.name).collect();
    assert_eq!(again, ["solution"], "and is proposed when it changes again");
    let client = copy.fresh_client();
    let nothing = taking_back(&copy.open, &after, &after, client).unwrap();
    assert_eq!(nothing, vec![]);
}

#[test]
fn f24_each_version_says_what_kind_of_step_it_was() {
    let mut original = original();
    let mut copy = adopted(&original, 2);
    copy.append("tips", "Meillä on teetä.");
    let suggestion = Suggestion {
        item: ItemId(3),
        project: record(60),
        copy: copy.open.record.id,
        section: section("tips"),
        text: &copy.open.text.blocks("tips"),
        reason: "Teetä.",
        client_id: original.fresh_client(),
    };
    let ops = offer::suggest(&original.open.record, &original.open, &[suggestion]).unwrap();
    original.replica = 2;
    original.write(ops);
    original.replica = 1;
    let waiting = offer::offers(&original.open.record).remove(0);
    let text = offer::accepted(&original.open, &original.changes, &waiting).unwrap();
    let seen = original.open.text.state();
    let say = Say::Accept(Written { text: &text, seen: &seen });
    let by = original.caller().account.unwrap();
    let ops = offer::answering(&original.open, &waiting, say, "", by).unwrap();
    original.write(ops);
    original.write(vec![original.open.record.publish(true)]);
    original.write(vec![original.open.record.trash(true)]);
    original.write(vec![original.open.record.trash(false)]);
    let first = at(&original, &history(&original)[0]);
    let client = original.fresh_client();
    let parts = restoring(&original.open, &first, client).unwrap();
    go_back(&mut original, parts);
    let steps: Vec<Step> = history(&original).into_iter().map(|it| it.step).collect();
    let (by, to) = (copy.caller().account, first.record.frontier);
    let accepted = Step::Accepted { by, section: section("tips") };
    let restored = Step::Restored { to };
    assert_eq!(
        steps,
        [
            Step::Begun,
            Step::Suggested,
            accepted,
            Step::Published,
            Step::Trashed,
            Step::TakenOut,
            restored
        ]
    );
    original.append("needs", "Lisää.");
    copy.receive(&original, &[]);
    let steps: Vec<Step> = history(&copy).into_iter().map(|it| it.step).collect();
    let origin = original.open.record.id;
    assert_eq!(steps, [Step::Adopted { origin }, Step::Written, Step::Received]);
}

#[test]
fn f37_what_passes_the_limits_of_a_change_is_restored_in_several_that_are_one_step() {
    let mut side = original();
    let long = "Kahvila aukeaa kello yhdeksän. ".repeat(2_000);
    for number in 0..20 {
        side.append("tips", &format!("{number} {long}"));
    }
    let found = history(&side);
    let then = at(&side, found.last().unwrap());
    let client = side.fresh_client();
    let mut emptied = TextDocument::from_state(client, &side.open.text.state()).unwrap();
    let update = emptied.rewrite(&[("tips", vec![])]).unwrap().unwrap();
    side.replica = 8;
    side.write(vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]);
    assert!(words(&side, "tips").is_empty());

    let client = side.fresh_client();
    let parts = restoring(&side.open, &then, client).unwrap();
    let count = parts.len();
    assert!(count > 2, "more than a mebibyte in {count} changes");
    let before = history(&side).len();
    // The gate judges each of them, and finds none too large.
    go_back(&mut side, parts);
    assert_says(&side.open, &then);
    let found = history(&side);
    assert_eq!(found.len(), before + 1);
    let last = found.last().unwrap();
    let to = then.record.frontier.clone();
    assert_eq!((&last.step, last.changes), (&Step::Restored { to }, count));
    let client = side.fresh_client();
    assert_eq!(restoring(&side.open, &then, client).unwrap(), vec![]);
}
