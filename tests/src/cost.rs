//! What something costs the processor: how the benchmarks of the engine measure and tell it.
//!
//! Time is what this thread spent, as Linux counts it, so other work on the machine matters
//! little. No test stands on it.

use std::fs;

use anyhow::{Context as _, Result};

/// How long one figure is measured at least, so that the clock's steps do not matter.
const MEASURED_S: f64 = 0.3;

/// Gives the processor time of this thread, in seconds.
pub fn spent_s() -> Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos: u64 = text.split(' ').next().context("no time")?.parse()?;
    Ok(to_f64(nanos) / 1e9)
}

/// Does something again and again and gives what once costs, in seconds.
pub fn once_s(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    work()?;
    let begun = spent_s()?;
    let mut times = 0_u32;
    loop {
        work()?;
        times += 1;
        let spent = spent_s()? - begun;
        if spent >= MEASURED_S {
            return Ok(spent / f64::from(times));
        }
    }
}

/// Gives a count as a figure for people.
#[expect(clippy::cast_precision_loss, reason = "a figure for people has three digits")]
pub fn to_f64(number: u64) -> f64 {
    number as f64
}
