//! `check`: what one runs many times a day.

use anyhow::Result;

use crate::command;
use crate::step::Steps;
use crate::tree::Tree;
use crate::wasm;

/// Runs the quick checks.
pub(crate) fn check(tree: &Tree) -> Result<()> {
    let mut steps = Steps::default();
    native(tree, &mut steps)?;
    steps.finish();
    Ok(())
}

/// Checks that need no browser: form, lints, native tests.
pub(crate) fn native(tree: &Tree, steps: &mut Steps) -> Result<()> {
    steps.step("format", || cargo(tree, &["fmt", "--all", "--check"]))?;
    steps.step("browser target", || wasm::ensure_target(tree))?;
    steps.step("clippy, native", || clippy(tree, &["--workspace", "--all-targets"]))?;
    steps.step("clippy, browser", || {
        clippy(tree, &["-p", "talkoot-core", "-p", "talkoot-app", "--target", wasm::TARGET])
    })?;
    steps.step("native tests", || cargo(tree, &["test", "--workspace", "--quiet"]))
}

fn clippy(tree: &Tree, chosen: &[&str]) -> Result<()> {
    let mut command = command::cargo();
    command.arg("clippy").args(chosen).args(["--", "-D", "warnings"]);
    command::run(command.current_dir(tree.root()))
}

fn cargo(tree: &Tree, arguments: &[&str]) -> Result<()> {
    command::run(command::cargo().args(arguments).current_dir(tree.root()))
}
