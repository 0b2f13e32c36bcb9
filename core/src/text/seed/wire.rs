//! Numbers and mark values in the form they have on the wire.
//!
//! The other direction is `prescan`; the two are checked against each other by
//! the law that a seed gives back its tree.

use std::fmt::Write as _;

use super::super::node::Marks;
use super::super::schema::Mark;

/// Gives the JSON text of a mark's value, or `None` where the mark is off.
pub(super) fn mark_value(marks: &Marks, mark: Mark) -> Option<String> {
    let is_on = match mark {
        Mark::Bold => marks.bold,
        Mark::Italic => marks.italic,
        Mark::Underline => marks.underline,
        Mark::Strike => marks.strike,
        Mark::Code => marks.code,
        Mark::Link => {
            let href = marks.link.as_ref()?;
            return Some(format!(r#"{{"href":{}}}"#, json_string(href)));
        }
    };
    is_on.then(|| "{}".to_owned())
}

fn json_string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for sign in text.chars() {
        match sign {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            control if u32::from(control) < 0x20 => {
                // Writing into a string cannot fail.
                write!(json, "\\u{:04x}", u32::from(control)).unwrap_or_default();
            }
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// Writes an unsigned number, 7 bits a byte, lowest first.
pub(super) fn number(bytes: &mut Vec<u8>, value: u64) {
    let mut rest = value;
    loop {
        let [low, ..] = rest.to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low & 0x7f);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Writes a whole number as an attribute's value: a sign and 6 bits, then 7.
pub(super) fn whole_number(bytes: &mut Vec<u8>, value: u32) {
    bytes.push(125);
    let [low, ..] = value.to_le_bytes();
    let rest = value >> 6;
    bytes.push(low & 0x3f | if rest > 0 { 0x80 } else { 0 });
    if rest > 0 {
        number(bytes, u64::from(rest));
    }
}
