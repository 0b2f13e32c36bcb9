//! The little that the rules need to understand of Rust's text.
//!
//! Lines, not syntax: good enough for code that rustfmt has laid out, and no more.

/// The part of a file before its test module.
pub fn without_tests(text: &str) -> &str {
    let mark = ["#[cfg(test)]\nmod ", "#[cfg(test)]\n#["];
    let start = mark.iter().filter_map(|mark| text.find(mark)).min();
    start.and_then(|start| text.get(..start)).unwrap_or(text)
}

/// The lines of attributes and docs straight above a line, nearest first.
pub fn above<'a>(lines: &[&'a str], place: usize) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in lines.iter().take(place).rev() {
        let line = line.trim();
        if line.starts_with("#[") {
            inside = false;
        } else if line.ends_with(")]") {
            inside = true;
        } else if !inside && !line.starts_with("//") {
            break;
        }
        found.push(line);
    }
    found
}

/// Whether the item at a line has a `///` sentence.
pub fn is_documented(lines: &[&str], place: usize) -> bool {
    above(lines, place).iter().any(|line| line.starts_with("///") || line.starts_with("#[doc"))
}

/// The names of the test functions of a file.
pub fn test_names(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let named = lines.iter().enumerate().filter_map(|(place, line)| {
        let rest = line.trim_start();
        let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
        let name = rest.split(['(', '<']).next()?;
        let is_test = |line: &&str| line.starts_with("#[") && line.contains("test");
        above(&lines, place).iter().any(is_test).then_some(name)
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h13_only_tests_are_taken_for_tests() {
        let text = "fn f1_no() {}\n#[test]\nfn f2_yes() {}\n#[tokio::test]\nasync fn f3_too() {}\n";
        assert_eq!(test_names(text), ["f2_yes", "f3_too"]);
    }
}
