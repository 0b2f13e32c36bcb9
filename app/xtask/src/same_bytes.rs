//! The same run of the simulated world, natively and in WebAssembly: the traces must be equal.

use std::process::Command;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::tree::Tree;
use crate::wasm::{self, TARGET};
use crate::{command, example};

/// How many seeds are traced on both sides.
const SEEDS: u32 = 20;

/// Runs both and compares them, letter by letter.
pub(crate) fn compare(tree: &Tree) -> Result<()> {
    wasm::ensure_target(tree)?;
    let native = native_trace(tree)?;
    let wasm = wasm_trace(tree)?;
    if native != wasm {
        let differing = native.lines().zip(wasm.lines()).find(|(native, wasm)| native != wasm);
        bail!("native and wasm32 give other bytes; the first difference: {differing:?}");
    }
    println!("  {SEEDS} seeds, {} records: equal bytes", native.lines().count());
    Ok(())
}

fn native_trace(tree: &Tree) -> Result<String> {
    command::output(Command::new(example::build(tree, "trace")?).arg(SEEDS.to_string()))
}

fn wasm_trace(tree: &Tree) -> Result<String> {
    // The profile that ships: other optimisations than the native side, and built for the bundle
    // anyway. Not as an example: that would drag what only tests use into WebAssembly.
    let mut build = command::cargo();
    build.args(["rustc", "-p", "talkoot-tests", "--lib", "--crate-type", "cdylib"]);
    build.args(["--target", TARGET, "--profile", "wasm"]).current_dir(tree.root());
    command::run(&mut build)?;
    let compiled = tree.target().join(TARGET).join("wasm").join("talkoot_tests.wasm");
    let folder = tree.work().join("same_bytes");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name("trace").typescript(false);
    bindgen.nodejs(true)?.generate(&folder)?;
    let script = format!(
        "const {{ trace }} = require('./trace.js');\
         for (let seed = 0; seed < {SEEDS}; seed += 1) process.stdout.write(trace(seed));"
    );
    command::output(Command::new("node").args(["-e", &script]).current_dir(folder))
}
