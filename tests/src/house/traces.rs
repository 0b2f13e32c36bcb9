//! Words that must not be left in the text: silenced lints, skipped tests, waits,
//! and traces of the machine something was written on.

use super::rust_text;
use super::source::SourceFile;

/// A word and what to do instead. Written in halves, so that this file may say them.
struct Trace {
    word: &'static str,
    instead: &'static str,
}

const IN_RUST: [Trace; 3] = [
    Trace {
        word: concat!("#[", "allow("),
        instead: "say #[expect(lint, reason = \"…\")], which complains when it is not needed",
    },
    Trace { word: concat!("#![", "allow("), instead: "say #![expect(lint, reason = \"…\")]" },
    Trace { word: concat!("#[", "ignore"), instead: "make the test true or remove it" },
];

const IN_TESTS: [Trace; 3] = [
    Trace { word: concat!("thread::", "sleep"), instead: "wait for what you wait for" },
    Trace { word: concat!("time::", "sleep"), instead: "wait for what you wait for" },
    Trace { word: concat!("waitFor", "Timeout"), instead: "wait for what you wait for" },
];

const ANYWHERE: [Trace; 5] = [
    Trace { word: concat!("/ro", "ot/"), instead: "name no folder of one machine" },
    Trace { word: concat!("/ho", "me/"), instead: "name no folder of one machine" },
    Trace { word: concat!("/Use", "rs/"), instead: "name no folder of one machine" },
    Trace { word: concat!("registry.", "npmjs"), instead: "leave the registry to the client" },
    Trace { word: concat!("static.", "crates.io"), instead: "leave the registry to the client" },
];

/// Complains about each trace in a file.
pub fn leaves_no_trace(file: &SourceFile) -> Vec<String> {
    let mut found = find(file, &file.text, &ANYWHERE);
    if file.is_kind(&["rs"]) {
        found.extend(find(file, &file.text, &IN_RUST));
        let before = rust_text::without_tests(&file.text);
        let tests = file.text.get(before.len()..).unwrap_or_default();
        found.extend(find(file, tests, &IN_TESTS));
    }
    let name = &file.name;
    if name.starts_with("tests/") || name.contains("/tests/") || name.contains("/test/") {
        found.extend(find(file, &file.text, &IN_TESTS));
    }
    found
}

fn find(file: &SourceFile, text: &str, traces: &[Trace]) -> Vec<String> {
    let found = traces.iter().filter(|trace| text.contains(trace.word));
    found.map(|trace| format!("{}: `{}`: {}", file.name, trace.word, trace.instead)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h5_a_silenced_lint_is_found() {
        let text = format!("//! A.\n{}dead_code)]\n", concat!("#[", "allow("));
        assert_eq!(leaves_no_trace(&SourceFile::new("a/src/b.rs", &text)).len(), 1);
    }

    #[test]
    fn h6_a_wait_in_a_test_is_found_and_one_in_a_program_is_not() {
        let wait = concat!("thread::", "sleep(x);");
        let test = format!("#[cfg(test)]\nmod tests {{ fn a() {{ {wait} }} }}\n");
        assert_eq!(leaves_no_trace(&SourceFile::new("a/src/b.rs", &test)).len(), 1);
        assert!(leaves_no_trace(&SourceFile::new("a/src/b.rs", wait)).is_empty());
    }

    #[test]
    fn h7_a_folder_of_one_machine_is_found() {
        let text = format!("cd {}me/x", concat!("/ho", "me/"));
        assert_eq!(leaves_no_trace(&SourceFile::new("docs/a.md", &text)).len(), 1);
    }
}
