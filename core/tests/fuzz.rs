//! The fuzz targets on the toolchain that ships: kept corpus, seeds, seeded twists of both.
//!
//! Bounded by a number of runs, not by time. A failing input is printed in
//! hexadecimal; put its bytes into `fuzz/corpus/<target>/` with what mends it.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[expect(unreachable_pub, reason = "the bodies are a crate of their own for libFuzzer")]
#[path = "../fuzz/src/lib.rs"]
mod bodies;

use std::fs;
use std::path::Path;

use bodies::Target;
use bodies::chance::{Chance, twist};

/// Twisted inputs a target; `FUZZ_RUNS` asks for more.
const RUNS: usize = 1_000;

fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target.name);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn check(target: &Target, input: &[u8]) {
    let ended = std::panic::catch_unwind(|| (target.run)(input));
    assert!(ended.is_ok(), "{} breaks on {}", target.name, hex(input));
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[track_caller]
fn runs(name: &str) {
    let target = bodies::TARGETS.into_iter().find(|target| target.name == name).unwrap();
    let pool = [corpus(&target), (target.seeds)()].concat();
    for input in &pool {
        check(&target, input);
    }
    let asked = std::env::var("FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok());
    let mut chance = Chance::new(16);
    for _ in 0..asked.unwrap_or(RUNS) {
        let (one, other) = (chance.pick(&pool).unwrap().clone(), chance.pick(&pool).unwrap());
        let twisted = twist(&one, other, &mut chance);
        check(&target, &twisted);
    }
}

#[test]
fn x16_no_bytes_break_the_scan() {
    runs("prescan");
}

#[test]
fn x16_no_bytes_break_a_change_or_the_fold() {
    runs("change");
}

#[test]
fn x16_no_bytes_break_a_message_or_the_conversation() {
    runs("message");
}

#[test]
fn x16_no_bytes_break_a_snapshot() {
    runs("snapshot");
}

#[test]
fn j14_no_bytes_break_a_transfer_file_or_what_comes_of_it() {
    runs("transfer");
}

#[test]
fn j14_five_hundred_mutated_files_are_refused_or_are_what_they_were() {
    let target = bodies::TARGETS.into_iter().find(|target| target.name == "transfer").unwrap();
    let mut files = (target.seeds)();
    files.retain(|seed| seed[0] == 0);
    let mut chance = Chance::new(14);
    let mut refused = 0;
    for place in 0..500 {
        let file = &files[place % files.len()][1..];
        let other = chance.pick(&files).unwrap().clone();
        let twisted = twist(file, &other, &mut chance);
        match talkoot_core::transfer::read(&twisted) {
            Ok(transfer) => assert_eq!(Ok(transfer), talkoot_core::transfer::read(file)),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 450, "{refused}");
}

#[test]
fn x16_no_script_breaks_a_text() {
    runs("apply");
}

#[test]
fn x16_no_text_breaks_markdown() {
    runs("markdown");
}
