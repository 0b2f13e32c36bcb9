//! Permanent addresses: `/documents/<id>-<slug>`.
//!
//! The name finds the thing; the slug is for people and follows the title.
//! An address with an old slug, or none, leads to the same place (rule P3).

use crate::id::{ChangeId, RecordId};
use crate::schema::Kind;

/// Longest slug, in characters: a line of a message stays whole.
const SLUG_CHARS_MAX: usize = 60;
/// Letters in the text form of a record's name.
const NAME_LETTERS: usize = 26;

/// Gives the address where a record is read.
pub fn of(kind: Kind, record: RecordId, title: &str) -> String {
    format!("/{}/{}", kind.schema().path, segment(record, title))
}

/// Gives the last part of an address.
pub fn segment(record: RecordId, title: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { record.to_string() } else { format!("{record}-{slug}") }
}

/// Reads which record a segment names, whatever its slug says.
pub fn record_of(segment: &str) -> Option<RecordId> {
    let name: String = segment.chars().take(NAME_LETTERS).collect();
    let rest = segment.strip_prefix(name.as_str())?;
    if rest.is_empty() || rest.starts_with('-') { name.parse().ok() } else { None }
}

/// Gives the name of a post's place in the page of its discussion.
pub fn post_anchor(post: ChangeId) -> String {
    format!("post-{}-{}", post.replica, post.counter)
}

/// Pages that need the app: there is nothing in them to read without it.
const APP: [&str; 7] = ["sign-in", "welcome", "inbox", "sync", "bin", "settings", "comments"];
/// Where people talk to each other: nothing below it is for everybody.
const TALK: &str = "discussions";
/// What the app puts behind the address of a record.
const BELOW: [&str; 3] = ["edit", "history", "improvements"];

/// Says whether only the app has something to show at an address, published or not.
pub fn needs_app(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        [TALK, ..] => true,
        [one] => APP.contains(one),
        [_, segment, below] => record_of(segment).is_some() && BELOW.contains(below),
        _ => false,
    }
}

/// Makes the readable part: small letters, digits and hyphens.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().chars().map(plain) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= SLUG_CHARS_MAX {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Takes the marks off the letters of our languages.
fn plain(letter: char) -> char {
    match letter {
        'å' | 'ä' | 'á' | 'à' | 'â' => 'a',
        'ö' | 'ó' | 'ø' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' | 'ú' => 'u',
        'š' => 's',
        'ž' => 'z',
        'č' => 'c',
        'ŋ' | 'ñ' => 'n',
        'đ' => 'd',
        'ŧ' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_a_slug_is_plain_letters_and_hyphens() {
        let table = [
            ("Väliraportti STEAlle 2018", "valiraportti-stealle-2018"),
            ("  Ö & Å!  ", "o-a"),
            ("…", ""),
        ];
        for (title, expected) in table {
            assert_eq!(slug(title), expected);
        }
    }

    #[test]
    fn pu2_some_addresses_are_the_apps_alone() {
        let record = RecordId([7; 16]);
        for path in [
            "/sign-in",
            "/inbox",
            "/sync",
            "/comments",
            "/discussions",
            "/discussions/x",
            &format!("/documents/{record}-a/edit"),
        ] {
            assert!(needs_app(path), "{path}");
        }
        for path in ["/", "/documents", "/sync/x", "/x/y/edit", &format!("/documents/{record}")] {
            assert!(!needs_app(path), "{path}");
        }
    }

    #[test]
    fn p3_an_address_finds_its_record_whatever_the_slug() {
        let record = RecordId([7; 16]);
        let address = segment(record, "Väliraportti");
        assert_eq!(record_of(&address), Some(record));
        assert_eq!(record_of(&record.to_string()), Some(record));
        assert_eq!(record_of(&format!("{record}-old-name")), Some(record));
        assert_eq!(record_of(&format!("{record}x")), None);
        assert_eq!(record_of("documents"), None);
    }
}
