//! The service worker, with the list of what it keeps inside.

use std::fs;

use anyhow::Result;

use super::Stage;
use super::precache::{self, Asset};
use crate::tree::Tree;
use crate::{command, npm};

const WORKER: &str = "app/src/worker/service_worker.js";
/// What is shipped to get rid of a worker that went wrong.
const KILLER: &str = "app/src/worker/kill_worker.js";

/// Bundles the worker. Its name never changes: browsers look for news under it.
pub(crate) fn build(
    tree: &Tree,
    stage: &Stage,
    build: &str,
    assets: &[Asset],
    kill: bool,
) -> Result<()> {
    let list = tree.work().join("precache.json");
    fs::write(&list, precache::list(build, assets).to_string())?;
    let mut bundler = npm::esbuild(tree);
    bundler.arg(if kill { KILLER } else { WORKER });
    bundler.args(["--bundle", "--minify", "--format=iife", "--target=es2022"]);
    bundler.arg(format!("--alias:@precache={}", list.display()));
    let outfile = stage.folder().join("service_worker.js");
    command::run(bundler.arg(format!("--outfile={}", outfile.display())))
}
