//! `bench`: the committed measurements, on the release build.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::tree::Tree;
use crate::{browser, bundle, command, npm, server};

/// Runs every script of `tests/e2e/bench`, one after another.
pub(crate) fn bench(tree: &Tree) -> Result<()> {
    let folder = tree.e2e().join("bench");
    let mut scripts = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)? {
            scripts.push(entry?.path());
        }
    }
    scripts.retain(|script| script.extension().is_some_and(|end| end == "mjs"));
    scripts.sort();
    if scripts.is_empty() {
        bail!("there is nothing to measure in tests/e2e/bench");
    }
    browser::ensure()?;
    bundle::bundle(tree, &bundle::Options::default())?;
    let binary = server::build(tree, false)?;
    npm::install(&tree.e2e())?;
    for script in scripts {
        let mut command = Command::new("node");
        command.arg(script).current_dir(tree.e2e()).env("TALKOOT_BIN", &binary);
        command::run(&mut command)?;
    }
    Ok(())
}
