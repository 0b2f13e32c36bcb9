//! `dev`: a debug build that follows the edits.
//!
//! Watches by asking every file for its time, twice a second: slow enough to be
//! free, and one dependency less than being told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};

use crate::tree::Tree;
use crate::{bundle, run, server};

const POLL_EVERY: Duration = Duration::from_millis(500);
const BROWSER_SIDE: [&str; 3] = ["core/src", "app/src", "public"];
const SERVER_SIDE: [&str; 4] = ["core/src", "server/src", "server/migrations", "public/demo"];

/// Serves a debug build until it is stopped.
pub(crate) fn dev(tree: &Tree, port: u16, data: Option<PathBuf>) -> Result<()> {
    run::check_port(port)?;
    let data = data.unwrap_or_else(|| tree.target().join("talkoot-dev-data"));
    let options = bundle::Options::debug();
    bundle::bundle(tree, &options)?;
    let binary = server::build(tree, true)?;
    run::prepare(&binary, &data, false)?;
    run::print_accounts(tree)?;
    let mut child = start(&binary, port, &data)?;
    let mut seen = (newest(tree, &BROWSER_SIDE), newest(tree, &SERVER_SIDE));
    loop {
        thread::sleep(POLL_EVERY);
        let now = (newest(tree, &BROWSER_SIDE), newest(tree, &SERVER_SIDE));
        if now.0 != seen.0 {
            report(bundle::bundle(tree, &options));
        }
        if now.1 != seen.1 && report(server::build(tree, true).map(drop)) {
            child.kill().context("stopping the server")?;
            child.wait()?;
            child = start(&binary, port, &data)?;
        }
        seen = now;
    }
}

fn start(binary: &Path, port: u16, data: &Path) -> Result<Child> {
    println!("\nTalkoot (debug) is at http://127.0.0.1:{port}/");
    run::serve(binary, port, data).spawn().context("the server could not be started")
}

/// Prints what went wrong and goes on: the next edit may mend it.
fn report(result: Result<()>) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            println!("\n{error:#}\nWaiting for the next edit.");
            false
        }
    }
}

/// The time of the latest change below some folders.
fn newest(tree: &Tree, folders: &[&str]) -> Option<SystemTime> {
    folders.iter().filter_map(|folder| newest_below(&tree.root().join(folder))).max()
}

fn newest_below(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let times = entries.filter_map(|entry| {
        let facts = entry.metadata().ok()?;
        if facts.is_dir() { newest_below(&entry.path()) } else { facts.modified().ok() }
    });
    times.max()
}
