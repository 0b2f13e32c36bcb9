//! Schedules of the simulated world in which people carry transfer files among all other faults.
//!
//! Files are packed and taken in on any device, in any order, again and again, some damaged and
//! some without proof. A failing seed goes into `tests/seeds/carrying.txt`.

use talkoot_tests::world::fault::Fault;
use talkoot_tests::world::many::{run_carrying, run_each, seeds_of};

/// Enough to carry every kind of change before and after its maker was heard.
const SCHEDULES: u64 = 300;

#[test]
fn j17_files_carried_among_all_faults_lose_nothing_and_end_in_the_same_bytes() {
    let mut seeds = seeds_of(include_str!("../seeds/carrying.txt"));
    let asked = std::env::var("CARRYING_SCHEDULES").ok().and_then(|text| text.parse().ok());
    seeds.extend(0..asked.unwrap_or(SCHEDULES));
    let report = run_each(&seeds, run_carrying);
    let failed = report.failures.iter().map(|(seed, outcome)| (seed, &outcome.complaints));
    assert_eq!(failed.collect::<Vec<_>>(), vec![], "these seeds fail");
    for fault in Fault::CARRYING {
        assert!(report.tally.faults.contains_key(&fault), "{fault:?} never happened");
    }
}
