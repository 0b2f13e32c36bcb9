//! Three languages: which one is spoken, and every word in all of them.
//!
//! The words lie in `public/i18n/*.json`; `build.rs` makes a constant of each
//! ([`words`]), so a key that does not exist does not compile. Labels of fields
//! and lists belong to core and pass through the same [`Word`].

mod tongue;

pub(crate) use tongue::{Tongue, provide_tongue, use_tongue};

use talkoot_core::schema::Label;

/// Every text of the app, one constant or function for each key.
pub(crate) mod words {
    use super::{Phrase, Word};
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// A language of the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
    #[default]
    Finnish,
    Swedish,
    English,
}

impl Language {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 3] = [Self::Finnish, Self::Swedish, Self::English];

    /// The tag for `lang` attributes and for storage.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// The language's name in itself.
    pub(crate) fn name(self) -> &'static str {
        let own = Word([
            words::language::FI.to(Self::Finnish),
            words::language::SV.to(Self::Swedish),
            words::language::EN.to(Self::English),
        ]);
        own.to(self)
    }

    /// Reads a tag such as `sv` or `sv-FI`.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == main)
    }
}

/// A text in Finnish, Swedish and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) [&'static str; 3]);

impl Word {
    /// Gives the text in a language.
    pub(crate) fn to(self, language: Language) -> &'static str {
        let [fi, sv, en] = self.0;
        match language {
            Language::Finnish => fi,
            Language::Swedish => sv,
            Language::English => en,
        }
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
    fn p1_a_tag_with_a_region_names_its_language() {
        assert_eq!(Language::of_tag("sv-FI"), Some(Language::Swedish));
        assert_eq!(Language::of_tag("EN_gb"), Some(Language::English));
        assert_eq!(Language::of_tag("de"), None);
    }

    #[test]
    fn p1_a_phrase_takes_its_values_in_every_language() {
        let several = |count| by_count(count, words::sync::WAITING_ONE, words::sync::waiting_many);
        assert_eq!(several(1).to(Language::English), "1 change waiting");
        assert_eq!(several(3).to(Language::English), "3 changes waiting");
        assert_eq!(several(3).to(Language::Finnish), "3 muutosta odottaa");
    }
}
