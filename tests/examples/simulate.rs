//! Runs many schedules of the simulated world and says what happened: `simulate [COUNT] [FIRST]`;
//! those in which people carry transfer files: `simulate carrying [COUNT] [FIRST]`; or which seed
//! catches each product that is broken on purpose, or those that are named: `simulate sabotage [NAME]`.
//!
//! Seeds that once failed (`tests/seeds/{convergence,carrying}.txt`) run first. With one schedule, its last
//! events are printed.

#![expect(clippy::print_stdout, reason = "printing is all that this program does")]

use std::process::ExitCode;
use std::time::Instant;

use talkoot_tests::world::many::{
    Caught, Report, catch_all, run, run_carrying, run_each, seeds_of,
};
use talkoot_tests::world::sabotage::Sabotage;

const CONVERGENCE: &str = include_str!("../seeds/convergence.txt");
const CARRYING: &str = include_str!("../seeds/carrying.txt");

/// How far is looked for the first seed that catches a sabotage.
const SABOTAGE_SEEDS: u64 = 40_000;

fn main() -> ExitCode {
    let word = std::env::args().nth(1);
    if word.as_deref() == Some("sabotage") {
        return sabotage();
    }
    let carries = word.as_deref() == Some("carrying");
    let remembered = if carries { CARRYING } else { CONVERGENCE };
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u64>().ok());
    let (count, first) = (numbers.next().unwrap_or(10_000), numbers.next().unwrap_or(0));
    let mut seeds = if count > 1 { seeds_of(remembered) } else { Vec::new() };
    let end = first.saturating_add(count);
    println!("seeds that once failed {seeds:?}, then {first} to {}", end.saturating_sub(1));
    seeds.extend(first..end);
    let started = Instant::now();
    let report = run_each(&seeds, if carries { run_carrying } else { run });
    tell(&report, started.elapsed().as_secs_f64());
    let never = report.tally.never();
    if count >= 1_000 && !never.is_empty() {
        println!("never happened: {never:?}");
        return ExitCode::FAILURE;
    }
    if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints which seed catches each product that is broken on purpose.
fn sabotage() -> ExitCode {
    let named: Vec<String> = std::env::args().skip(2).collect();
    let is_wanted = |it: &Sabotage| named.is_empty() || named.contains(&format!("{it:?}"));
    let which: Vec<Sabotage> = Sabotage::ALL.into_iter().filter(is_wanted).collect();
    let caught = catch_all(&which, &[], &(0..SABOTAGE_SEEDS), |sabotage, caught| match caught {
        Some(Caught { seed, complaint }) => println!("{sabotage:?} {seed} # {complaint}"),
        None => println!("# {sabotage:?} is caught by none of {SABOTAGE_SEEDS}"),
    });
    if caught.values().all(Option::is_some) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(report: &Report, seconds: f64) {
    let tally = &report.tally;
    let failed = report.failures.len();
    for (seed, outcome) in &report.failures {
        println!("seed {seed} fails:");
        outcome.complaints.iter().take(8).for_each(|line| println!("  {line}"));
        println!("  the last events:");
        outcome.last.iter().for_each(|line| println!("    {line}"));
    }
    println!(
        "changes made {}, acknowledged {}, stored {}, set aside {}",
        tally.made, tally.acknowledged, tally.stored, tally.set_aside
    );
    println!(
        "given back to restored servers {}, still owed {}, on no device when restored {}",
        tally.given_back, tally.still_owed, tally.lost_with_disk
    );
    println!(
        "before the end acknowledged {}, read again {}",
        tally.acknowledged_before, tally.read_again
    );
    println!(
        "refused on the device {}, not saved {}, records {}, choices {}, of entries {}, answered twice {}",
        tally.refused_here,
        tally.not_saved,
        tally.records,
        tally.choices,
        tally.entry_choices,
        tally.answered_twice
    );
    let [adopted, received, suggested, answered, published] = tally.with_others;
    println!(
        "adopted {adopted}, received {received}, suggested {suggested}, answered {answered}, \
         published again {published}"
    );
    let [posted, said_of, noted] = tally.discussed;
    println!("posted {posted}, said of posts {said_of}, noted {noted}");
    let margins = tally.margins.all().map(|(name, count)| format!("{name} {count}"));
    println!("{}", margins.join(", "));
    let comments = tally.comments.all().map(|(name, count)| format!("{name} {count}"));
    println!("{}", comments.join(", "));
    for (fault, count) in &tally.faults {
        println!("  {fault:?} {count}");
    }
    let schedules = report.schedules;
    #[expect(clippy::cast_precision_loss, reason = "some thousands are exact enough")]
    let rate = schedules as f64 / seconds;
    println!("{schedules} schedules, {failed} failed, {seconds:.1} s, {rate:.1} a second");
}
