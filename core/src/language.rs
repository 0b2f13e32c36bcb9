//! The languages of the workspace: labels, and dates the way each one writes them.

use crate::moment;
use crate::schema::Label;
use crate::value::{PartialDate, Period};

/// A language of the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Spoken where nothing says otherwise.
    #[default]
    Finnish,
    Swedish,
    English,
}

impl Language {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 3] = [Self::Finnish, Self::Swedish, Self::English];

    /// The tag for `lang` attributes and for storage.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// Reads a tag such as `sv` or `sv-FI`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == main)
    }

    /// Chooses among the words for Finnish, Swedish and English.
    pub fn choose(self, words: [&'static str; 3]) -> &'static str {
        let [fi, sv, en] = words;
        match self {
            Self::Finnish => fi,
            Self::Swedish => sv,
            Self::English => en,
        }
    }

    /// Says a label.
    pub fn label(self, label: Label) -> &'static str {
        self.choose([label.fi, label.sv, label.en])
    }

    /// Writes a date of which the day, or the day and month, may be unknown (rule P2).
    pub fn date(self, date: PartialDate) -> String {
        let mark = if self == Self::English { '/' } else { '.' };
        match (date.month, date.day) {
            (Some(month), Some(day)) => format!("{day}{mark}{month}{mark}{}", date.year),
            (Some(month), None) => format!("{month}/{}", date.year),
            (None, _) => date.year.to_string(),
        }
    }

    /// Writes a day with its time of day, as clocks in Finland showed it; none where it has no date.
    pub fn moment(self, at_ms: u64) -> Option<String> {
        let (date, hour, minute) = moment::in_finland(at_ms)?;
        let date = self.date(date);
        Some(match self {
            Self::Finnish => format!("{date} klo {hour}.{minute:02}"),
            Self::Swedish => format!("{date} kl. {hour}.{minute:02}"),
            Self::English => format!("{date}, {hour}:{minute:02}"),
        })
    }

    /// Writes a period; an open end stays open.
    pub fn period(self, period: Period) -> String {
        let end = |end: Option<PartialDate>| end.map(|end| self.date(end)).unwrap_or_default();
        format!("{}–{}", end(period.from), end(period.until))
    }
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
}
