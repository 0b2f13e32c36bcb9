//! The rules of the house, put to this repository. Each complaint says what to do.
#![expect(clippy::unwrap_used, reason = "a test stops where the repository cannot be read")]

use std::env;
use std::fs;
use std::process::Command;

use serde_json::Value;
use talkoot_tests::house::source::{self, SourceFile};
use talkoot_tests::house::{crates, drawers, form, language, traces};

fn files() -> Vec<SourceFile> {
    let files = source::sources().unwrap();
    assert!(files.len() > 50, "the repository was not found");
    files
}

#[track_caller]
fn check(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What cargo knows of the platforms that we build for.
fn metadata() -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(source::root());
    for platform in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        command.args(["--filter-platform", platform]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn h1_every_rust_file_opens_with_its_idea() {
    check(files().iter().filter_map(form::opens_with_its_idea));
}

#[test]
fn h2_no_file_is_longer_than_400_lines() {
    check(files().iter().filter_map(form::is_short_enough));
}

#[test]
fn h3_every_public_type_and_function_says_what_it_is_for() {
    check(files().iter().flat_map(form::says_what_it_offers));
}

#[test]
fn h4_no_file_or_folder_is_a_drawer() {
    check(files().iter().filter_map(drawers::is_named_for_its_idea));
}

#[test]
fn h5_h6_h7_nothing_is_silenced_skipped_waited_for_or_left_of_a_machine() {
    // proves H5, H6, H7
    check(files().iter().flat_map(traces::leaves_no_trace));
}

#[test]
fn h8_the_three_languages_say_the_same() {
    let read = |language: &'static str| {
        let file = source::root().join(format!("public/i18n/{language}.json"));
        let text = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (language, serde_json::from_slice(&text).unwrap())
    };
    let texts = language::LANGUAGES.map(read);
    assert!(!language::keys(&texts[0].1).is_empty());
    check(language::say_the_same(&texts));
}

#[test]
fn h9_dependencies_point_inwards() {
    let edges = crates::edges(&metadata());
    assert!(edges.iter().any(|edge| edge.from == "talkoot-app"));
    check(crates::point_inwards(&edges));
}

#[test]
fn h10_the_engine_stands_on_a_short_list() {
    check(crates::core_is_small(&crates::edges(&metadata())));
}

#[test]
fn h11_every_licence_is_on_the_list() {
    let deny = fs::read_to_string(source::root().join("deny.toml")).unwrap();
    check(crates::licences_are_allowed(&metadata(), &crates::list(&deny, "allow")));
}

#[test]
fn h12_a_package_comes_once_or_with_a_reason() {
    let deny = fs::read_to_string(source::root().join("deny.toml")).unwrap();
    check(crates::come_once(&metadata(), &crates::list(&deny, "skip")));
}
