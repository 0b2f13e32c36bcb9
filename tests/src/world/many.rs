//! Many schedules in one run, on as many threads as the machine has cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::outcome::{Outcome, Tally};
use super::sabotage::Sabotage;
use super::simulation::World;

/// Steps of one schedule, before everything is mended.
pub const STEPS: u32 = 1_200;
/// Failures after which a run stops.
const FAILURES_MAX: usize = 5;

/// What many runs showed.
#[derive(Debug, Default)]
pub struct Report {
    pub schedules: usize,
    pub tally: Tally,
    /// Seeds with complaints, in their order, with how each ended.
    pub failures: Vec<(u64, Outcome)>,
}

/// Runs one schedule.
pub fn run(seed: u64) -> Outcome {
    World::new(seed).run(STEPS)
}

/// Runs schedules on all cores; stops early when several fail.
pub fn run_all(seeds: &[u64]) -> Report {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (next, report) = (AtomicUsize::new(0), Mutex::new(Report::default()));
    let work = || {
        while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = run(*seed);
            let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
            report.schedules += 1;
            report.tally.add(&outcome.tally);
            if !outcome.complaints.is_empty() {
                report.failures.push((*seed, outcome));
            }
            if report.failures.len() >= FAILURES_MAX {
                return;
            }
        }
    };
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.failures.sort_by_key(|(seed, _)| *seed);
    report
}

/// Finds the first seed that catches a broken build, and what it complains of.
pub fn first_to_catch(sabotage: Sabotage, seeds: std::ops::Range<u64>) -> Option<(u64, String)> {
    seeds.into_iter().find_map(|seed| {
        let outcome = World::sabotaged(seed, Some(sabotage)).run(STEPS);
        let complaint = outcome.complaints.into_iter().next()?;
        Some((seed, complaint))
    })
}

/// Reads a file of seeds, one a line; what follows a `#` is for people.
pub fn seeds_of(text: &str) -> Vec<u64> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter_map(|line| line.parse().ok()).collect()
}
