//! Laws of versions over operations of every shape, with clocks that say anything.

use proptest::prelude::*;

use super::{SITTING_GAP_MAX_MS, Step, Version, versions};
use crate::adopt::as_known;
use crate::change::{Change, Op};
use crate::id::{AccountId, ReplicaId};
use crate::record::Record;
use crate::sample::{self, RECORD};
use crate::stamp::Stamp;

/// What three replicas made, each with a clock of its own.
fn histories() -> impl Strategy<Value = Vec<Change>> {
    let row = (0..3_u8, 0..9_u64, prop::collection::vec(sample::any_op(), 1..4));
    prop::collection::vec(row, 1..14).prop_map(|rows| {
        let mut counters = [0_u64; 3];
        let rows = rows.into_iter().map(|(replica, clock, ops)| {
            let counter = &mut counters[usize::from(replica)];
            *counter += 1;
            let change = sample::change(ReplicaId([replica; 16]), *counter, *counter - 1, ops);
            let stamp = Stamp { wall_ms: clock * SITTING_GAP_MAX_MS / 2, tick: 0 };
            Change { stamp, author: AccountId([replica; 16]), ..change }
        });
        rows.collect()
    })
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Record {
    let mut record = Record::new(RECORD);
    for change in changes {
        record.apply(change);
    }
    record
}

fn counted(versions: &[Version]) -> usize {
    versions.iter().map(|version| version.changes).sum()
}

proptest! {
    #[test]
    fn f20_versions_have_every_change_once_in_whatever_order_they_came(
        (changes, shuffled) in histories().prop_flat_map(|changes| {
            (Just(changes.clone()), Just(changes).prop_shuffle())
        }),
    ) {
        let found = versions(RECORD, &changes);
        prop_assert_eq!(counted(&found), changes.len());
        let twice: Vec<Change> = shuffled.iter().chain(&changes).cloned().collect();
        prop_assert_eq!(&found, &versions(RECORD, &twice));
        let last = found.last().map(|version| version.until.clone());
        prop_assert_eq!(last, Some(fold(&changes).frontier));
        let times: Vec<u64> = found.iter().map(|version| version.at_ms).collect();
        prop_assert!(times.is_sorted(), "{:?}", times);
    }

    #[test]
    fn f20_what_waits_for_a_lost_change_is_in_no_version(
        changes in histories(), at: prop::sample::Index,
    ) {
        let lost = changes[at.index(changes.len())].id;
        let here: Vec<Change> = changes.into_iter().filter(|change| change.id != lost).collect();
        let known = here.iter().filter(|change| fold(&here).knows(change.id)).count();
        prop_assert_eq!(counted(&versions(RECORD, &here)), known);
    }

    #[test]
    fn f21_a_version_leaves_nothing_waiting(changes in histories()) {
        for version in versions(RECORD, &changes) {
            let then = as_known(RECORD, &changes, &version.until).record;
            prop_assert_eq!((then.waiting(), &then.frontier), (0, &version.until));
        }
    }
}

#[test]
fn f20_a_sitting_is_one_persons_and_ends_with_a_pause() {
    let write = |record: &Record, of: u8, at_min: u64| {
        let replica = ReplicaId([of; 16]);
        let previous = record.previous(replica);
        let ops = match record.kind {
            Some(_) => vec![record.set_field(1, crate::value::Value::text("words"))],
            None => vec![Op::Create { kind: crate::schema::Kind::Document }],
        };
        let change = sample::change(replica, previous + 1, previous, ops);
        let stamp = Stamp { wall_ms: at_min * 60_000, tick: 0 };
        Change { stamp, author: AccountId([of; 16]), ..change }
    };
    let (mut record, mut changes) = (Record::new(RECORD), Vec::new());
    for (of, at_min) in [(1, 0), (1, 20), (1, 40), (1, 70), (1, 75), (2, 80), (1, 81)] {
        let change = write(&record, of, at_min);
        record.apply(&change);
        changes.push(change);
    }
    let found = versions(RECORD, &changes);
    let told: Vec<_> =
        found.iter().map(|it| (it.at_ms / 60_000, it.author.0[0], it.changes)).collect();
    assert_eq!(told, [(40, 1, 3), (75, 1, 2), (80, 2, 1), (81, 1, 1)]);
    let steps: Vec<_> = found.into_iter().map(|it| it.step).collect();
    assert_eq!(steps, [Step::Begun, Step::Written, Step::Written, Step::Written]);
}
