//! From Rust to what a browser runs: the wasm file and its glue.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command;
use crate::tree::Tree;

mod parts;

/// The target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Leptos gives up the exact types of views: a tenth less to download, and built faster.
const FLAGS: (&str, &str) =
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg erase_components");

/// The glue and the wasm file beside it.
pub(crate) struct Glue {
    pub(crate) script: PathBuf,
    pub(crate) wasm: PathBuf,
}

/// Installs the browser target when the toolchain lacks it.
///
/// A `targets` entry in rust-toolchain.toml is ignored silently by older rustups.
pub(crate) fn ensure_target(tree: &Tree) -> Result<()> {
    if command::find("rustup").is_none() {
        return Ok(());
    }
    let mut list = Command::new("rustup");
    list.args(["target", "list", "--installed"]).current_dir(tree.root());
    if command::output(&mut list)?.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    command::run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(tree.root()))
}

/// Compiles the app for the browser and writes its glue.
pub(crate) fn build(tree: &Tree, debug: bool) -> Result<Glue> {
    let (profile, folder) = if debug { ("dev", "debug") } else { ("wasm", "wasm") };
    let mut build = command::cargo();
    build.args(["rustc", "-p", "talkoot-app", "--target", TARGET, "--profile", profile]);
    // Where everything refers to everything: what cutting the program in two goes by.
    build.args(["--", "-Clink-args=--emit-relocs"]);
    command::run(build.env(FLAGS.0, FLAGS.1).current_dir(tree.root()))?;
    let compiled = tree.target().join(TARGET).join(folder).join("talkoot-app.wasm");
    let glue = tree.work().join("glue");
    if glue.exists() {
        fs::remove_dir_all(&glue).context("clearing the old glue")?;
    }
    let parts = parts::cut(&compiled, &tree.work().join("parts"))?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&parts.main).out_name("app").typescript(false).debug(debug);
    bindgen.omit_default_module_path(true).remove_producers_section(!debug);
    // What both parts share (the memory, the table of functions) goes by the linker's names.
    bindgen.keep_lld_exports(true);
    // The names of functions weigh as much as the functions; a debug build keeps them.
    bindgen.remove_name_section(!debug);
    bindgen.web(true)?.generate(&glue).context("writing the glue")?;
    parts.place(&glue, debug)?;
    Ok(Glue { script: glue.join("app.js"), wasm: glue.join("app_bg.wasm") })
}
