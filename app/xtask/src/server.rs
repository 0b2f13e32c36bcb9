//! The server's binary, as the other tasks need it.

use std::path::PathBuf;

use anyhow::Result;

use crate::command;
use crate::tree::Tree;

/// Builds the server and returns the binary. A release build carries `dist/` inside.
pub(crate) fn build(tree: &Tree, debug: bool) -> Result<PathBuf> {
    let mut build = command::cargo();
    build.args(["build", "-p", "talkoot-server", "--bin", "talkoot"]).current_dir(tree.root());
    if !debug {
        build.arg("--release");
    }
    command::run(&mut build)?;
    Ok(binary(tree, debug))
}

/// Where the binary is once it has been built.
pub(crate) fn binary(tree: &Tree, debug: bool) -> PathBuf {
    tree.target().join(if debug { "debug" } else { "release" }).join("talkoot")
}
