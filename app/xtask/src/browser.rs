//! A real browser for the tests that need one.

use anyhow::{Result, bail};

use crate::{apt, command};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes sure that a Chromium is on PATH, installing Debian's where that is possible.
pub(crate) fn ensure() -> Result<()> {
    if installed() {
        return Ok(());
    }
    apt::install("chromium", "the browser tests need")?;
    if installed() { Ok(()) } else { bail!("chromium was installed but is not on PATH") }
}

fn installed() -> bool {
    NAMES.iter().any(|name| command::find(name).is_some())
}
