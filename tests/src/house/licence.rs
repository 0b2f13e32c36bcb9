//! Which licences come in with what we use, judged by the list in deny.toml.

use std::iter::Peekable;

/// Whether an SPDX expression can be met with the allowed licences.
///
/// Knows `AND`, `OR`, the old `/`, parentheses and `WITH`. `AND` binds tighter.
pub fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let spaced = spaced.replace(" WITH ", "~");
    let tokens: Vec<String> = spaced.split_whitespace().map(|t| t.replace('~', " WITH ")).collect();
    let mut rest = tokens.iter().map(String::as_str).peekable();
    either(&mut rest, allowed) && rest.peek().is_none()
}

fn either<'a, I: Iterator<Item = &'a str>>(rest: &mut Peekable<I>, allowed: &[&str]) -> bool {
    let mut met = both(rest, allowed);
    while rest.next_if_eq(&"OR").is_some() {
        met |= both(rest, allowed);
    }
    met
}

fn both<'a, I: Iterator<Item = &'a str>>(rest: &mut Peekable<I>, allowed: &[&str]) -> bool {
    let mut met = one(rest, allowed);
    while rest.next_if_eq(&"AND").is_some() {
        met &= one(rest, allowed);
    }
    met
}

fn one<'a, I: Iterator<Item = &'a str>>(rest: &mut Peekable<I>, allowed: &[&str]) -> bool {
    match rest.next() {
        Some("(") => {
            let met = either(rest, allowed);
            let closed = rest.next() == Some(")");
            met && closed
        }
        Some(name) => allowed.contains(&name),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, expected: bool) {
        let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn h11_an_expression_is_met_as_it_is_written() {
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("MIT OR GPL-3.0-only", true);
        check("MIT/GPL-3.0", true);
        check("MIT AND GPL-3.0-only", false);
        check("(GPL-3.0-only OR MIT) AND Unicode-3.0", true);
        check("Apache-2.0 WITH LLVM-exception", true);
        check("(GPL-3.0-only) OR MIT", true);
        check("Apache-2.0", false);
        check("", false);
    }
}
