//! Named, timed steps that stop at the first failure.

use std::time::Instant;

use anyhow::{Context as _, Result};

/// What has been done so far in one run.
#[derive(Default)]
pub(crate) struct Steps {
    only: Option<String>,
    done: Vec<(String, u64)>,
}

impl Steps {
    /// Performs only the steps whose name contains a word, where one is given.
    pub(crate) fn only(word: Option<String>) -> Self {
        Self { only: word, done: Vec::new() }
    }

    /// Performs one step. A failure is printed with the summary and handed on.
    pub(crate) fn step(&mut self, name: &str, perform: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.only.as_ref().is_some_and(|word| !name.contains(word.as_str())) {
            return Ok(());
        }
        println!("\n== {name}");
        let started = Instant::now();
        let result = perform();
        self.done.push((name.to_owned(), started.elapsed().as_secs()));
        match result {
            Ok(()) => Ok(()),
            Err(error) => {
                self.summary(1);
                Err(error).with_context(|| format!("the step \"{name}\" failed"))
            }
        }
    }

    /// Prints each step with its time, and closes with a plain line.
    pub(crate) fn finish(&self) {
        self.summary(0);
    }

    fn summary(&self, failed: usize) {
        println!();
        let passed = self.done.len().saturating_sub(failed);
        for (place, (name, seconds)) in self.done.iter().enumerate() {
            let word = if place < passed { "ok" } else { "FAILED" };
            println!("  {word:<6} {seconds:>5} s  {name}");
        }
        println!("\nsteps: {passed} passed, {failed} failed");
    }
}
