//! Debian's packages, for tests that need a program which the machine may lack.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// Installs a package where apt is; `why` says who needs it, for machines without apt.
pub(crate) fn install(package: &str, why: &str) -> Result<()> {
    if command::find("apt-get").is_none() {
        bail!("{why} {package}; install it and try again");
    }
    command::run(&mut apt(&["update"])?)?;
    command::run(&mut apt(&["install", "-y", "--no-install-recommends", package])?)
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
