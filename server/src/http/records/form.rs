//! In which form somebody wants a record: by the end of the address, or by `Accept`.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// A form of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    Markdown,
    Html,
}

impl Form {
    /// Splits the end that names a form off the last part of an address.
    pub fn split(name: &str) -> (&str, Option<Self>) {
        for (end, form) in [(".md", Self::Markdown), (".html", Self::Html)] {
            if let Some(name) = name.strip_suffix(end) {
                return (name, Some(form));
            }
        }
        (name, None)
    }

    /// Gives the first form that the header names, in the order of the header; JSON otherwise.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(ACCEPT).into_iter().filter_map(|line| line.to_str().ok());
        let ranges = lines.flat_map(|line| line.split(','));
        let mut forms = ranges.filter_map(|range| {
            match range.split(';').next().map(str::trim).unwrap_or_default() {
                "application/json" => Some(Self::Json),
                "text/markdown" => Some(Self::Markdown),
                "text/html" => Some(Self::Html),
                _ => None,
            }
        });
        forms.next().unwrap_or(Self::Json)
    }

    /// Gives the media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// Names the form within an `ETag`.
    pub fn letter(self) -> char {
        match self {
            Self::Json => 'j',
            Self::Markdown => 'm',
            Self::Html => 'h',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d3_the_form_follows_from_the_end_of_the_address_or_from_accept() {
        assert_eq!(Form::split("abc.md"), ("abc", Some(Form::Markdown)));
        assert_eq!(Form::split("abc.html"), ("abc", Some(Form::Html)));
        assert_eq!(Form::split("abc.json"), ("abc.json", None));
        let accepted = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, line.parse().unwrap());
            Form::accepted(&headers)
        };
        assert_eq!(accepted("text/html,application/xhtml+xml;q=0.9"), Form::Html);
        assert_eq!(accepted("text/plain, text/markdown;q=0.9, */*"), Form::Markdown);
        assert_eq!(accepted("*/*"), Form::Json);
    }
}
