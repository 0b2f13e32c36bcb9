//! SPEC.md and the tests that prove it: no rule without a test, no test without a rule.

use std::collections::BTreeSet;

use super::rust_text;
use super::source::SourceFile;

/// Reads the rule ids of a specification: lines of the form `- **F3** sentence`.
pub fn rules(spec: &str) -> Vec<String> {
    let lines = spec.lines().filter_map(|line| line.trim_start().strip_prefix("- **"));
    let ids = lines.filter_map(|line| line.split_once("**")).map(|(id, _)| id);
    ids.filter(|id| is_id(id)).map(str::to_owned).collect()
}

/// Complains about an id that names two rules.
pub fn name_one_rule_each(rules: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let twice = rules.iter().filter(|id| !seen.insert(*id));
    twice.map(|id| format!("SPEC.md has two rules called {id}")).collect()
}

/// Reads the rule ids that the tests of a file cite.
///
/// A Rust test cites by its name (`f3_two_writes…`), a browser or editor test by the
/// start of its title (`"F3 two writes…"`), any test file by a comment `proves F3, F4`.
pub fn citations(file: &SourceFile) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if file.is_kind(&["rs"]) {
        let names = rust_text::test_names(&file.text);
        let ids = names.iter().filter_map(|name| name.split('_').next());
        found.extend(ids.map(str::to_ascii_uppercase).filter(|id| is_id(id)));
    }
    if file.is_kind(&["js", "mjs", "ts"]) {
        for call in ["test(", "it("] {
            for (_, rest) in split_after(&file.text, call) {
                let title = rest.trim_start().trim_start_matches(['"', '\'', '`']);
                found.extend(leading_ids(title));
            }
        }
    }
    if file.is_kind(&["rs", "js", "mjs", "ts"]) {
        for (before, rest) in split_after(&file.text, "proves ") {
            let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
            if line.starts_with("//") || line.starts_with('*') {
                found.extend(leading_ids(rest));
            }
        }
    }
    found
}

/// Complains about each rule that no test cites and each citation of no rule.
pub fn prove_each_other(rules: &[String], files: &[SourceFile]) -> Vec<String> {
    let mut open: BTreeSet<&String> = rules.iter().collect();
    let mut found = Vec::new();
    for file in files {
        for id in citations(file) {
            open.remove(&id);
            if !rules.contains(&id) {
                found.push(format!("{} cites {id}, which SPEC.md does not have", file.name));
            }
        }
    }
    found.extend(open.iter().map(|id| format!("no test cites {id} of SPEC.md")));
    found
}

/// One or two letters and a number.
fn is_id(word: &str) -> bool {
    let number = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = word.len() - number.len();
    let digits = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    (1..=2).contains(&letters) && digits
}

/// The ids at the start of a text: `F3`, `F3, F4` or `F3 F4`, up to the first other word.
fn leading_ids(text: &str) -> Vec<String> {
    let line = text.lines().next().unwrap_or_default();
    let words = line.split([' ', ',', ':']).filter(|word| !word.is_empty());
    let words = words.map(|word| word.trim_end_matches(['.', ';', '"', '\'', '`', ')']));
    words.take_while(|word| is_id(word)).map(str::to_owned).collect()
}

/// What stands before and after each place where a word occurs.
fn split_after<'a>(text: &'a str, word: &str) -> Vec<(&'a str, &'a str)> {
    let places = text.match_indices(word);
    let split = places
        .filter_map(|(place, word)| Some((text.get(..place)?, text.get(place + word.len()..)?)));
    split.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(name: &str, text: &str) -> Vec<String> {
        citations(&SourceFile::new(name, text)).into_iter().collect()
    }

    #[test]
    fn h13_rules_are_read_from_lines_of_one_form() {
        let spec = "# Fields\n- **F1** One.\n- **F12** Twelve.\n- **Note** none.\nF3 none.\n";
        assert_eq!(rules(spec), ["F1", "F12"]);
        assert_eq!(name_one_rule_each(&rules("- **F1** a\n- **F1** b\n")).len(), 1);
    }

    #[test]
    fn h13_citations_are_read_from_names_titles_and_comments() {
        assert_eq!(cited("a.rs", "#[test]\nfn f3_two_writes_stay() {}\n"), ["F3"]);
        assert_eq!(cited("a.rs", "fn h2_title() {}\n"), Vec::<String>::new());
        assert_eq!(cited("a.mjs", "test(\"F3, F4 two writes\", x)"), ["F3", "F4"]);
        assert_eq!(cited("a.rs", "// This law proves X1, X2 for every text.\n"), ["X1", "X2"]);
    }

    #[test]
    fn h13_a_rule_without_a_test_and_a_test_without_a_rule_are_found() {
        let file = SourceFile::new("a.rs", "#[test]\nfn f3_x() {}\n");
        let rules = ["F1".to_owned()];
        assert_eq!(prove_each_other(&rules, &[file]).len(), 2);
    }
}
