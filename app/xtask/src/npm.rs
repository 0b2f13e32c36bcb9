//! What comes from npm: installed exactly as the lock file says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::command;
use crate::tree::Tree;

/// Installs the packages of `folder`, unless they already are as its lock file says.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        bail!("{} is missing", lock.display());
    }
    // npm writes its own copy of the lock as the last thing of an installation.
    if changed(&folder.join("node_modules/.package-lock.json")) > changed(&lock) {
        return Ok(());
    }
    let quiet = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    command::run(Command::new("npm").args(quiet).current_dir(folder))
}

/// The bundler, run from the top of the checkout so that names do not depend on the machine.
pub(crate) fn esbuild(tree: &Tree) -> Command {
    let program: PathBuf = tree.app().join("node_modules/.bin/esbuild");
    let mut command = Command::new(program);
    command.current_dir(tree.root()).arg("--log-level=warning");
    command
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|facts| facts.modified()).ok()
}
