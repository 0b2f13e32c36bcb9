//! The form of a file: how it opens, how long it is, what says what it offers.

use super::rust_text;
use super::source::SourceFile;

/// The hard end; 200 lines are aimed at.
pub const FILE_LINES_MAX: usize = 400;

/// Complains about a Rust file that does not open with `//!`.
pub fn opens_with_its_idea(file: &SourceFile) -> Option<String> {
    let opens = file.text.starts_with("//!");
    (file.is_kind(&["rs"]) && !opens).then(|| {
        format!(
            "{}: open with `//!`: what it holds and what it deliberately does not do",
            file.name
        )
    })
}

/// Complains about a file that holds more than one idea can need.
pub fn is_short_enough(file: &SourceFile) -> Option<String> {
    let lines = file.text.lines().count();
    let counted = file.is_kind(&["rs", "js", "mjs", "css"]) && lines > FILE_LINES_MAX;
    counted.then(|| {
        format!("{}: {lines} lines of {FILE_LINES_MAX}; it holds a second idea", file.name)
    })
}

/// Complains about each public type and function without a `///` sentence.
pub fn says_what_it_offers(file: &SourceFile) -> Vec<String> {
    if !file.is_kind(&["rs"]) || !file.name.contains("src/") {
        return Vec::new();
    }
    let lines: Vec<&str> = rust_text::without_tests(&file.text).lines().collect();
    let offers = lines.iter().enumerate().filter(|(_, line)| is_offer(line));
    let silent = offers.filter(|(place, _)| !rust_text::is_documented(&lines, *place));
    let complain = |(place, line): (usize, &&str)| {
        format!("{}:{}: add a `///` sentence to `{}`", file.name, place + 1, line.trim())
    };
    silent.map(complain).collect()
}

fn is_offer(line: &str) -> bool {
    // A macro's `struct $name` is documented where the macro is used.
    if line.contains('$') {
        return false;
    }
    let Some(rest) = line.trim_start().strip_prefix("pub ") else { return false };
    let rest = rest.trim_start_matches("const ").trim_start_matches("async ");
    ["fn ", "struct ", "enum ", "trait ", "type ", "union "].iter().any(|k| rest.starts_with(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_a_file_without_an_opening_is_found() {
        assert!(opens_with_its_idea(&SourceFile::new("a/src/b.rs", "use x;\n")).is_some());
        assert!(opens_with_its_idea(&SourceFile::new("a/src/b.rs", "//! Idea.\n")).is_none());
        assert!(opens_with_its_idea(&SourceFile::new("a/b.css", "a {}\n")).is_none());
    }

    #[test]
    fn h2_a_long_file_is_found() {
        let long = "x\n".repeat(FILE_LINES_MAX + 1);
        assert!(is_short_enough(&SourceFile::new("a.js", &long)).is_some());
        assert!(is_short_enough(&SourceFile::new("a.md", &long)).is_none());
    }

    #[test]
    fn h3_a_silent_offer_is_found() {
        let silent = "//! Idea.\npub fn a() {}\n";
        let spoken =
            "/// Does a.\n#[must_use]\n#[expect(\n    x,\n    reason = \"y\"\n)]\npub fn a() {}\n";
        assert_eq!(says_what_it_offers(&SourceFile::new("c/src/a.rs", silent)).len(), 1);
        assert!(says_what_it_offers(&SourceFile::new("c/src/a.rs", spoken)).is_empty());
        let tested = "#[cfg(test)]\nmod tests {\n    pub fn a() {}\n}\n";
        assert!(says_what_it_offers(&SourceFile::new("c/src/a.rs", tested)).is_empty());
    }
}
