//! Many schedules in one run, on as many threads as the machine has cores.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::outcome::{Outcome, Tally};
use super::sabotage::Sabotage;
use super::simulation::World;

/// Steps of one schedule, before everything is mended.
pub const STEPS: u32 = 1_000;
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

/// Runs one schedule in which people carry transfer files too.
pub fn run_carrying(seed: u64) -> Outcome {
    World::carrying(seed).run(STEPS)
}

/// Runs schedules on all cores; stops early when several fail.
pub fn run_all(seeds: &[u64]) -> Report {
    run_each(seeds, run)
}

/// Runs schedules of one kind on all cores; stops early when several fail.
pub fn run_each(seeds: &[u64], run: impl Fn(u64) -> Outcome + Sync) -> Report {
    let report = Mutex::new(Report::default());
    in_parallel(seeds.len(), |at| {
        let Some(seed) = seeds.get(at).copied() else { return false };
        let outcome = run(seed);
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        report.schedules += 1;
        report.tally.add(&outcome.tally);
        if !outcome.complaints.is_empty() {
            report.failures.push((seed, outcome));
        }
        report.failures.len() < FAILURES_MAX
    });
    let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.failures.sort_by_key(|(seed, _)| *seed);
    report
}

/// Does the pieces of some work on all cores, each once, until one says that it is enough.
fn in_parallel(pieces: usize, work: impl Fn(usize) -> bool + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let turn = || loop {
        let piece = next.fetch_add(1, Ordering::Relaxed);
        if piece >= pieces || !work(piece) {
            return;
        }
    };
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(turn))));
}

/// How a broken build was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    pub seed: u64,
    pub complaint: String,
}

/// Looks for a seed that catches each of some broken builds, on all cores; `first` are tried first.
/// What is found is told at once.
pub fn catch_all(
    which: &[Sabotage],
    first: &[(Sabotage, u64)],
    seeds: &Range<u64>,
    tell: impl Fn(Sabotage, Option<&Caught>) + Sync,
) -> BTreeMap<Sabotage, Option<Caught>> {
    let caught = Mutex::new(BTreeMap::new());
    in_parallel(which.len(), |at| {
        let Some(sabotage) = which.get(at).copied() else { return false };
        let known = first.iter().filter(|(of, _)| *of == sabotage).map(|(_, seed)| *seed);
        let found = known.chain(seeds.clone()).find_map(|seed| catch(sabotage, seed));
        tell(sabotage, found.as_ref());
        caught.lock().unwrap_or_else(PoisonError::into_inner).insert(sabotage, found);
        true
    });
    caught.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A seed catches a broken build if there are complaints, and without the break there are none.
fn catch(sabotage: Sabotage, seed: u64) -> Option<Caught> {
    let outcome = World::sabotaged(seed, Some(sabotage)).run(STEPS);
    let complaint = outcome.complaints.into_iter().next()?;
    run(seed).complaints.is_empty().then_some(Caught { seed, complaint })
}

/// Reads a file of what catches what: the name of a sabotage and a seed on each line.
pub fn catches_of(text: &str) -> Vec<(Sabotage, u64)> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let read = |line: &str| {
        let (name, seed) = line.trim().split_once(' ')?;
        let sabotage = Sabotage::ALL.into_iter().find(|it| format!("{it:?}") == name)?;
        Some((sabotage, seed.trim().parse().ok()?))
    };
    lines.filter_map(read).collect()
}

/// Reads a file of seeds, one a line; what follows a `#` is for people.
pub fn seeds_of(text: &str) -> Vec<u64> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter_map(|line| line.parse().ok()).collect()
}
