//! A real browser for the tests that need one.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes sure that a Chromium is on PATH, installing Debian's where that is possible.
pub(crate) fn ensure() -> Result<()> {
    if installed() {
        return Ok(());
    }
    if command::find("apt-get").is_none() {
        bail!("the browser tests need Chromium on PATH; install it and try again");
    }
    command::run(&mut apt(&["update"])?)?;
    command::run(&mut apt(&["install", "-y", "--no-install-recommends", "chromium"])?)?;
    if installed() { Ok(()) } else { bail!("chromium was installed but is not on PATH") }
}

fn installed() -> bool {
    NAMES.iter().any(|name| command::find(name).is_some())
}

/// The package tool, through sudo when we are not root (never asking for a password).
fn apt(arguments: &[&str]) -> Result<Command> {
    let root = command::output(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = Command::new(if root { "apt-get" } else { "sudo" });
    if !root {
        command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    Ok(command)
}
