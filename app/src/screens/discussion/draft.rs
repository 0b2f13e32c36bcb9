//! Words while they are written: text that changes under the names in it.
//!
//! A name that was chosen is a stretch of the text with whom or what it names beside it. It moves
//! with the text around it; whoever writes into it makes it plain text again (rule DI22). Pure,
//! and all places are counted in characters, as in what is stored.

use talkoot_core::change::discuss::{Mention, Mentioned, Words};
use talkoot_core::limits::MENTIONS_MAX;

/// How far back from the caret a name that is being typed may begin, in characters.
const TYPED_CHARS_MAX: usize = 40;

/// What a sign before a word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `@`: a person.
    Person,
    /// `#`: a thing.
    Thing,
}

/// The beginning of a name that somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) sort: Sort,
    /// Where its sign stands.
    from: usize,
    /// Where the caret is.
    until: usize,
    /// What stands between.
    pub(crate) typed: String,
}

/// Takes over a text that was typed, with the names that nobody typed into.
pub(crate) fn retype(words: &mut Words, text: String) {
    let (old, new): (Vec<char>, Vec<char>) = (words.text.chars().collect(), text.chars().collect());
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let before = old.iter().zip(&new).take_while(same).count();
    let most = old.len().min(new.len()).saturating_sub(before);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(same).take(most).count();
    let changed_until = old.len().saturating_sub(after);
    let moved = |place: u32| {
        let place = whole(place);
        small(place.saturating_add(new.len()).saturating_sub(old.len()))
    };
    let stays = |mention: Mention| {
        if whole(mention.until) <= before {
            Some(mention)
        } else if whole(mention.from) >= changed_until {
            Some(Mention { from: moved(mention.from), until: moved(mention.until), ..mention })
        } else {
            None
        }
    };
    words.mentions = words.mentions.iter().copied().filter_map(stays).collect();
    words.text = text;
}

/// Finds the beginning of a name before the caret, if one is being typed there.
pub(crate) fn asking(text: &str, caret: usize) -> Option<Asking> {
    let before: Vec<char> = text.chars().take(caret).collect();
    let least = before.len().saturating_sub(TYPED_CHARS_MAX);
    let places = before.iter().enumerate().skip(least).rev();
    let mut places = places.take_while(|(_, letter)| **letter != '\n');
    let (from, sign) = places.find(|(_, letter)| matches!(letter, '@' | '#'))?;
    let is_apart = from.checked_sub(1).is_none_or(|place| {
        before.get(place).is_some_and(|letter| letter.is_whitespace() || *letter == '(')
    });
    let typed: String = before.iter().skip(from.saturating_add(1)).collect();
    let sort = if *sign == '@' { Sort::Person } else { Sort::Thing };
    let begins = !typed.starts_with(char::is_whitespace);
    (is_apart && begins).then_some(Asking { sort, from, until: before.len(), typed })
}

/// Puts a chosen name in the place of its beginning; gives where the caret goes.
pub(crate) fn put(words: &mut Words, asking: &Asking, label: &str, of: Mentioned) -> usize {
    let letters: Vec<char> = words.text.chars().collect();
    let head: String = letters.iter().take(asking.from).collect();
    let tail: String = letters.iter().skip(asking.until).collect();
    let space = if tail.starts_with(char::is_whitespace) { "" } else { " " };
    retype(words, format!("{head}{label}{space}{tail}"));
    let until = asking.from.saturating_add(label.chars().count());
    if words.mentions.len() < MENTIONS_MAX {
        words.mentions.push(Mention { from: small(asking.from), until: small(until), of });
        words.mentions.sort_by_key(|mention| mention.from);
    }
    until.saturating_add(1)
}

/// Gives the words without empty room around them.
pub(crate) fn trimmed(words: &Words) -> Words {
    let mut trimmed = words.clone();
    retype(&mut trimmed, words.text.trim_end().to_owned());
    retype(&mut trimmed, words.text.trim().to_owned());
    trimmed
}

/// Turns a place as browsers count it (UTF-16) into one in characters.
pub(crate) fn chars_before(text: &str, units: u32) -> usize {
    let mut left = whole(units);
    let fits = |letter: &char| {
        let fits = left >= letter.len_utf16();
        left = left.saturating_sub(letter.len_utf16());
        fits
    };
    text.chars().take_while(fits).count()
}

/// Turns a place in characters into one as browsers count it.
pub(crate) fn units_before(text: &str, chars: usize) -> u32 {
    small(text.chars().take(chars).map(char::len_utf16).sum())
}

fn whole(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::AccountId;

    const JUKKA: Mentioned = Mentioned::Account(AccountId([1; 16]));

    /// Types a name's beginning at the end and chooses it.
    fn named(before: &str, typed: &str) -> Words {
        let text = format!("{before}{typed}");
        let mut words = Words::plain(&text);
        let asking = asking(&text, text.chars().count()).unwrap();
        let caret = put(&mut words, &asking, "@Jukka Männistö", JUKKA);
        assert_eq!(caret, words.text.chars().count());
        words
    }

    /// Gives the stretches that name somebody.
    fn names(words: &Words) -> Vec<String> {
        let stretch = |mention: &Mention| {
            let letters = words.text.chars().skip(whole(mention.from));
            letters.take(whole(mention.until - mention.from)).collect()
        };
        words.mentions.iter().map(stretch).collect()
    }

    #[test]
    fn di22_a_name_moves_with_the_text_around_it() {
        let mut words = named("🌱 Kiitos ", "@juk");
        assert_eq!(words.text, "🌱 Kiitos @Jukka Männistö ");
        for text in [
            "🌱 Suuret kiitokset @Jukka Männistö ",
            "🌱 Suuret kiitokset @Jukka Männistö, ja hei",
            "@Jukka Männistö, ja hei",
        ] {
            retype(&mut words, text.to_owned());
            assert_eq!(names(&words), ["@Jukka Männistö"], "{text}");
        }
    }

    #[test]
    fn di22_a_name_that_somebody_writes_into_is_plain_text_again() {
        let mut words = named("", "@");
        retype(&mut words, "@Jukka Männist ".to_owned());
        assert_eq!(names(&words), [""; 0]);
        let mut twice = named("@Jukka Männistö ja ", "@j");
        assert_eq!(names(&twice).len(), 1, "what is only typed names nobody");
        retype(&mut twice, "@Jukka Männistö ja @Jukka Männistö \n".to_owned());
        retype(&mut twice, "  @Jukka Männistö ja @Jukka Männistö \n".to_owned());
        let trimmed = trimmed(&twice);
        assert_eq!(trimmed.text, "@Jukka Männistö ja @Jukka Männistö");
        assert_eq!(trimmed.mentions[0].from, 19);
    }

    #[test]
    fn di22_a_sign_asks_for_a_name_only_where_a_word_begins() {
        let table = [
            ("@", Some("")),
            ("Hei @juk", Some("juk")),
            ("(@juk", Some("juk")),
            ("#järjestö neuvo", Some("järjestö neuvo")),
            ("marja@example", None),
            ("@ juk", None),
            ("@juk\n", None),
            ("Hei", None),
        ];
        for (text, expected) in table {
            let found = asking(text, text.chars().count());
            assert_eq!(found.map(|it| it.typed).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn di22_places_are_counted_in_characters() {
        assert_eq!(chars_before("🌱ä@j", 4), 3);
        assert_eq!(units_before("🌱ä@j", 3), 4);
        assert_eq!(chars_before("ab", 9), 2);
    }
}
