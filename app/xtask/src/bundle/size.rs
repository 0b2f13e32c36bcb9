//! What a first visit weighs, and whether that is little enough.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::Stage;
use super::compress;
use super::precache::{self, Asset};

const KB: usize = 1000;

/// A part of the bundle, with the most that it should and the most that it may weigh on the wire.
///
/// A part over its goal is said to be so each time; one over its limit stops the bundle, so
/// that a goal not yet reached does not drift further away. Lower a limit when it is too kind.
struct Part {
    name: &'static str,
    goal_bytes: usize,
    limit_bytes: usize,
    counts: fn(&Asset) -> bool,
}

/// All sizes are as sent: brotli, or as they are for fonts.
const PARTS: [Part; 7] = [
    Part {
        name: "first visit, no editor",
        goal_bytes: 600 * KB,
        limit_bytes: 503 * KB,
        counts: |asset| !asset.comes_later(),
    },
    Part {
        name: "wasm, first part",
        goal_bytes: 400 * KB,
        limit_bytes: 412 * KB,
        counts: |asset| asset.is_kind("wasm") && !asset.comes_later(),
    },
    Part {
        name: "wasm, second part",
        goal_bytes: 350 * KB,
        limit_bytes: 578 * KB,
        counts: |asset| {
            let is_later = asset.is_kind("wasm") && asset.comes_later();
            is_later && !is_seldom(asset) && !is_talk(asset)
        },
    },
    Part {
        name: "wasm, what few days need",
        goal_bytes: 150 * KB,
        limit_bytes: 370 * KB,
        counts: is_seldom,
    },
    Part { name: "wasm, discussions", goal_bytes: 80 * KB, limit_bytes: 179 * KB, counts: is_talk },
    Part {
        name: "fonts, all",
        goal_bytes: 130 * KB,
        limit_bytes: 130 * KB,
        counts: |asset| asset.is_kind("woff2"),
    },
    Part {
        name: "editor",
        goal_bytes: 130 * KB,
        limit_bytes: 130 * KB,
        counts: |asset| asset.name.contains("/editor-"),
    },
];

fn is_seldom(asset: &Asset) -> bool {
    asset.name.starts_with("assets/split_seldom-")
}

fn is_talk(asset: &Asset) -> bool {
    asset.name.starts_with("assets/split_talk-")
}

/// Prints the size of every file and of every part; fails when a part is over its limit.
pub(crate) fn check(stage: &Stage, assets: &[Asset]) -> Result<()> {
    let worker = fs::read(stage.folder().join("service_worker.js"))?;
    let worker = precache::asset("service_worker.js", &worker);
    let mut rows = Vec::new();
    for asset in assets.iter().chain([&worker]) {
        rows.push((asset, sent_bytes(&stage.folder().join(&asset.name))?));
    }
    println!("\n  {:>9} {:>9}  file (+ comes later)", "bytes", "sent");
    for (asset, sent) in &rows {
        let mark = if asset.comes_later() { '+' } else { ' ' };
        println!("  {:>9} {sent:>9} {mark}{}", asset.size_bytes, asset.name);
    }
    println!();
    let mut heavy = Vec::new();
    for part in &PARTS {
        let sent: usize = rows.iter().filter(|row| (part.counts)(row.0)).map(|row| row.1).sum();
        let word = match sent {
            sent if sent > part.limit_bytes => "TOO MUCH",
            sent if sent > part.goal_bytes => "over the goal",
            _ => "ok",
        };
        let (name, goal) = (part.name, part.goal_bytes / KB);
        println!("  {name:<24} {:>6.1} KB, goal {goal:>3} KB  {word}", kb(sent));
        if sent > part.limit_bytes {
            heavy.push(name);
        }
    }
    if !heavy.is_empty() {
        bail!("the bundle is too heavy: {}", heavy.join(", "));
    }
    Ok(())
}

fn sent_bytes(file: &Path) -> Result<usize> {
    let mut sent = file.as_os_str().to_owned();
    if !compress::is_dense(file) {
        sent.push(".br");
    }
    Ok(usize::try_from(fs::metadata(sent)?.len())?)
}

#[expect(clippy::cast_precision_loss, reason = "a size for people, far below 2^52")]
fn kb(bytes: usize) -> f64 {
    bytes as f64 / KB as f64
}
