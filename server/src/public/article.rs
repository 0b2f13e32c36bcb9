//! The page of one record, as everybody may read it.

use talkoot_core::comment;
use talkoot_core::id::RecordId;
use talkoot_core::record_page::RecordPage;
use talkoot_core::schema::Kind;
use talkoot_core::text::html::escape;

use super::comments::Part;
use super::frame::Page;
use super::lists::{items, trail};
use super::words::Words;
use super::{Asked, atom};
use crate::reading::Reading;

/// How many things of a project stand on its page; its feed and the lists have all.
const OF_PROJECT_MAX: usize = 30;

/// Writes the page of a record at its right address: what it says, with the latest comments, or a
/// page of older ones by its number.
pub(super) fn page(asked: &Asked<'_>, reading: &Reading, address: &str, number: usize) -> Page {
    let summary = &reading.summary;
    let (record, kind, language) = (summary.record, summary.kind, reading.language());
    let words = Words::of(language);
    let title = asked.board.notice(record).map_or("–", |notice| notice.title.as_str()).to_owned();
    let part = Part::of(&reading.record, number);
    let trail = trail(asked, words, kind, summary.project);
    let comments = part.section(&reading.record, (language, asked.language), address);
    let feeds = feeds(asked, kind, record, &title);
    let (title, address, main) = match part.number {
        1 => {
            let text = text(asked, reading, words);
            let related = related(asked, words, record, kind);
            (title, address.to_owned(), format!("{trail}{text}{related}{comments}"))
        }
        number => {
            let heading =
                format!("<h1><a href=\"{}\">{}</a></h1>\n", escape(address), escape(&title));
            let title = format!("{title}, {} {number}", words.page.to_lowercase());
            (title, format!("{address}?page={number}"), format!("{trail}{heading}{comments}"))
        }
    };
    Page {
        language,
        description: summary.excerpt.clone(),
        address: Some(address),
        is_article: true,
        feeds,
        kind: Some(kind),
        title,
        main,
    }
}

/// Writes what a record says, and when it was brought up to date.
fn text(asked: &Asked<'_>, reading: &Reading, words: &Words) -> String {
    let summary = &reading.summary;
    let names = |record: RecordId| asked.board.notice(record).map(|notice| notice.title.clone());
    // Comments stand below, each by itself.
    let beside = comment::field_of(summary.kind);
    let page = RecordPage { names: &names, is_public: true, ..reading.page() };
    let article = page.article(beside);
    let updated = atom::day(summary.modified.stamp.wall_ms);
    let updated = updated.map(|(machine, date)| {
        let date = reading.language().date(date);
        format!(
            "<p class=\"muted small\">{} <time datetime=\"{machine}\">{date}</time></p>\n",
            words.updated
        )
    });
    let updated = updated.unwrap_or_default();
    format!("<article class=\"public__text\">\n{article}\n{updated}</article>\n")
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
