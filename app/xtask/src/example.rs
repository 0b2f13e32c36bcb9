//! The programs of `tests/examples`, as the native tests have built them.

use std::path::PathBuf;

use anyhow::Result;

use crate::command;
use crate::tree::Tree;

/// Builds one and says where it is. With the whole workspace, as the native tests did already:
/// alone, its packages would have other features, and be compiled anew for minutes.
pub(crate) fn build(tree: &Tree, name: &str) -> Result<PathBuf> {
    let mut build = command::cargo();
    build.args(["build", "--quiet", "--workspace", "--example", name]).current_dir(tree.root());
    command::run(&mut build)?;
    Ok(tree.target().join("debug").join("examples").join(name))
}
