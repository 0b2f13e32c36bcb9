//! Where things are in the checkout. Knows paths, does nothing with them.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::command;

/// The checkout and the folder that cargo builds into.
pub(crate) struct Tree {
    root: PathBuf,
    target: PathBuf,
}

impl Tree {
    /// Finds the checkout this task runner belongs to.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("start me as `cargo xtask`")?;
        let root = Path::new(&manifest).ancestors().nth(2).context("app/xtask has moved")?;
        let asked = ["metadata", "--no-deps", "--format-version", "1"];
        let facts = command::output(command::cargo().args(asked).current_dir(root))?;
        let facts: serde_json::Value = serde_json::from_str(&facts)?;
        let target = facts.get("target_directory").and_then(serde_json::Value::as_str);
        let target = target.context("cargo does not say where it builds")?;
        Ok(Self { root: root.to_owned(), target: PathBuf::from(target) })
    }

    /// The top of the checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's build folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What the tasks themselves keep between runs.
    pub(crate) fn work(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The browser edge.
    pub(crate) fn app(&self) -> PathBuf {
        self.root.join("app")
    }

    /// The files that are served or compiled in as they are.
    pub(crate) fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// The finished bundle, which the server carries inside.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The browser tests.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }
}
