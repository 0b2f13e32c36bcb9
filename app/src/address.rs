//! Permanent addresses: `/documents/<id>-<slug>`.
//!
//! The name finds the thing; the slug is for people and follows the title.
//! An address with an old slug, or none, leads to the same place (rule P3).

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

/// Longest slug, in characters: a line of a message stays whole.
const SLUG_CHARS_MAX: usize = 60;
/// Letters in the text form of a record's name.
const NAME_LETTERS: usize = 26;

/// Gives the address where a record is read.
pub(crate) fn of(kind: Kind, record: RecordId, title: &str) -> String {
    format!("/{}/{}", kind.schema().path, segment(record, title))
}

/// Gives the address of the list of a kind.
pub(crate) fn of_list(kind: Kind) -> String {
    format!("/{}", kind.schema().path)
}

/// Gives the address where a document or a practice is written.
pub(crate) fn of_editing(kind: Kind, record: RecordId, title: &str) -> String {
    format!("{}/edit", of(kind, record, title))
}

/// Gives the address where the versions of a document or a practice are seen.
pub(crate) fn of_history(kind: Kind, record: RecordId, title: &str) -> String {
    format!("{}/history", of(kind, record, title))
}

/// Gives the last part of an address.
pub(crate) fn segment(record: RecordId, title: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { record.to_string() } else { format!("{record}-{slug}") }
}

/// Reads which record a segment names, whatever its slug says.
pub(crate) fn record_of(segment: &str) -> Option<RecordId> {
    let name: String = segment.chars().take(NAME_LETTERS).collect();
    let rest = segment.strip_prefix(name.as_str())?;
    if rest.is_empty() || rest.starts_with('-') { name.parse().ok() } else { None }
}

/// Makes the readable part: small letters, digits and hyphens.
pub(crate) fn slug(title: &str) -> String {
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
