//! Named, timed steps that stop at the first failure; some are begun early, beside others.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// What has been done so far in one run.
#[derive(Default)]
pub(crate) struct Steps {
    only: Option<String>,
    done: Vec<(String, u64)>,
    begun: Vec<Begun>,
}

/// A step that runs in a process of its own until its turn comes.
struct Begun {
    name: String,
    process: Child,
    said: PathBuf,
}

impl Steps {
    /// Performs only the steps whose name contains a word, where one is given.
    pub(crate) fn only(word: Option<String>) -> Self {
        Self { only: word, ..Self::default() }
    }

    /// Begins a later step now, because it and what comes before it leave a core idle each. What
    /// it prints is kept in a folder and shown in its turn.
    pub(crate) fn begin(&mut self, name: &str, folder: &Path) -> Result<()> {
        if self.only.is_some() {
            return Ok(());
        }
        println!("\n== {name}: begun beside what follows");
        fs::create_dir_all(folder)?;
        let said = folder.join(format!("{}.txt", name.replace(' ', "-")));
        let file = File::create(&said).with_context(|| format!("writing {}", said.display()))?;
        let mut command = Command::new(env::current_exe()?);
        command.args(["test", name]).stdin(Stdio::null()).stderr(file.try_clone()?).stdout(file);
        let process = command.spawn().with_context(|| format!("beginning \"{name}\""))?;
        self.begun.push(Begun { name: name.to_owned(), process, said });
        Ok(())
    }

    /// Performs one step, or waits for it where it was begun. A failure is printed with the
    /// summary and handed on.
    pub(crate) fn step(&mut self, name: &str, perform: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.only.as_ref().is_some_and(|word| !name.contains(word.as_str())) {
            return Ok(());
        }
        println!("\n== {name}");
        let started = Instant::now();
        let begun = self.begun.iter().position(|begun| begun.name == name);
        let result = match begun {
            Some(place) => self.begun.swap_remove(place).ended(),
            None => perform(),
        };
        self.done.push((name.to_owned(), started.elapsed().as_secs()));
        match result {
            Ok(()) => Ok(()),
            Err(error) => {
                self.let_end();
                self.summary(1);
                Err(error).with_context(|| format!("the step \"{name}\" failed"))
            }
        }
    }

    /// Nothing that was begun outlives the task, also when it fails.
    fn let_end(&mut self) {
        for begun in std::mem::take(&mut self.begun) {
            println!("\n== {}, which was begun beside", begun.name);
            if let Err(error) = begun.ended() {
                println!("  {error:#}");
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

impl Begun {
    /// Waits for its end and shows what it printed.
    fn ended(mut self) -> Result<()> {
        let status = self.process.wait()?;
        println!("{}", fs::read_to_string(&self.said)?);
        if !status.success() {
            bail!("what was begun beside the others ended with {status}");
        }
        Ok(())
    }
}
