//! A run of the simulated world as text: equal on every machine, native or WebAssembly.
//!
//! `cargo xtask test` prints it from both and compares.

use std::fmt::Write as _;

use crate::world::World;

/// Steps of one traced run.
const STEPS: u32 = 120;

/// Gives one line for each record at the end of a run: its name and the digest of its bytes.
pub fn trace(seed: u64) -> String {
    let outcome = World::new(seed).run(STEPS);
    let mut text = format!("seed {seed}: {} changes\n", outcome.changes_made);
    for (record, digest) in outcome.digests {
        // A `String` takes every character, so this cannot fail.
        write!(text, "{record} ").ok();
        for byte in digest {
            write!(text, "{byte:02x}").ok();
        }
        text.push('\n');
    }
    text
}

/// The same run, called from JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = trace)]
pub fn trace_in_wasm(seed: u32) -> String {
    trace(u64::from(seed))
}
