//! Turns `public/i18n/{fi,sv,en}.json` into Rust, so that a missing word stops the build.
//!
//! Every key becomes a constant (`words::home::TITLE`); a text with places for
//! values (`{count}`) becomes a function with an argument for each. A key or a
//! place that one language lacks is an error here, never a gap on a screen.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value};

/// The languages in the order in which every word lists them.
const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let folder = Path::new(&root).join("../public/i18n");
    let mut tables = Vec::new();
    for language in LANGUAGES {
        let file = folder.join(format!("{language}.json"));
        println!("cargo::rerun-if-changed={}", file.display());
        let Value::Object(table) = serde_json::from_str(&fs::read_to_string(&file)?)? else {
            return Err(format!("{language}.json is not an object").into());
        };
        tables.push(table);
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("words.rs");
    fs::write(out, module(&tables)?)?;
    Ok(())
}

/// Writes one inner module for each group of words.
fn module(tables: &[Map<String, Value>]) -> Result<String, Failure> {
    let mut text = String::new();
    for group in keys(tables, "the groups")? {
        let inner =
            tables.iter().map(|table| table.get(&group).and_then(Value::as_object).cloned());
        let inner: Option<Vec<_>> = inner.collect();
        let inner = inner.ok_or_else(|| format!("`{group}` is not a group in every language"))?;
        writeln!(text, "/// Words of the group `{group}`.\npub(crate) mod {group} {{")?;
        for key in keys(&inner, &group)? {
            text.push_str(&word(&group, &key, &inner)?);
        }
        text.push_str("}\n");
    }
    Ok(text)
}

/// Gives the keys, which have to be the same in every language.
fn keys(tables: &[Map<String, Value>], place: &str) -> Result<BTreeSet<String>, Failure> {
    let sets: Vec<BTreeSet<String>> =
        tables.iter().map(|table| table.keys().cloned().collect()).collect();
    let all: BTreeSet<String> = sets.iter().flatten().cloned().collect();
    for (set, language) in sets.iter().zip(LANGUAGES) {
        if let Some(missing) = all.difference(set).next() {
            return Err(format!("{language}.json lacks `{missing}` in {place}").into());
        }
    }
    Ok(all)
}

fn word(group: &str, key: &str, tables: &[Map<String, Value>]) -> Result<String, Failure> {
    let texts: Option<Vec<&str>> =
        tables.iter().map(|table| table.get(key).and_then(Value::as_str)).collect();
    let texts = texts.ok_or_else(|| format!("`{group}.{key}` is not a text in every language"))?;
    let first = texts.first().map(|text| places(text)).unwrap_or_default();
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    if texts.iter().any(|text| set(&places(text)) != set(&first)) {
        return Err(format!("the languages of `{group}.{key}` have different places").into());
    }
    if first.is_empty() {
        let name = key.to_uppercase();
        return Ok(format!("pub(crate) const {name}: super::Word = super::Word({texts:?});\n"));
    }
    let arguments: Vec<_> =
        first.iter().map(|place| format!("{place}: impl std::fmt::Display")).collect();
    let parts: Vec<_> =
        first.iter().map(|place| format!("(\"{{{place}}}\", {place}.to_string())")).collect();
    Ok(format!(
        "pub(crate) fn {key}({}) -> super::Phrase {{ \
             super::Phrase::new(super::Word({texts:?}), vec![{}]) }}\n",
        arguments.join(", "),
        parts.join(", "),
    ))
}

/// Lists the names in braces in the order in which Finnish has them: that of the arguments.
fn places(text: &str) -> Vec<String> {
    let after = text.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}
