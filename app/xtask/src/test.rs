//! `test`: everything, in the order in which mistakes are cheapest to find.

use std::process::Command;

use anyhow::Result;

use crate::bundle;
use crate::check;
use crate::step::Steps;
use crate::tree::Tree;
use crate::{browser, command, example, npm, open_api, same_bytes, server};

/// Schedules of the simulated world: how many, and the first. Those before it are run by the native
/// tests (`tests/tests/convergence.rs`), which makes ten thousand in one run.
const SCHEDULES: [&str; 2] = ["9000", "1000"];
/// Schedules in which people carry transfer files too, after those of `tests/tests/carrying.rs`.
const CARRYING: [&str; 2] = ["1700", "300"];

/// Runs every check and test, installing what they need.
pub(crate) fn test(tree: &Tree, only: Option<String>) -> Result<()> {
    let mut steps = Steps::only(only);
    let beside = tree.work().join("beside");
    steps.begin("a browser", &beside)?;
    steps.begin("editor tests", &beside)?;
    check::native(tree, &mut steps)?;
    // The licence, duplicate and direction rules that need no tool are tests in `tidy`.
    if command::find("cargo-deny").is_some() {
        steps.step("dependency rules", || {
            command::run(command::cargo().args(["deny", "check"]).current_dir(tree.root()))
        })?;
    }
    steps.step("a browser", browser::ensure)?;
    steps.step("editor tests", || editor_tests(tree))?;
    steps.step("Yjs and core agree", || agreement(tree))?;
    steps.step("same bytes in wasm32", || same_bytes::compare(tree))?;
    // The bundle is linked by one core for minutes.
    steps.begin("simulated world", &beside)?;
    steps.step("bundle", || bundle::bundle(tree, &bundle::Options::default()))?;
    steps.step("service worker tests", || worker_tests(tree))?;
    steps.step("server, release", || server::build(tree, false).map(drop))?;
    steps.step("simulated world", || simulated_world(tree))?;
    steps.step("open API", || open_api::test(tree, &server::binary(tree, false)))?;
    steps.step("browser test packages", || npm::install(&tree.e2e()))?;
    steps.step("browser tests", || {
        let binary = server::binary(tree, false);
        let mut command = Command::new("npm");
        command.arg("test").current_dir(tree.e2e()).env("TALKOOT_BIN", binary);
        command::run(&mut command)
    })?;
    steps.finish();
    Ok(())
}

/// The schedules that the native tests leave. In the development build: that is built by now, it
/// checks for overflow, and building another one would take longer than this one needs beside it.
fn simulated_world(tree: &Tree) -> Result<()> {
    let simulate = example::build(tree, "simulate")?;
    command::run(Command::new(&simulate).args(SCHEDULES))?;
    command::run(Command::new(&simulate).arg("carrying").args(CARRYING))
}

/// The worker is tried on the bundle itself, with a server that can do nothing but serve it.
fn worker_tests(tree: &Tree) -> Result<()> {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-timeout=120000", "src/worker/test/worker.test.mjs"])
        .current_dir(tree.app());
    command::run(command.env("TALKOOT_DIST", tree.dist()))
}

/// JavaScript's Yjs beside core, on what the gate lets through.
fn agreement(tree: &Tree) -> Result<()> {
    let agree = example::build(tree, "agree")?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-timeout=300000", "tests/agreement/agreement.test.mjs"])
        .current_dir(tree.root());
    command::run(command.env("TALKOOT_AGREE", agree))
}

fn editor_tests(tree: &Tree) -> Result<()> {
    npm::install(&tree.app())?;
    command::run(Command::new("npm").arg("test").current_dir(tree.app()))
}
