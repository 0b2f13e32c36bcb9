//! `bench`: the committed measurements, on the release build.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::tree::Tree;
use crate::{browser, bundle, command, npm, server};

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The app in a real browser
    Browser,
    /// The engine, and the server beside its peers; writes docs/benchmarks.md
    Servers,
}

/// Measures everything, or one part.
pub(crate) fn bench(tree: &Tree, only: Option<Part>) -> Result<()> {
    if only != Some(Part::Servers) {
        browser::ensure()?;
        bundle::bundle(tree, &bundle::Options::default())?;
    } else if !tree.dist().is_dir() {
        // The server carries this folder; without the app it measures the same.
        fs::create_dir_all(tree.dist())?;
    }
    let binary = server::build(tree, false)?;
    if only != Some(Part::Servers) {
        in_a_browser(tree, &binary)?;
    }
    if only != Some(Part::Browser) {
        beside_peers(tree, &binary)?;
    }
    Ok(())
}

/// Runs every script of `tests/e2e/bench`, one after another.
fn in_a_browser(tree: &Tree, binary: &Path) -> Result<()> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(tree.e2e().join("bench"))? {
        scripts.push(entry?.path());
    }
    scripts.retain(|script| script.extension().is_some_and(|end| end == "mjs"));
    scripts.sort();
    if scripts.is_empty() {
        bail!("there is nothing to measure in tests/e2e/bench");
    }
    npm::install(&tree.e2e())?;
    for script in scripts {
        let mut command = Command::new("node");
        command.arg(script).current_dir(tree.e2e()).env("TALKOOT_BIN", binary);
        command::run(&mut command)?;
    }
    Ok(())
}

/// Runs `tests/bench` with what it needs of ours and of others.
fn beside_peers(tree: &Tree, binary: &Path) -> Result<()> {
    let folder = tree.root().join("tests/bench");
    npm::install(&folder)?;
    // Its binary is fetched, or built here, by the script of its installation.
    let addon = folder.join("node_modules/better-sqlite3/build/Release/better_sqlite3.node");
    if !addon.is_file() {
        let words = ["rebuild", "better-sqlite3", "--loglevel=error"];
        command::run(Command::new("npm").args(words).current_dir(&folder))?;
    }
    let mut command = Command::new("node");
    command.arg("run.mjs").current_dir(&folder).env("TALKOOT_BIN", binary);
    command::run(&mut command)
}
