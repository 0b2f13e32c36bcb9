//! The language that is spoken now, as a signal that every text follows.
//!
//! Chosen by the person (kept in `localStorage`), else by the browser. A change
//! shows at once and sets `lang` on the page. Formatting of dates is [`time_text`]'s.
//!
//! [`time_text`]: crate::time_text

use leptos::prelude::*;
use talkoot_core::schema::area;
use talkoot_core::value::{PartialDate, Period};

use super::{Language, Phrase, Word};
use crate::time_text;

/// Where the choice is kept; the script before the first paint reads it too.
const STORAGE_KEY: &str = "locale";

/// Speaks the language that is chosen.
#[derive(Clone, Copy)]
pub(crate) struct Tongue(RwSignal<Language>);

/// Chooses the language to begin with and offers it to every component.
pub(crate) fn provide_tongue() -> Tongue {
    let tongue = Tongue(RwSignal::new(kept().or_else(of_browser).unwrap_or_default()));
    provide_context(tongue);
    Effect::new(move || {
        if let Some(page) = document().document_element() {
            // A page without `lang` still works; nothing else can fail here.
            page.set_attribute("lang", tongue.language().tag()).ok();
        }
    });
    tongue
}

/// Gives the language of the app.
pub(crate) fn use_tongue() -> Tongue {
    use_context().unwrap_or_else(provide_tongue)
}

fn kept() -> Option<Language> {
    let storage = window().local_storage().ok().flatten()?;
    Language::of_tag(&storage.get_item(STORAGE_KEY).ok().flatten()?)
}

fn of_browser() -> Option<Language> {
    let tags = window().navigator().languages();
    tags.iter().filter_map(|tag| tag.as_string()).find_map(|tag| Language::of_tag(&tag))
}

impl Tongue {
    /// Gives the language and follows its changes.
    pub(crate) fn language(self) -> Language {
        self.0.get()
    }

    /// Speaks another language from now on.
    pub(crate) fn choose(self, language: Language) {
        self.0.set(language);
        if let Ok(Some(storage)) = window().local_storage() {
            // Denied storage costs only that the choice is asked again next time.
            storage.set_item(STORAGE_KEY, language.tag()).ok();
        }
    }

    /// Gives a text that follows the language.
    pub(crate) fn word(
        self,
        word: impl Into<Word>,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        let word = word.into();
        move || word.to(self.0.get())
    }

    /// Says a word now, following the language where it is called.
    pub(crate) fn say(self, word: impl Into<Word>) -> &'static str {
        word.into().to(self.0.get())
    }

    /// Says a phrase now, following the language where it is called.
    pub(crate) fn tell(self, phrase: &Phrase) -> String {
        phrase.to(self.0.get())
    }

    /// Gives the label of a code of a controlled list, or the code itself.
    pub(crate) fn code(self, list: &str, code: &str) -> String {
        let labels = area::labels(list, code);
        labels.map_or_else(|| code.to_owned(), |labels| self.say(Word(labels)).to_owned())
    }

    /// Writes a date of which parts may be unknown.
    pub(crate) fn date(self, date: PartialDate) -> String {
        self.0.get().date(date)
    }

    /// Writes a period with open ends.
    pub(crate) fn period(self, period: Period) -> String {
        self.0.get().period(period)
    }

    /// Writes when something happened, near days by name.
    pub(crate) fn moment(self, at_ms: u64) -> String {
        time_text::moment(self.0.get(), time_text::local(at_ms), time_text::local_now())
    }
}
