//! The list of what a device keeps, and the name of the build that it makes.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Stage;

/// Files that the workspace can be used without; fetched when the first screen stands.
const LATER: [&str; 11] = [
    "assets/split_later-",
    "assets/split_seldom-",
    "assets/split_talk-",
    "assets/chunk_",
    "assets/editor-",
    "assets/comment-",
    "assets/atkinson-hyperlegible-next-latin-ext-",
    "assets/atkinson-hyperlegible-next-latin-italic-",
    "icons/",
    "licences/",
    "manifest.webmanifest",
];

/// How much of the hash names a build: enough that no two builds share it.
const BUILD_ID_BYTES: usize = 8;

/// One file of the bundle.
pub(crate) struct Asset {
    pub(crate) name: String,
    pub(crate) hash: String,
    pub(crate) size_bytes: usize,
}

impl Asset {
    /// Whether the workspace can be used before this file has come.
    pub(crate) fn comes_later(&self) -> bool {
        LATER.iter().any(|start| self.name.starts_with(start))
    }

    /// Whether the name ends in `.end`.
    pub(crate) fn is_kind(&self, end: &str) -> bool {
        Path::new(&self.name).extension().is_some_and(|found| found == end)
    }

    fn to_json(&self) -> Value {
        json!({ "url": format!("/{}", self.name), "hash": self.hash, "bytes": self.size_bytes })
    }
}

/// Describes one file.
pub(crate) fn asset(name: &str, bytes: &[u8]) -> Asset {
    Asset { name: name.to_owned(), hash: hex(&Sha256::digest(bytes)), size_bytes: bytes.len() }
}

/// Describes every file made so far.
pub(crate) fn collect(stage: &Stage) -> Result<Vec<Asset>> {
    let names = stage.names()?.into_iter();
    names.map(|name| Ok(asset(&name, &fs::read(stage.folder().join(&name))?))).collect()
}

/// Names the build: the same files and the same page give the same name.
pub(crate) fn build_id(assets: &[Asset], template: &str) -> String {
    let mut hash = Sha256::new();
    for asset in assets {
        hash.update(format!("{} {}\n", asset.name, asset.hash));
    }
    hash.update(template);
    hex(hash.finalize().get(..BUILD_ID_BYTES).unwrap_or_default())
}

/// The list as the service worker reads it. Licences are for people who ask, not kept.
pub(crate) fn list(build: &str, assets: &[Asset]) -> Value {
    let kept = assets.iter().filter(|asset| !asset.name.starts_with("licences/"));
    let (later, first): (Vec<_>, Vec<_>) = kept.partition(|asset| asset.comes_later());
    let json = |assets: Vec<&Asset>| assets.into_iter().map(Asset::to_json).collect::<Vec<_>>();
    json!({ "build": build, "first": json(first), "later": json(later) })
}

fn hex(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16));
    bytes.iter().flat_map(digits).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b1_a_build_is_named_by_what_is_in_it() {
        let one = build_id(&[asset("a.js", b"1")], "page");
        assert_eq!(one, build_id(&[asset("a.js", b"1")], "page"));
        assert_ne!(one, build_id(&[asset("a.js", b"2")], "page"));
        assert_ne!(one, build_id(&[asset("a.js", b"1")], "another page"));
    }

    #[test]
    fn b2_the_editor_comes_later_and_the_page_first() {
        let assets = [asset("assets/editor-AB.js", b"e"), asset("index.html", b"p")];
        let list = list("b", &assets);
        assert_eq!(list["first"][0]["url"], "/index.html");
        assert_eq!(list["later"][0]["url"], "/assets/editor-AB.js");
    }
}
