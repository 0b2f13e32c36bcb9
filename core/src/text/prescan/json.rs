//! Whether a text is JSON, found out without recursion and without building anything.
//!
//! JavaScript parses these texts on every device that gets them, and a text
//! that is no JSON throws there; so it is refused here (RFC 8259).

use super::ScanError;

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A value, or the end of a list that has just begun.
    ValueOrEnd,
    Value,
    /// A key, or the end of an object that has just begun.
    KeyOrEnd,
    Key,
    /// What follows a value: a comma or an end.
    After,
}

/// Checks a text that began at `at` of the scanned bytes.
pub(super) fn check(text: &str, at: usize, depth_max: usize) -> Result<(), ScanError> {
    let refused = ScanError::ValueKind { at };
    let mut rest = text.trim_start_matches(is_space);
    let mut open: Vec<u8> = Vec::new();
    let mut next = Next::Value;
    loop {
        let Some(first) = rest.bytes().next() else {
            let ended = next == Next::After && open.is_empty();
            return if ended { Ok(()) } else { Err(refused) };
        };
        let after = match (next, first) {
            (Next::ValueOrEnd, b']') | (Next::KeyOrEnd, b'}') => close(&mut open, first, rest),
            (Next::After, b']' | b'}') => close(&mut open, first, rest),
            (Next::After, b',') => match open.last() {
                Some(b'[') => tail(rest, 1).map(|rest| (rest, Next::Value)),
                Some(_) => tail(rest, 1).map(|rest| (rest, Next::Key)),
                None => None,
            },
            (Next::KeyOrEnd | Next::Key, b'"') => key(rest).map(|rest| (rest, Next::Value)),
            (Next::ValueOrEnd | Next::Value, b'[' | b'{') => {
                open.push(first);
                let inside = if first == b'[' { Next::ValueOrEnd } else { Next::KeyOrEnd };
                tail(rest, 1).map(|rest| (rest, inside))
            }
            (Next::ValueOrEnd | Next::Value, _) => leaf(rest, first).map(|it| (it, Next::After)),
            _ => None,
        };
        if open.len() > depth_max {
            return Err(ScanError::ValueTooDeep { at, max: depth_max });
        }
        let Some((left, then)) = after else { return Err(refused) };
        rest = left.trim_start_matches(is_space);
        next = then;
    }
}

fn close<'a>(open: &mut Vec<u8>, end: u8, rest: &'a str) -> Option<(&'a str, Next)> {
    let begun = if end == b']' { b'[' } else { b'{' };
    (open.pop() == Some(begun)).then(|| tail(rest, 1)).flatten().map(|rest| (rest, Next::After))
}

fn key(rest: &str) -> Option<&str> {
    string(rest)?.trim_start_matches(is_space).strip_prefix(':')
}

fn leaf(rest: &str, first: u8) -> Option<&str> {
    match first {
        b'"' => string(rest),
        b't' => rest.strip_prefix("true"),
        b'f' => rest.strip_prefix("false"),
        b'n' => rest.strip_prefix("null"),
        _ => number(rest),
    }
}

/// Passes over a string with its quotes.
fn string(rest: &str) -> Option<&str> {
    let mut bytes = rest.bytes().enumerate().skip(1);
    while let Some((place, byte)) = bytes.next() {
        match byte {
            b'"' => return tail(rest, place + 1),
            b'\\' => match bytes.next()?.1 {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => {
                    let digits = bytes.by_ref().take(4);
                    if digits.filter(|(_, digit)| digit.is_ascii_hexdigit()).count() != 4 {
                        return None;
                    }
                }
                _ => return None,
            },
            0..0x20 => return None,
            _ => {}
        }
    }
    None
}

/// Passes over a number.
fn number(rest: &str) -> Option<&str> {
    let whole = rest.strip_prefix('-').unwrap_or(rest);
    let after = digits(whole)?;
    // A number begins with zero only if that is all of its whole part.
    if whole.starts_with('0') && whole.len() - after.len() > 1 {
        return None;
    }
    let after = match after.strip_prefix('.') {
        Some(fraction) => digits(fraction)?,
        None => after,
    };
    match after.strip_prefix(['e', 'E']) {
        Some(power) => digits(power.strip_prefix(['+', '-']).unwrap_or(power)),
        None => Some(after),
    }
}

/// Passes over one digit or more.
fn digits(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
    (after.len() < rest.len()).then_some(after)
}

fn tail(text: &str, from: usize) -> Option<&str> {
    text.get(from..)
}

fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn y1_json_is_told_from_what_would_throw() {
        for good in [
            "null",
            " true ",
            "-0.5e+3",
            "0",
            "[]",
            "{}",
            r#"{"a":[1,{"b":"\u00e4\n"}],"c":null}"#,
            r#""å \" ä""#,
            "[ 1 , 2 ]",
        ] {
            assert_eq!(check(good, 0, 64), Ok(()), "{good}");
        }
        for bad in [
            "",
            "nul",
            "01",
            "1.",
            "-",
            "[1,]",
            "{,}",
            "[1 2]",
            "{\"a\"}",
            "{1:2}",
            "\"a",
            "]",
            "[}",
            r#""\x""#,
            r#""\u12g4""#,
            "\"\n\"",
            "1 2",
            "undefined",
            "{\"a\":1,}",
        ] {
            assert_eq!(check(bad, 7, 64), Err(ScanError::ValueKind { at: 7 }), "{bad}");
        }
        assert_eq!(
            check(&"[".repeat(500_000), 0, 64),
            Err(ScanError::ValueTooDeep { at: 0, max: 64 })
        );
        let nested = format!("{}{}", "[".repeat(64), "]".repeat(64));
        assert_eq!(check(&nested, 0, 64), Ok(()));
    }
}
