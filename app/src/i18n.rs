//! Three languages: which one is spoken, and every word in all of them.
//!
//! The words lie in `public/i18n/*.json`; `build.rs` makes a constant of each
//! ([`words`]), so a key that does not exist does not compile. Labels of fields
//! and lists belong to core and pass through the same [`Word`].

mod tongue;

pub(crate) use tongue::{Tongue, provide_tongue, use_tongue};

pub(crate) use talkoot_core::language::Language;
use talkoot_core::schema::Label;

/// Every text of the app, one constant or function for each key.
pub(crate) mod words {
    use super::{Phrase, Word};
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// Gives a language's name in itself.
pub(crate) fn own_name(language: Language) -> &'static str {
    let own = [
        words::language::FI.to(Language::Finnish),
        words::language::SV.to(Language::Swedish),
        words::language::EN.to(Language::English),
    ];
    language.choose(own)
}

/// A text in Finnish, Swedish and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) [&'static str; 3]);

impl Word {
    /// Gives the text in a language.
    pub(crate) fn to(self, language: Language) -> &'static str {
        language.choose(self.0)
    }
}

impl From<Label> for Word {
    fn from(label: Label) -> Self {
        Self([label.fi, label.sv, label.en])
    }
}

/// A text with values in its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    word: Word,
    parts: Vec<(&'static str, String)>,
}

impl Phrase {
    /// Joins a text and what goes into its places, each named with its braces.
    pub(crate) fn new(word: Word, parts: Vec<(&'static str, String)>) -> Self {
        Self { word, parts }
    }

    /// Gives the text in a language.
    pub(crate) fn to(&self, language: Language) -> String {
        let text = self.word.to(language).to_owned();
        self.parts.iter().fold(text, |text, (place, value)| text.replace(place, value))
    }
}

impl From<Word> for Phrase {
    fn from(word: Word) -> Self {
        Self { word, parts: Vec::new() }
    }
}

/// Chooses between the words for one and for several; all three languages need no more.
pub(crate) fn by_count(count: usize, one: Word, many: impl FnOnce(usize) -> Phrase) -> Phrase {
    if count == 1 { one.into() } else { many(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p1_a_phrase_takes_its_values_in_every_language() {
        let several = |count| by_count(count, words::sync::WAITING_ONE, words::sync::waiting_many);
        assert_eq!(several(1).to(Language::English), "1 change waiting");
        assert_eq!(several(3).to(Language::English), "3 changes waiting");
        assert_eq!(several(3).to(Language::Finnish), "3 muutosta odottaa");
    }
}
