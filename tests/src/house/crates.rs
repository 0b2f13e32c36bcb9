//! Who may depend on whom, and what comes in from outside, from `cargo metadata`.
//!
//! deny.toml is the one table of what is allowed; the tool that reads it may be
//! missing on a machine, these rules are not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::licence;

/// All that the engine may stand on. Each is pure: no clock, no chance, no IO.
pub const CORE_MAY_USE: [&str; 11] = [
    "base64ct",
    "chacha20poly1305",
    "ed25519-dalek",
    "hkdf",
    "hmac",
    "minicbor",
    "miniz_oxide",
    "pulldown-cmark",
    "sha2",
    "thiserror",
    "yrs",
];

/// Our crates, each with those of ours that it may use.
pub const DIRECTION: [(&str, &[&str]); 5] = [
    ("talkoot-core", &[]),
    ("talkoot-app", &["talkoot-core"]),
    ("talkoot-server", &["talkoot-core"]),
    ("talkoot-xtask", &[]),
    ("talkoot-tests", &["talkoot-core", "talkoot-server"]),
];

/// One dependency line of one crate of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The crate of ours.
    pub from: String,
    /// What it uses.
    pub to: String,
    /// Whether it does so in what it ships (not only while testing or building).
    pub shipped: bool,
}

/// Reads the dependency lines of our crates.
pub fn edges(metadata: &Value) -> Vec<Edge> {
    let ours =
        packages(metadata).filter(|package| package.get("source").is_none_or(Value::is_null));
    let edges = ours.flat_map(|package| {
        let from = text(package, "name");
        let lines = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        lines.map(move |line| Edge {
            from: from.to_owned(),
            to: text(line, "name").to_owned(),
            shipped: line.get("kind").is_none_or(Value::is_null),
        })
    });
    edges.collect()
}

/// Complains about a crate of ours that uses another against the direction.
pub fn point_inwards(edges: &[Edge]) -> Vec<String> {
    let wrong = edges.iter().filter(|edge| edge.to.starts_with("talkoot-"));
    let wrong = wrong.filter(|edge| {
        let may = DIRECTION.iter().find(|(name, _)| *name == edge.from);
        !may.is_some_and(|(_, may)| may.contains(&edge.to.as_str()))
    });
    let complain = |edge: &Edge| {
        let (from, to) = (&edge.from, &edge.to);
        format!("{from} uses {to}: dependencies point inwards; core → nobody, the edges → core")
    };
    wrong.map(complain).collect()
}

/// Complains about what the engine ships beyond its short list.
pub fn core_is_small(edges: &[Edge]) -> Vec<String> {
    let shipped = edges.iter().filter(|edge| edge.from == "talkoot-core" && edge.shipped);
    let extra = shipped.filter(|edge| !CORE_MAY_USE.contains(&edge.to.as_str()));
    let complain = |edge: &Edge| {
        format!("core uses {}: it stays pure and small; do it at an edge, or argue for it", edge.to)
    };
    extra.map(complain).collect()
}

/// Complains about each foreign package whose licence is not on the list.
pub fn licences_are_allowed(metadata: &Value, allowed: &[&str]) -> Vec<String> {
    let foreign = foreign(metadata);
    let wrong = foreign.filter(|package| !licence::is_allowed(text(package, "license"), allowed));
    let complain = |package: &Value| {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        format!("{name} comes under \"{licence}\", which deny.toml does not allow")
    };
    wrong.map(complain).collect()
}

/// Complains about a package that comes in two versions without a reason in deny.toml,
/// and about a reason that has outlived its package.
pub fn come_once(metadata: &Value, excused: &[&str]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in foreign(metadata) {
        versions.entry(text(package, "name")).or_default().insert(text(package, "version"));
    }
    let mut found = Vec::new();
    for (name, versions) in &versions {
        let open = |version: &&&str| !excused.contains(&format!("{name}@{version}").as_str());
        let open: Vec<_> = versions.iter().filter(open).collect();
        if open.len() > 1 {
            found.push(format!("{name} comes as {open:?}: use one, or give deny.toml a reason"));
        }
    }
    for excuse in excused {
        let (name, version) = excuse.split_once('@').unwrap_or((excuse, ""));
        if !versions.get(name).is_some_and(|versions| versions.contains(version)) {
            found.push(format!("deny.toml excuses {excuse}, which does not come in any more"));
        }
    }
    found
}

/// The quoted words of one list in deny.toml.
pub fn list<'a>(deny: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("\n{name} = [");
    let Some((_, rest)) = deny.split_once(&start) else { return Vec::new() };
    let (inside, _) = rest.split_once("\n]").unwrap_or((rest, ""));
    let lines = inside.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.filter_map(|line| line.split('"').nth(1)).collect()
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata.get("packages").and_then(Value::as_array).into_iter().flatten()
}

fn foreign(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|package| package.get("source").is_some_and(Value::is_string))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edge(from: &str, to: &str, shipped: bool) -> Edge {
        Edge { from: from.to_owned(), to: to.to_owned(), shipped }
    }

    #[test]
    fn h9_an_edge_against_the_direction_is_found() {
        assert_eq!(point_inwards(&[edge("talkoot-core", "talkoot-app", true)]).len(), 1);
        assert_eq!(point_inwards(&[edge("talkoot-app", "talkoot-server", false)]).len(), 1);
        assert!(point_inwards(&[edge("talkoot-app", "talkoot-core", true)]).is_empty());
    }

    #[test]
    fn h10_the_engine_may_test_with_more_than_it_ships() {
        assert_eq!(core_is_small(&[edge("talkoot-core", "tokio", true)]).len(), 1);
        assert!(core_is_small(&[edge("talkoot-core", "proptest", false)]).is_empty());
    }

    #[test]
    fn h12_a_second_version_needs_a_reason_that_still_holds() {
        let package = |version| json!({ "name": "a", "version": version, "source": "registry" });
        let twice = json!({ "packages": [package("1.0.0"), package("2.0.0")] });
        assert_eq!(come_once(&twice, &[]).len(), 1);
        assert!(come_once(&twice, &["a@1.0.0"]).is_empty());
        assert_eq!(come_once(&twice, &["a@1.0.0", "b@1.0.0"]).len(), 1);
    }

    #[test]
    fn h11_a_list_of_deny_toml_is_read_as_it_is_written() {
        let deny = "[licenses]\nallow = [\n    \"MIT\",\n    # why\n    \"ISC\",\n]\nskip = []\n";
        assert_eq!(list(deny, "allow"), ["MIT", "ISC"]);
    }
}
