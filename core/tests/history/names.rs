//! Names of versions: given, changed, taken away, and what they mean where others wrote unknowing.

use talkoot_core::history::{Version, naming};
use talkoot_core::id::ItemId;
use talkoot_core::schema::practice_field as field;
use talkoot_core::value::Value;

use super::workshop::{Side, original, words};
use super::{at, commit, history};

fn told(side: &Side) -> Vec<(Option<String>, usize)> {
    let told = |it: Version| (it.name.map(|name| name.name), it.changes);
    history(side).into_iter().map(told).collect()
}

fn name(side: &mut Side, place: usize, name: &str, item: u64) {
    let version = history(side).remove(place);
    let ops = naming(&side.open.record, &version, name, ItemId(item));
    if !ops.is_empty() {
        side.write(ops);
    }
}

fn named(text: &str, changes: usize) -> (Option<String>, usize) {
    (Some(text.to_owned()), changes)
}

#[test]
fn f20_a_version_has_one_name_that_is_changed_and_taken_away() {
    let mut side = original();
    side.append("tips", "Toinen.");
    name(&mut side, 0, "Ohjausryhmälle", 1);
    assert_eq!(told(&side), [named("Ohjausryhmälle", 3)], "a name is no step of its own");
    side.append("tips", "Kolmas.");
    assert_eq!(told(&side), [named("Ohjausryhmälle", 3), (None, 1)], "and ends the sitting");
    let then = at(&side, &history(&side)[0]);
    assert!(!talkoot_core::text::plain::plain(&then.text.blocks("tips")).contains("Kolmas"));
    name(&mut side, 0, "Johtoryhmälle", 2);
    name(&mut side, 0, "Johtoryhmälle", 2);
    assert_eq!(told(&side), [named("Johtoryhmälle", 3), (None, 2)]);
    name(&mut side, 1, "Lopullinen", 3);
    assert_eq!(told(&side), [named("Johtoryhmälle", 3), named("Lopullinen", 3)]);
    name(&mut side, 0, "", 4);
    assert_eq!(told(&side), [named("Lopullinen", 7)], "the sitting is one again");
}

#[test]
fn f20_a_named_version_stays_what_it_was_when_others_wrote_before_unknowing() {
    let mut side = original();
    let mut elsewhere = side.clone();
    elsewhere.replica = 9;
    let late = vec![elsewhere.open.record.set_field(field::PLACE, Value::text("Iisalmi"))];
    side.append("tips", "Toinen.");
    name(&mut side, 0, "Ohjausryhmälle", 1);
    // Written before the name was given, heard after it.
    commit(&mut elsewhere, late, 1_000);
    side.hear(&elsewhere);
    elsewhere.hear(&side);
    assert_eq!(history(&side), history(&elsewhere));
    let found = history(&side);
    let at_name = found.iter().position(|it| it.name.is_some()).unwrap();
    let then = at(&side, &found[at_name]);
    assert!(then.record.field(field::PLACE).unwrap().value() == Some(&Value::text("Kuopio")));
    let last = at(&side, found.last().unwrap());
    assert_eq!(last.digest(), side.open.digest());
    assert!(words(&side, "tips").contains("Toinen."));
    assert_eq!(found.iter().map(|it| it.changes).sum::<usize>(), side.changes.len());
}
