//! Personal data in a comment: where it probably stands, and the mark that takes its place.
//!
//! What is found is only proposed: a moderator decides, and marks what nothing here can know.
//! A mark is words in the language of the comment, so it says the same in every list, file and
//! feed; what a sender typed that looks like one is written otherwise on its way in.

use std::ops::Range;

use crate::language::Language;
use crate::schema::Label;

/// What was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    Phone,
    Email,
    Identity,
    Address,
    Name,
    Other,
}

/// A place where personal data probably stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub what: Personal,
    /// Where, in bytes.
    pub place: Range<usize>,
}

/// Fewest and most digits of a phone number.
const PHONE_DIGITS: Range<usize> = 7..16;
/// Most signs that stand between two digits of a phone number: a dash with a space on both sides.
const GAPS_MAX: u8 = 3;
/// Letters of a Finnish personal identity code.
const IDENTITY_LETTERS: usize = 11;

impl Personal {
    /// All of them, in the order in which a moderator chooses.
    pub const ALL: [Self; 6] =
        [Self::Phone, Self::Email, Self::Identity, Self::Address, Self::Name, Self::Other];

    /// Says what it is.
    pub fn label(self) -> Label {
        let (fi, sv, en) = match self {
            Self::Phone => ("puhelinnumero", "telefonnumret", "phone number"),
            Self::Email => ("sähköpostiosoite", "e-postadressen", "e-mail address"),
            Self::Identity => ("henkilötunnus", "personbeteckningen", "personal identity code"),
            Self::Address => ("osoite", "adressen", "address"),
            Self::Name => ("nimi", "namnet", "name"),
            Self::Other => ("henkilötieto", "personuppgiften", "personal data"),
        };
        Label { fi, sv, en }
    }

    /// Gives what stands where it was, in the language of the comment.
    pub fn mark(self, language: Language) -> String {
        let removed = language.choose(["poistettu", "borttagen", "removed"]);
        let what = language.label(self.label());
        // Swedish bends the word with what was removed.
        let removed = match (language, self) {
            (Language::Swedish, Self::Phone | Self::Name) => "borttaget",
            (Language::Finnish | Language::Swedish | Language::English, _) => removed,
        };
        format!("[{what} {removed}]")
    }
}

/// Takes a stretch of a text out and leaves a mark; a place that is none changes nothing.
#[must_use]
pub fn remove(text: &str, place: Range<usize>, what: Personal, language: Language) -> String {
    let parts = text.get(..place.start).zip(text.get(place.end..));
    match parts.filter(|_| place.start < place.end) {
        Some((before, after)) => format!("{before}{}{after}", what.mark(language)),
        None => text.to_owned(),
    }
}

/// Counts the marks in a text.
pub fn removals(text: &str) -> usize {
    marks().map(|mark| text.matches(mark.as_str()).count()).sum()
}

/// Writes what looks like a mark otherwise: only a moderator leaves one. Other gaps between its
/// words, other case and signs that join make none of it less alike.
#[must_use]
pub(super) fn without_marks(text: &str) -> String {
    let marks: Vec<String> = marks().map(|mark| bare(mark.trim_matches(['[', ']']))).collect();
    let mut written = String::with_capacity(text.len());
    for piece in text.split_inclusive(']') {
        let inner = piece.strip_suffix(']').and_then(|it| it.rsplit_once('['));
        match inner.filter(|(_, words)| marks.contains(&bare(words))) {
            Some((before, words)) => written.extend([before, "(", words, ")"]),
            None => written.push_str(piece),
        }
    }
    written
}

/// Gives words as they read: in one case, one space between two.
fn bare(words: &str) -> String {
    let shown = words.chars().filter(|it| !super::joins(*it));
    let shown: String = shown.flat_map(char::to_lowercase).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn marks() -> impl Iterator<Item = String> {
    let of = |what: Personal| Language::ALL.map(|language| what.mark(language));
    Personal::ALL.into_iter().flat_map(of)
}

/// Finds what has the form of personal data, in the order in which it stands.
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = emails(text);
    for more in [identities(text), phones(text)] {
        let fresh = more.into_iter().filter(|it| !found.iter().any(|known| meet(known, it)));
        let fresh: Vec<Found> = fresh.collect();
        found.extend(fresh);
    }
    found.sort_by_key(|it| it.place.start);
    found
}

fn meet(one: &Found, other: &Found) -> bool {
    one.place.start < other.place.end && other.place.start < one.place.end
}

fn emails(text: &str) -> Vec<Found> {
    let local = |it: char| it.is_alphanumeric() || "._%+-".contains(it);
    let domain = |it: char| it.is_alphanumeric() || ".-".contains(it);
    let around = |(at, _): (usize, &str)| {
        let (before, after) = (text.get(..at)?, text.get(at.saturating_add(1)..)?);
        let from = before.trim_end_matches(local).len();
        let host = after.get(..after.len() - after.trim_start_matches(domain).len())?;
        let host = host.trim_end_matches(['.', '-']);
        let (name, end) = host.rsplit_once('.')?;
        let is_one = from < at && !name.is_empty() && end.chars().count() > 1;
        let place = from..at.saturating_add(1).saturating_add(host.len());
        is_one.then_some(Found { what: Personal::Email, place })
    };
    text.match_indices('@').filter_map(around).collect()
}

fn identities(text: &str) -> Vec<Found> {
    let is_one = |word: &str| {
        let signs: Vec<char> = word.chars().collect();
        let number = |from: usize, until: usize| {
            signs.get(from..until).is_some_and(|it| it.iter().all(char::is_ascii_digit))
        };
        let century = signs.get(6).map(char::to_ascii_uppercase);
        let century = century.is_some_and(|it| "+-ABCDEFUVWXY".contains(it));
        signs.len() == IDENTITY_LETTERS
            && number(0, 6)
            && century
            && number(7, 10)
            && signs.last().is_some_and(char::is_ascii_alphanumeric)
    };
    let place = |word: &str, at: usize| at..at.saturating_add(word.len());
    let found = words(text).filter(|(_, word)| is_one(word));
    found.map(|(at, word)| Found { what: Personal::Identity, place: place(word, at) }).collect()
}

/// Splits a text at what stands in no code and no number, with where each piece begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_within = |it: char| it.is_alphanumeric() || "+-".contains(it);
    let mut at = 0_usize;
    text.split_inclusive(move |it: char| !is_within(it)).map(move |piece| {
        let from = at;
        at = at.saturating_add(piece.len());
        (from, piece.trim_end_matches(|it: char| !is_within(it)))
    })
}

/// Numbers that begin with a zero or a plus, with the gaps that people leave in them. A point
/// is none, and a date is no number: it is passed over, whatever stands behind it.
fn phones(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut rest = 0_usize;
    while let Some((from, until)) = next_number(text, rest) {
        if let Some(length) = text.get(from..).and_then(date) {
            rest = from.saturating_add(length);
            continue;
        }
        rest = until.max(from.saturating_add(1));
        let digits = text.get(from..until).unwrap_or_default();
        let count = digits.chars().filter(char::is_ascii_digit).count();
        let begins = digits.trim_start_matches('(').starts_with(['0', '+']);
        if begins && PHONE_DIGITS.contains(&count) {
            found.push(Found { what: Personal::Phone, place: from..until });
        }
    }
    found
}

/// Finds the next row of digits: where it begins and where its last digit ends.
fn next_number(text: &str, rest: usize) -> Option<(usize, usize)> {
    let after = text.get(rest..)?;
    let from = rest + after.find(|it: char| it.is_ascii_digit() || "+(".contains(it))?;
    let mut until = from;
    let mut gaps = 0_u8;
    for (at, sign) in text.get(from..)?.char_indices() {
        match sign {
            '0'..='9' => (until, gaps) = (from + at + sign.len_utf8(), 0),
            '+' | '(' if at == 0 => {}
            _ if is_gap(sign) && gaps < GAPS_MAX => gaps += 1,
            _ => break,
        }
        let next = from + at + sign.len_utf8();
        if !sign.is_ascii_digit() && text.get(next..).and_then(date).is_some() {
            break;
        }
    }
    Some((from, until))
}

fn is_gap(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' | '/' | '-' | '\u{2010}'..='\u{2013}')
}

/// Gives how long the date is with which a text begins: day, month and year, with the same sign
/// between them.
fn date(text: &str) -> Option<usize> {
    let (day, rest) = number(text, 2)?;
    let between = rest.chars().next().filter(|it| *it == '.' || is_gap(*it))?;
    let (month, rest) = number(rest.strip_prefix(between)?, 2)?;
    let (year, rest) = number(rest.strip_prefix(between)?, 4)?;
    let is_one = (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && (1800..2200).contains(&year)
        && !rest.starts_with(|it: char| it.is_ascii_digit());
    is_one.then(|| text.len() - rest.len())
}

/// Reads a number of at most so many digits, and gives what follows it.
fn number(text: &str, most: usize) -> Option<(u16, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<(Personal, &str)> {
        find(text).into_iter().map(|it| (it.what, text.get(it.place).unwrap_or_default())).collect()
    }

    #[test]
    fn oc7_what_has_the_form_of_personal_data_is_found() {
        use Personal::{Email, Identity, Phone};
        for (text, expected) in [
            ("Soita 040 123 4567 illalla.", vec![(Phone, "040 123 4567")]),
            ("Ring +358 (0)40-1234567, tack!", vec![(Phone, "+358 (0)40-1234567")]),
            ("puh.(014) 123 456", vec![(Phone, "(014) 123 456")]),
            ("Kirjoita anna.e@kyla.example.", vec![(Email, "anna.e@kyla.example")]),
            (
                "Tunnus 131052-308T tai 010101A123B",
                vec![(Identity, "131052-308T"), (Identity, "010101A123B")],
            ),
            ("a0401234567@post.example", vec![(Email, "a0401234567@post.example")]),
            (
                "040 - 123 4567 tai 040 – 765 4321",
                vec![(Phone, "040 - 123 4567"), (Phone, "040 – 765 4321")],
            ),
            (
                "040–1234567, 040\u{2011}123\u{202f}4567",
                vec![(Phone, "040–1234567"), (Phone, "040\u{2011}123\u{202f}4567")],
            ),
            ("040\u{a0}123\u{a0}4567 (01/08/2017)", vec![(Phone, "040\u{a0}123\u{a0}4567")]),
            ("01-08-2017 040 123 4567 01/08/2017", vec![(Phone, "040 123 4567")]),
            ("15.8.2017 040 1234567", vec![(Phone, "040 1234567")]),
            ("01/08/2017, 01-08-2017, 1.8.2017, 01 08 2017, (01–08–2017)", vec![]),
            ("01/08/2017 - 02/09/2017 klo 09, 31-12-1999 09-15", vec![]),
            ("09-12 34567 ja 010 12 19999", vec![(Phone, "09-12 34567"), (Phone, "010 12 19999")]),
            ("Tunnus 010101a123b, ei 010101g123b", vec![(Identity, "010101a123b")]),
            ("Vuosina 2017-2020 ja 01.08.2017 klo 14.30 oli 1 200 kävijää.", vec![]),
            ("1500000 euroa, @tunniste, a@b, 0 1", vec![]),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn oc8_a_mark_stands_where_personal_data_was_and_nobody_else_leaves_one() {
        let text = "Soita 040 123 4567.";
        let place = find(text)[0].place.clone();
        let removed = remove(text, place, Personal::Phone, Language::English);
        assert_eq!(removed, "Soita [phone number removed].");
        assert_eq!((removals(&removed), removals(text)), (1, 0));
        let typed = without_marks("[puhelinnumero poistettu] ja [telefonnumret borttaget]");
        assert_eq!(
            (typed.as_str(), removals(&typed)),
            ("(puhelinnumero poistettu) ja (telefonnumret borttaget)", 0)
        );
        for alike in [
            "[phone number  removed]",
            "[phone number\u{a0}removed]",
            "[phone\nnumber removed]",
            "[Phone Number REMOVED]",
            "[ SÄHKÖPOSTIOSOITE\tpoistettu ]",
            "[phone\u{200d} number removed]",
            "[[phone number removed]]",
        ] {
            let typed = without_marks(&format!("a ] [b] {alike} [c"));
            assert!(typed.starts_with("a ] [b] ") && typed.ends_with(" [c"), "{typed}");
            assert!(typed.contains('(') && !typed.to_lowercase().contains("removed]"), "{typed}");
            assert!(!typed.contains("poistettu ]"), "{typed}");
        }
        assert_eq!(without_marks("[phone numbers removed] ]["), "[phone numbers removed] ][");
        assert_eq!(remove("ä", 1..2, Personal::Other, Language::Finnish), "ä", "no place");
    }

    proptest! {
        #[test]
        fn oc7_what_is_found_lies_within_the_text_and_apart(text in "[0-9+() @.a-zä-]{0,60}|\\PC{0,60}") {
            let found = find(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].place.end <= pair[1].place.start);
            }
            for it in found {
                prop_assert!(text.get(it.place).is_some_and(|it| !it.is_empty()));
            }
        }
    }
}
