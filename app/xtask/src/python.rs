//! Programs in Python, each in an environment of its own under `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::{apt, command};

/// Gives the folder of the programs of an environment, built exactly as `requirements` says.
pub(crate) fn environment(folder: &Path, requirements: &Path) -> Result<PathBuf> {
    let asked = fs::read_to_string(requirements)
        .with_context(|| format!("reading {}", requirements.display()))?;
    let (stamp, programs) = (folder.join("installed.txt"), folder.join("bin"));
    // Written as the last thing, so what is half installed is installed again.
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == asked) {
        return Ok(programs);
    }
    create(folder)?;
    let mut pip = Command::new(programs.join("python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    command::run(pip.arg("-r").arg(requirements))?;
    fs::write(stamp, asked)?;
    Ok(programs)
}

/// Debian keeps what makes an environment in a package of its own.
fn create(folder: &Path) -> Result<()> {
    if command::find("python3").is_none() || !try_to_create(folder)? {
        apt::install("python3-venv", "the tests of the open API need")?;
        command::run(&mut making(folder))?;
    }
    Ok(())
}

fn try_to_create(folder: &Path) -> Result<bool> {
    let mut making = making(folder);
    let quiet = making.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(quiet.status().context("starting python3")?.success())
}

fn making(folder: &Path) -> Command {
    let mut command = Command::new("python3");
    command.args(["-m", "venv", "--clear"]).arg(folder);
    command
}
