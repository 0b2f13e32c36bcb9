//! Keeping words from being read as Markdown.
//!
//! Backslashes where `CommonMark` knows them, numeric entities for what it would
//! trim or cannot escape (white space at an edge, a backtick beside a code span).

use std::fmt::Write as _;

/// Where a piece of text stands in its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    /// At the beginning of a line of the source.
    pub(super) starts_line: bool,
    /// Before the end of a line of the source.
    pub(super) ends_line: bool,
    /// Directly before a link, where `!` would make it a picture.
    pub(super) before_link: bool,
}

/// Escapes a piece of text.
pub(super) fn text(words: &str, edges: Edges) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    let last = words.chars().count().saturating_sub(1);
    let mut only_digits = edges.starts_line;
    let mut signs = words.chars().enumerate().peekable();
    while let Some((place, sign)) = signs.next() {
        let at_start = edges.starts_line && place == 0;
        let at_end = edges.ends_line && place == last;
        let next = signs.peek().map(|(_, next)| *next);
        match sign {
            '`' => escaped.push_str("&#96;"),
            // Readers take it for this in any form.
            '\0' => escaped.push('\u{fffd}'),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(sign);
            }
            '&' if next.is_none_or(|next| next.is_ascii_alphanumeric() || next == '#') => {
                escaped.push_str("\\&");
            }
            '!' if edges.before_link && place == last => escaped.push_str("\\!"),
            '+' | '-' | '=' | ':' if at_start => {
                escaped.push('\\');
                escaped.push(sign);
            }
            '.' | ')' if only_digits && place > 0 => {
                escaped.push('\\');
                escaped.push(sign);
            }
            blank if blank.is_control() || (blank.is_whitespace() && (at_start || at_end)) => {
                entity(&mut escaped, blank);
            }
            other => escaped.push(other),
        }
        only_digits &= sign.is_ascii_digit();
    }
    escaped
}

/// Writes a code span: a fence longer than any inside, and room where the
/// reader would take a space away.
pub(super) fn code(words: &str, in_table: bool) -> String {
    let mut words: String = words
        .chars()
        .map(|sign| if matches!(sign, '\0' | '\n' | '\r') { ' ' } else { sign })
        .collect();
    let runs = words.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let is_blank = words.chars().all(|sign| sign == ' ');
    let padded = words.starts_with(' ') && words.ends_with(' ') && !is_blank;
    if padded || words.starts_with('`') || words.ends_with('`') {
        words = format!(" {words} ");
    }
    if in_table {
        words = words.replace('|', "\\|");
    }
    format!("{fence}{words}{fence}")
}

/// Writes where a link leads.
pub(super) fn target(href: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "/:.?=%+-,@;".contains(sign);
    if !href.is_empty() && href.chars().all(is_plain) {
        return href.to_owned();
    }
    let mut target = String::from("<");
    for sign in href.chars() {
        match sign {
            '\\' | '<' | '>' | '|' | '`' => {
                target.push('\\');
                target.push(sign);
            }
            '&' => target.push_str("&amp;"),
            control if control.is_control() => entity(&mut target, control),
            other => target.push(other),
        }
    }
    target.push('>');
    target
}

fn entity(text: &mut String, sign: char) {
    // Writing into a string cannot fail.
    write!(text, "&#{};", u32::from(sign)).unwrap_or_default();
}
