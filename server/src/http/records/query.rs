//! Reading the parameters of a listing: each known, each once, each of its form.

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::cursor::Token;
use crate::api_error::ApiError;
use crate::record_json::kind_named;
use talkoot_core::moment;

/// Records on a page when nobody says otherwise.
pub const LIMIT_DEFAULT: usize = 50;
/// Most records on a page: each of them may have to be folded.
pub const LIMIT_MAX: usize = 100;
/// Longest query that is read, in bytes: every parameter at its longest, twice over.
pub const QUERY_BYTES_MAX: usize = 1_024;

/// From when on changes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The moment when the server took the change in.
    Arrival { at_ms: u64 },
    /// The beginning of an earlier listing.
    Listing(Token),
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub kind: Option<Kind>,
    pub project: Option<RecordId>,
    pub since: Option<Since>,
    pub cursor: Option<Token>,
    pub limit: usize,
}

impl Asked {
    /// Reads the query of an address.
    pub fn read(query: Option<&str>) -> Result<Self, ApiError> {
        let query = query.unwrap_or_default();
        if query.len() > QUERY_BYTES_MAX {
            return Err(ApiError::QueryTooLong);
        }
        let none = Self { kind: None, project: None, since: None, cursor: None, limit: 0 };
        let mut asked = Self { limit: LIMIT_DEFAULT, ..none };
        let mut seen = Vec::new();
        for (name, value) in pairs(query) {
            let wrong = |name| ApiError::WrongParameter { name };
            let value = value.as_str();
            let name = match name.as_str() {
                "kind" => {
                    asked.kind = Some(kind_named(value).ok_or_else(|| wrong("kind"))?);
                    "kind"
                }
                "project" => {
                    asked.project = Some(value.parse().map_err(|_| wrong("project"))?);
                    "project"
                }
                "changed_since" => {
                    asked.since = Some(since(value).ok_or_else(|| wrong("changed_since"))?);
                    "changed_since"
                }
                "cursor" => {
                    asked.cursor = Some(Token::read(value).ok_or_else(|| wrong("cursor"))?);
                    "cursor"
                }
                "limit" => {
                    asked.limit = limit(value).ok_or_else(|| wrong("limit"))?;
                    "limit"
                }
                _ => return Err(ApiError::UnknownParameter),
            };
            if seen.contains(&name) {
                return Err(wrong(name));
            }
            seen.push(name);
        }
        Ok(asked)
    }
}

fn since(text: &str) -> Option<Since> {
    let listing = Token::read(text).map(Since::Listing);
    listing.or_else(|| moment::read(text).map(|at_ms| Since::Arrival { at_ms }))
}

/// Reads digits only: `+5` is a number to Rust and none to anybody else.
fn limit(text: &str) -> Option<usize> {
    let digits = text.bytes().all(|sign| sign.is_ascii_digit());
    let limit = text.parse().ok().filter(|_| digits)?;
    (1..=LIMIT_MAX).contains(&limit).then_some(limit)
}

/// Splits a query, or a form that was sent; what does not decode is no value of anything.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// Reads `%41` and `+`; anything else stands for itself, and bytes that are no text become `\u{fffd}`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let escaped = match (first, others) {
            (b'%', [high, low, ..]) => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            bytes.push(high * 16 + low);
            rest = others.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = others;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_digit(sign: u8) -> Option<u8> {
    char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(query: &str) -> Result<usize, ApiError> {
        Asked::read(Some(query)).map(|asked| asked.limit)
    }

    #[test]
    fn d5_a_parameter_is_known_once_and_of_its_form_or_refused() {
        let wrong = |name| Err(ApiError::WrongParameter { name });
        let token = "0".repeat(64);
        for (query, expected) in [
            ("", Ok(LIMIT_DEFAULT)),
            ("kind=document&limit=100", Ok(100)),
            ("limit=%31%30", Ok(10)),
            ("changed_since=2026-11-27T09:50:00%2B02:00", Ok(LIMIT_DEFAULT)),
            (&format!("changed_since={token}&cursor={token}"), Ok(LIMIT_DEFAULT)),
            ("project=00000000000000000000000001", Ok(LIMIT_DEFAULT)),
            ("limit=0", wrong("limit")),
            ("limit=101", wrong("limit")),
            ("limit=%2B5", wrong("limit")),
            ("limit=99999999999999999999", wrong("limit")),
            ("limit=5&limit=5", wrong("limit")),
            ("limit", wrong("limit")),
            ("kind=Document", wrong("kind")),
            ("kind=", wrong("kind")),
            ("kind=document%00", wrong("kind")),
            ("project=1", wrong("project")),
            ("changed_since=yesterday", wrong("changed_since")),
            ("changed_since=%ff", wrong("changed_since")),
            (&format!("cursor={token}0"), wrong("cursor")),
            ("cursor=' OR 1=1 --", wrong("cursor")),
            ("Kind=document", Err(ApiError::UnknownParameter)),
            ("=", Err(ApiError::UnknownParameter)),
            (&"a".repeat(QUERY_BYTES_MAX + 1), Err(ApiError::QueryTooLong)),
        ] {
            assert_eq!(code(query), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn d5_any_query_is_read_or_refused(query in "\\PC{0,200}|([a-z_]{1,13}=[%0-9a-fzT:.-]{0,70}&?){0,6}") {
            let refused = Asked::read(Some(&query)).err();
            prop_assert!(refused.is_none_or(|it| it.to_string().len() < 80));
        }
    }
}
