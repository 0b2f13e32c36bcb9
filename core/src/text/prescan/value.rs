//! The two kinds of values in a text: attributes in lib0's own form, and mark
//! values as JSON text.
//!
//! Both are walked without recursion and told apart only as far as the schema
//! asks. yrs keeps objects in an order that differs from run to run, so objects
//! of more than one entry are let through from newer schemas alone.

use super::super::schema::Attribute;
use super::ScanError;
use super::reader::Reader;

/// How deep values may nest.
pub const VALUE_DEPTH_MAX: usize = 64;

/// An attribute's value, as far as the rules ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Whole(i64),
    Fraction,
    Flag,
    Empty,
    Text,
    /// A list of numbers and nothing else.
    Numbers,
    Other,
}

/// A mark's value, as far as the rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkValue {
    /// `null`: the mark ends here.
    Off,
    /// `{}`: the mark begins here and carries nothing.
    Plain,
    /// `{"href":"…"}`.
    Href,
    Other,
}

/// One step of a value: a leaf, or a container of so many entries.
enum Token {
    Leaf(Value),
    List(usize),
    Object(usize),
}

/// Walks one value.
pub(super) fn value(reader: &mut Reader<'_>) -> Result<Value, ScanError> {
    let at = reader.at();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut all_numbers = true;
    match token(reader)? {
        Token::Leaf(value) => return Ok(value),
        Token::List(entries) => open.push((entries, false)),
        Token::Object(entries) => {
            all_numbers = false;
            open.push((entries, true));
        }
    }
    while let Some((entries, keyed)) = open.pop() {
        let Some(left) = entries.checked_sub(1) else { continue };
        open.push((left, keyed));
        if keyed {
            reader.text()?;
        }
        match token(reader)? {
            Token::Leaf(Value::Whole(_) | Value::Fraction) => {}
            Token::Leaf(_) => all_numbers = false,
            Token::List(entries) => open.push((entries, false)),
            Token::Object(entries) => open.push((entries, true)),
        }
        all_numbers &= open.len() < 2;
        if open.len() > VALUE_DEPTH_MAX {
            return Err(ScanError::ValueTooDeep { at, max: VALUE_DEPTH_MAX });
        }
    }
    Ok(if all_numbers { Value::Numbers } else { Value::Other })
}

/// Reads one step; the tags are lib0's.
fn token(reader: &mut Reader<'_>) -> Result<Token, ScanError> {
    let at = reader.at();
    Ok(Token::Leaf(match reader.byte()? {
        127 | 126 => Value::Empty,
        125 => Value::Whole(reader.signed()?),
        124 => reader.take(4).map(|_| Value::Fraction)?,
        123 => reader.take(8).map(|_| Value::Fraction)?,
        122 => reader.take(8).map(|_| Value::Other)?,
        121 | 120 => Value::Flag,
        119 => reader.text().map(|_| Value::Text)?,
        118 => return reader.count().map(Token::Object),
        117 => return reader.count().map(Token::List),
        116 => {
            let count = reader.count()?;
            reader.take(count).map(|_| Value::Other)?
        }
        _ => return Err(ScanError::ValueKind { at }),
    }))
}

/// Tells whether a value is one that an attribute may have.
pub(crate) fn fits(attribute: Attribute, value: Value) -> bool {
    match (attribute, value) {
        (Attribute::Level, Value::Whole(level)) => (1..=4).contains(&level),
        (Attribute::Start, Value::Whole(start)) => (0..=999_999_999).contains(&start),
        (Attribute::Checked, Value::Flag) => true,
        (Attribute::Colspan | Attribute::Rowspan, Value::Whole(span)) => (1..=100).contains(&span),
        (Attribute::Colwidth, Value::Numbers | Value::Empty) => true,
        _ => false,
    }
}

/// Walks the JSON text of a mark's value.
pub(super) fn mark_value(json: &str, at: usize) -> Result<MarkValue, ScanError> {
    match json {
        "null" => return Ok(MarkValue::Off),
        "{}" => return Ok(MarkValue::Plain),
        _ => {}
    }
    let mut depth = 0_usize;
    let mut deepest = 0_usize;
    let mut inside_string = false;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match (inside_string, byte) {
            // What a backslash escapes never ends a string.
            (true, b'\\') => drop(bytes.next()),
            (_, b'"') => inside_string = !inside_string,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > VALUE_DEPTH_MAX {
        return Err(ScanError::ValueTooDeep { at, max: VALUE_DEPTH_MAX });
    }
    let address = json.strip_prefix(r#"{"href":""#).and_then(|rest| rest.strip_suffix(r#""}"#));
    Ok(if address.is_some_and(is_json_text) { MarkValue::Href } else { MarkValue::Other })
}

/// Tells whether the inside of a JSON string is what every reader of JSON reads alike.
///
/// JavaScript takes half a surrogate pair, yrs does not.
fn is_json_text(inside: &str) -> bool {
    let mut rest = inside.chars();
    while let Some(sign) = rest.next() {
        let is_read = match sign {
            '"' => false,
            '\\' => match rest.next() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => true,
                Some('u') => unit(&mut rest).is_some_and(|unit| match unit {
                    0xd800..0xdc00 => {
                        (rest.next(), rest.next()) == (Some('\\'), Some('u'))
                            && unit_is_low(&mut rest)
                    }
                    0xdc00..0xe000 => false,
                    _ => true,
                }),
                _ => false,
            },
            control => control >= ' ',
        };
        if !is_read {
            return false;
        }
    }
    true
}

/// Reads the four digits of a UTF-16 unit.
fn unit(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + rest.next()?.to_digit(16)?))
}

fn unit_is_low(rest: &mut std::str::Chars<'_>) -> bool {
    unit(rest).is_some_and(|unit| (0xdc00..0xe000).contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x4_values_are_walked_to_a_depth_and_told_apart() {
        let read = |bytes: &[u8]| value(&mut Reader::new(bytes));
        assert_eq!(read(&[125, 3]), Ok(Value::Whole(3)));
        assert_eq!(read(&[120]), Ok(Value::Flag));
        assert_eq!(read(&[117, 2, 125, 1, 125, 2]), Ok(Value::Numbers));
        assert_eq!(read(&[117, 1, 117, 1, 125, 2]), Ok(Value::Other));
        assert_eq!(read(&[118, 1, 1, b'a', 126]), Ok(Value::Other));
        assert_eq!(read(&[90]), Err(ScanError::ValueKind { at: 0 }));
        let nested = |depth: usize| {
            let mut bytes = [117, 1].repeat(depth);
            bytes.push(126);
            bytes
        };
        assert_eq!(read(&nested(VALUE_DEPTH_MAX)), Ok(Value::Other));
        let refused = Err(ScanError::ValueTooDeep { at: 0, max: VALUE_DEPTH_MAX });
        assert_eq!(read(&nested(VALUE_DEPTH_MAX + 1)), refused);
        assert_eq!(read(&nested(500_000)), refused);
    }

    #[test]
    fn x4_a_marks_value_is_off_plain_or_an_address() {
        let table = [
            ("null", MarkValue::Off),
            ("{}", MarkValue::Plain),
            (r#"{"href":"https://example.org/\"}"}"#, MarkValue::Href),
            (r#"{"href":"a","title":"b"}"#, MarkValue::Other),
            (r#"{"href":1}"#, MarkValue::Other),
            (r#"{"href":"a"#, MarkValue::Other),
            (r#"{"href":"\u00e5\ud83c\udfb5\/"}"#, MarkValue::Href),
            (r#"{"href":"\x"}"#, MarkValue::Other),
            (r#"{"href":"\ud83c"}"#, MarkValue::Other),
            (r#"{"href":"\udfb5\ud83c"}"#, MarkValue::Other),
            ("{\"href\":\"a\nb\"}", MarkValue::Other),
            (r#"{"href":"a"}{"href":"b"}"#, MarkValue::Other),
            ("true", MarkValue::Other),
            ("", MarkValue::Other),
        ];
        for (json, expected) in table {
            assert_eq!(mark_value(json, 0), Ok(expected), "{json}");
        }
        let refused = Err(ScanError::ValueTooDeep { at: 7, max: VALUE_DEPTH_MAX });
        assert_eq!(mark_value(&"[".repeat(65), 7), refused);
    }
}
