//! Which discussions show and in which order. Lives in the address, so that "back" works.
//!
//! Pure: the address in, the address out; summaries in, those that show out. No thread is opened.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::sync::Arc;

use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::notebook::Notebook;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::thread::ThreadSummary;

/// Which discussions show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Showing {
    #[default]
    All,
    /// Questions that wait for an answer.
    Unanswered,
    /// Those that the person began or said something in.
    Mine,
    /// Those that the person hears of.
    Followed,
}

/// What a person asked to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) showing: Showing,
    pub(crate) project: Option<RecordId>,
    pub(crate) words: String,
}

/// Who looks, with what they noted.
pub(crate) struct Reader<'a> {
    pub(crate) account: Option<AccountId>,
    pub(crate) notebook: &'a Notebook,
}

impl Showing {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::Unanswered, Self::Mine, Self::Followed];

    /// The value in the address and in the form.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Unanswered => "unanswered",
            Self::Mine => "mine",
            Self::Followed => "followed",
        }
    }

    fn fits(self, reader: &Reader<'_>, summary: &Summary, thread: &ThreadSummary) -> bool {
        let takes_part =
            |me: AccountId| summary.created.author == me || thread.people.contains(&me);
        match self {
            Self::All => true,
            Self::Unanswered => thread.is_unanswered(),
            Self::Mine => reader.account.is_some_and(takes_part),
            Self::Followed => {
                reader.account.is_some_and(|me| reader.notebook.hears_of(me, summary))
            }
        }
    }
}

impl Filter {
    /// Reads the address. What it does not understand, it leaves out.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).unwrap_or_default();
        let showing = get("show");
        Self {
            showing: Showing::ALL.into_iter().find(|it| it.code() == showing).unwrap_or_default(),
            project: get("project").parse().ok(),
            words: get("q"),
        }
    }

    /// Writes the address; what is as usual is left out.
    pub(crate) fn write(&self, escape: impl Fn(&str) -> String) -> String {
        let project = self.project.map(|project| project.to_string());
        let parts = [
            ("show", self.showing.code().to_owned()),
            ("project", project.unwrap_or_default()),
            ("q", self.words.clone()),
        ];
        let mut address = "/discussions".to_owned();
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let mark = if address.contains('?') { '&' } else { '?' };
            // Writing into a String cannot fail.
            write!(address, "{mark}{name}={}", escape(&value)).ok();
        }
        address
    }

    /// Says whether anything narrows the list.
    pub(crate) fn narrows(&self) -> bool {
        *self != Self::default()
    }

    /// Picks what shows, the newest words first (rule DI20).
    pub(crate) fn pick<'a>(
        &self,
        all: impl Iterator<Item = &'a Arc<Summary>>,
        reader: &Reader<'_>,
    ) -> Vec<Arc<Summary>> {
        let wanted = self.words.trim().to_lowercase();
        let says = |text: &str| text.to_lowercase().contains(&wanted);
        let fits = |summary: &&Arc<Summary>| {
            summary.thread.as_ref().is_some_and(|thread| {
                // What stands in a margin is found beside its text.
                summary.trashed.is_none()
                    && thread.margin.is_none()
                    && self.project.is_none_or(|project| summary.project == Some(project))
                    && self.showing.fits(reader, summary, thread)
                    && (wanted.is_empty() || says(&summary.title) || says(&summary.excerpt))
            })
        };
        let mut shown: Vec<_> = all.filter(fits).cloned().collect();
        shown.sort_by_key(|it| Reverse(last_words(it)));
        shown
    }
}

/// Says when something was said last.
pub(crate) fn last_words(summary: &Summary) -> Stamp {
    let last = summary.thread.as_ref().and_then(|thread| thread.last);
    last.map_or(summary.created.stamp, |deed| deed.stamp)
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
