//! `bundle`: what the browser downloads, complete in `dist/`.
//!
//! Every name under `assets/` carries a hash of its content, so those files may be
//! kept for ever; `index.html` and `service_worker.js` name them and are never kept.
//! The new bundle is built aside and takes its place only when it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::tree::Tree;
use crate::{npm, wasm};

mod compress;
mod page;
mod precache;
mod script;
mod size;
mod sprite;
mod worker;

/// What `bundle` can be told.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Build fast instead of small: no compression, no size goals
    #[arg(long)]
    debug: bool,
    /// Ship a service worker that removes itself and everything it kept
    #[arg(long)]
    kill_worker: bool,
}

impl Options {
    /// A fast build for working on it.
    pub(crate) fn debug() -> Self {
        Self { debug: true, kill_worker: false }
    }
}

/// Builds the bundle and prints what it weighs.
pub(crate) fn bundle(tree: &Tree, options: &Options) -> Result<()> {
    wasm::ensure_target(tree)?;
    let glue = wasm::build(tree, options.debug)?;
    npm::install(&tree.app())?;
    let stage = Stage::new(tree)?;
    let scripts = script::build(tree, &stage, &glue, options.debug)?;
    copy_fixed(tree, &stage)?;
    let mut assets = precache::collect(&stage)?;
    let template = fs::read_to_string(tree.public().join("index.html"))?;
    let build = precache::build_id(&assets, &template);
    let icons = sprite::sprite(&tree.public().join("icons"))?;
    let page = page::fill(&template, &scripts, &build, &icons)?;
    stage.write("index.html", page.as_bytes())?;
    assets.push(precache::asset("index.html", page.as_bytes()));
    worker::build(tree, &stage, &build, &assets, options.kill_worker)?;
    println!("  build {build}");
    if !options.debug {
        compress::compress(&stage)?;
        size::check(&stage, &assets)?;
    }
    stage.take_place(tree)
}

/// The folder in which a bundle comes together.
pub(crate) struct Stage {
    folder: PathBuf,
}

impl Stage {
    fn new(tree: &Tree) -> Result<Self> {
        let folder = tree.work().join("dist");
        if folder.exists() {
            fs::remove_dir_all(&folder).context("clearing the last bundle")?;
        }
        fs::create_dir_all(folder.join("assets"))?;
        Ok(Self { folder })
    }

    /// The folder itself.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes one file, creating its folder.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let file = self.folder.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, bytes).with_context(|| format!("writing {}", file.display()))
    }

    /// Lists every file by its name below the folder, with `/` between, in order.
    pub(crate) fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        list(&self.folder, "", &mut names)?;
        names.sort();
        Ok(names)
    }

    fn take_place(&self, tree: &Tree) -> Result<()> {
        let (dist, old) = (tree.dist(), tree.work().join("dist-old"));
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        fs::create_dir_all(&dist)?;
        fs::create_dir_all(&old)?;
        for (from, to) in [(&dist, &old), (&self.folder, &dist)] {
            for entry in fs::read_dir(from)? {
                let entry = entry?;
                move_there(&entry.path(), &to.join(entry.file_name()))?;
            }
        }
        fs::remove_dir_all(&old).context("removing the bundle before this one")
    }
}

/// Moves a file or folder, also between disks (the build folder may be elsewhere).
fn move_there(from: &Path, to: &Path) -> Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            move_there(&entry.path(), &to.join(entry.file_name()))?;
        }
        fs::remove_dir_all(from)?;
    } else {
        fs::copy(from, to).with_context(|| format!("writing {}", to.display()))?;
        fs::remove_file(from)?;
    }
    Ok(())
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

/// Copies what keeps its own name: the manifest, the app's icons, the licences.
fn copy_fixed(tree: &Tree, stage: &Stage) -> Result<()> {
    let public = tree.public();
    let fixed = [
        ("manifest.webmanifest", "manifest.webmanifest"),
        ("icons/logo.svg", "icons/logo.svg"),
        ("icons/app-192.png", "icons/app-192.png"),
        ("icons/app-512.png", "icons/app-512.png"),
        ("icons/maskable-512.png", "icons/maskable-512.png"),
        ("icons/LICENSE-phosphor.txt", "licences/phosphor-icons.txt"),
        ("fonts/OFL-atkinson-hyperlegible-next.txt", "licences/atkinson-hyperlegible-next.txt"),
        ("fonts/OFL-familjen-grotesk.txt", "licences/familjen-grotesk.txt"),
        ("../LICENSE", "licences/talkoot.txt"),
    ];
    for (from, to) in fixed {
        let bytes = fs::read(public.join(from)).with_context(|| format!("reading {from}"))?;
        stage.write(to, &bytes)?;
    }
    Ok(())
}
