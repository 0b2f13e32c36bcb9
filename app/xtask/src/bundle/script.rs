//! Scripts and styles through esbuild, which also names them by their content.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Stage;
use crate::tree::Tree;
use crate::wasm::Glue;
use crate::{command, npm};

/// What browsers of the last three years understand.
const LANGUAGE: &str = "--target=es2022";
const START: &str = "app/src/worker/start.js";
const THEME: &str = "app/src/worker/theme.js";
const EDITOR: &str = "app/src/editor/js/editor.js";

/// The addresses that the page needs to name.
pub(crate) struct Scripts {
    pub(crate) start: String,
    pub(crate) theme: String,
    pub(crate) style: String,
    pub(crate) wasm: String,
    /// The typefaces that every first screen shows.
    pub(crate) fonts: Vec<String>,
}

/// Bundles the start script, the editor as its own chunk, the theme script and the styles.
pub(crate) fn build(tree: &Tree, stage: &Stage, glue: &Glue, debug: bool) -> Result<Scripts> {
    let style = write_style_entry(tree)?;
    let outcome = tree.work().join("esbuild.json");
    let assets = stage.folder().join("assets");
    let mut bundler = npm::esbuild(tree);
    bundler.args([START, "--bundle", "--splitting", "--format=esm", LANGUAGE]);
    bundler.arg(&style).args(["--public-path=/assets", "--legal-comments=none"]);
    bundler.args(["--loader:.wasm=file", "--loader:.woff2=file"]);
    bundler.args(["--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]"]);
    bundler.arg("--asset-names=[name]-[hash]");
    bundler.arg(format!("--outdir={}", assets.display()));
    bundler.arg(format!("--metafile={}", outcome.display()));
    bundler.arg(format!("--alias:@glue={}", glue.script.display()));
    bundler.arg(format!("--alias:@wasm={}", glue.wasm.display()));
    bundler.arg(format!("--alias:@editor={}", tree.root().join(EDITOR).display()));
    if !debug {
        bundler.arg("--minify");
    }
    command::run(&mut bundler)?;
    // The theme is set before the first paint, so its script is neither a module nor late.
    let mut theme = npm::esbuild(tree);
    theme.args([THEME, "--minify", LANGUAGE, "--entry-names=[name]-[hash]"]);
    command::run(theme.arg(format!("--outdir={}", assets.display())))?;
    name(stage, &outcome)
}

/// Writes the list of style files: ours, then the editor's and the app's own.
fn write_style_entry(tree: &Tree) -> Result<std::path::PathBuf> {
    let root = tree.root();
    let mut entry = import(&root.join("public/styles/index.css"), "");
    let own = [("app/src/editor/js/editor.css", "editor"), ("public/styles/app.css", "app")];
    for (file, layer) in own {
        let file = root.join(file);
        if file.is_file() {
            entry.push_str(&import(&file, &format!(" layer({layer})")));
        }
    }
    let file = tree.work().join("style.css");
    fs::create_dir_all(tree.work())?;
    fs::write(&file, entry).context("writing the list of styles")?;
    Ok(file)
}

fn import(file: &Path, layer: &str) -> String {
    format!("@import \"{}\"{layer};\n", file.display())
}

/// Finds out what esbuild called everything.
fn name(stage: &Stage, outcome: &Path) -> Result<Scripts> {
    let names = stage.names()?;
    let find = |start: &str, end: &str| -> Result<String> {
        let fits =
            |name: &&String| name.starts_with(&format!("assets/{start}")) && name.ends_with(end);
        let name = names.iter().find(fits);
        Ok(format!("/{}", name.with_context(|| format!("the bundle has no {start}*{end}"))?))
    };
    let entry = entry_of(outcome, START)?;
    Ok(Scripts {
        start: format!("/assets/{entry}"),
        theme: find("theme-", ".js")?,
        style: find("style-", ".css")?,
        wasm: find("app_bg-", ".wasm")?,
        fonts: vec![
            find("atkinson-hyperlegible-next-latin-", ".woff2")?,
            find("familjen-grotesk-latin-", ".woff2")?,
        ],
    })
}

/// The file that esbuild made of one entry point.
fn entry_of(outcome: &Path, entry: &str) -> Result<String> {
    let outcome: Value = serde_json::from_str(&fs::read_to_string(outcome)?)?;
    let outputs = outcome.get("outputs").and_then(Value::as_object).context("no outputs")?;
    let made = outputs.iter().find(|(_, facts)| {
        facts.get("entryPoint").and_then(Value::as_str).is_some_and(|from| from == entry)
    });
    let (path, _) = made.with_context(|| format!("esbuild made nothing of {entry}"))?;
    let name = Path::new(path).file_name().context("a file without a name")?;
    Ok(name.to_string_lossy().into_owned())
}
