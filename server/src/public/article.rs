//! The page of one record, as everybody may read it.

use talkoot_core::comment;
use talkoot_core::id::RecordId;
use talkoot_core::record_page::RecordPage;
use talkoot_core::schema::Kind;
use talkoot_core::text::html::escape;

use super::frame::Page;
use super::lists::{items, trail};
use super::words::Words;
use super::{Asked, atom, comments};
use crate::reading::Reading;

/// How many things of a project stand on its page; its feed and the lists have all.
const OF_PROJECT_MAX: usize = 30;

/// Writes the page of a record at its right address.
pub(super) fn page(asked: &Asked<'_>, reading: &Reading, address: &str) -> Page {
    let summary = &reading.summary;
    let (record, kind, language) = (summary.record, summary.kind, reading.language());
    let words = Words::of(language);
    let names = |record: RecordId| asked.board.notice(record).map(|notice| notice.title.clone());
    // Comments stand below, each by itself.
    let beside = comment::field_of(kind);
    let page = RecordPage { names: &names, is_public: true, ..reading.page() };
    let article = page.article(beside);
    let updated = atom::day(summary.modified.stamp.wall_ms);
    let updated = updated.map(|(machine, date)| {
        let date = language.date(date);
        format!(
            "<p class=\"muted small\">{} <time datetime=\"{machine}\">{date}</time></p>\n",
            words.updated
        )
    });
    let main = format!(
        "{}<article class=\"public__text\">\n{article}\n{}</article>\n{}{}",
        trail(asked, words, kind, summary.project),
        updated.unwrap_or_default(),
        related(asked, words, record, kind),
        comments::section(&reading.record, language, asked.language),
    );
    let title = asked.board.notice(record).map_or("–", |notice| notice.title.as_str()).to_owned();
    Page {
        language,
        description: summary.excerpt.clone(),
        address: Some(address.to_owned()),
        is_article: true,
        feeds: feeds(asked, kind, record, &title),
        kind: Some(kind),
        title,
        main,
    }
}

/// Lists what belongs to a project, with links.
fn related(asked: &Asked<'_>, words: &Words, record: RecordId, kind: Kind) -> String {
    if kind != Kind::Project {
        return String::new();
    }
    let lists = [Kind::Practice, Kind::Document].map(|kind| {
        let of = asked.board.of_kind(kind).filter(|notice| notice.project == Some(record));
        let mut of = of.take(OF_PROJECT_MAX).peekable();
        if of.peek().is_none() {
            return String::new();
        }
        format!("<h2>{}</h2>\n{}", escape(words.list(kind)), items(asked, of))
    });
    lists.concat()
}

fn feeds(asked: &Asked<'_>, kind: Kind, record: RecordId, title: &str) -> Vec<(String, String)> {
    match kind {
        Kind::Project | Kind::Programme => {
            vec![(atom::address_of(kind, record), title.to_owned())]
        }
        Kind::Document | Kind::Practice | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            let project = asked.board.notice(record).and_then(|notice| notice.project);
            let project = project.and_then(|project| asked.board.notice(project));
            let project = project.into_iter();
            project.map(|it| (atom::address_of(it.kind, it.record), it.title.clone())).collect()
        }
    }
}
