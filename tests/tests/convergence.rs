//! A thousand schedules of the simulated world; `cargo xtask test` runs ten thousand with these.
//!
//! A failing seed is printed with its complaints; put it into `tests/seeds/convergence.txt`, so
//! that it runs first for ever.

use talkoot_tests::world::many::{run, run_all, seeds_of};

/// Enough to meet every kind of misfortune.
const SCHEDULES: u64 = 1_000;

// proves N1, Z7, Z8
#[test]
fn n1_everybody_holds_the_same_bytes_and_nothing_is_gone_in_many_schedules() {
    let mut seeds = seeds_of(include_str!("../seeds/convergence.txt"));
    seeds.extend(0..SCHEDULES);
    let report = run_all(&seeds);
    let failed = report.failures.iter().map(|(seed, outcome)| (seed, &outcome.complaints));
    assert_eq!(failed.collect::<Vec<_>>(), vec![], "these seeds fail");
    let never = report.tally.never();
    assert!(never.is_empty(), "these never happened: {never:?}");
    let tally = &report.tally;
    let margins = tally.margins;
    assert!(
        margins.untouched > 200 && margins.accepted_twice > 10 && margins.taken_back > 10,
        "{margins:?}"
    );
    let comments = tally.comments;
    assert!(comments.published > 200 && comments.rejected > 50, "{comments:?}");
    assert!(tally.stored > 5_000 && tally.set_aside > 50 && tally.choices > 100, "{tally:?}");
}

#[test]
fn z1_the_same_seed_is_the_same_story() {
    for seed in [7, 8] {
        assert_eq!(run(seed), run(seed));
    }
}
