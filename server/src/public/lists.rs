//! Pages that list: the front page, and all of a kind, page by page.

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::text::html::escape;

use super::board::{Board, Notice};
use super::frame::{Page, SITE};
use super::place::LISTED;
use super::words::Words;
use super::{Asked, atom};

/// How many things one page of a list names.
const PAGE_MAX: usize = 40;
/// How many of each kind the front page names.
const FRONT_MAX: usize = 8;

/// Writes the front page.
pub(super) fn front(asked: &Asked<'_>) -> Page {
    let words = Words::of(asked.language);
    let programme = asked.board.programme();
    let title = programme.map_or(SITE, |notice| notice.title.as_str());
    let about = programme.map(|notice| {
        let (address, title) = (escape(&notice.address()), escape(&notice.title));
        let lang = lang(notice);
        format!(
            "<p class=\"lead\"{lang}>{}</p>\n<p><a href=\"{address}\"{lang}>{title}</a></p>\n",
            escape(&notice.excerpt)
        )
    });
    let lang = programme.map(lang).unwrap_or_default();
    let mut main = format!("<h1{lang}>{}</h1>\n{}", escape(title), about.unwrap_or_default());
    main.extend([format!("<p>{}</p>\n", words.lead)]);
    let mut is_empty = true;
    for kind in LISTED {
        let mut notices = asked.board.of_kind(kind).take(FRONT_MAX).peekable();
        if notices.peek().is_none() {
            continue;
        }
        is_empty = false;
        let (path, all, name) = (kind.schema().path, words.all(kind), words.list(kind));
        let items = items(asked, notices);
        main.extend([format!("<h2>{name}</h2>\n{items}<p><a href=\"/{path}\">{all}</a></p>\n")]);
    }
    if is_empty {
        main.extend([format!("<p class=\"muted\">{}</p>\n", words.nothing)]);
    }
    Page {
        language: asked.language,
        title: title.to_owned(),
        description: programme.map(|notice| notice.excerpt.clone()).unwrap_or_default(),
        address: Some("/".to_owned()),
        is_article: false,
        feeds: vec![(atom::ALL.to_owned(), SITE.to_owned())],
        kind: None,
        main,
    }
}

/// Writes one page of the list of a kind.
pub(super) fn list(asked: &Asked<'_>, kind: Kind, number: usize) -> Page {
    let words = Words::of(asked.language);
    let count = asked.board.of_kind(kind).count();
    let last = count.div_ceil(PAGE_MAX).max(1);
    let number = number.min(last);
    let notices = asked.board.of_kind(kind).skip((number - 1) * PAGE_MAX).take(PAGE_MAX);
    let (path, name) = (kind.schema().path, words.list(kind));
    let items = if count == 0 {
        format!("<p class=\"muted\">{}</p>\n", words.nothing)
    } else {
        items(asked, notices)
    };
    let main = format!("<h1>{name}</h1>\n{items}{}", pages(words, path, number, last));
    let address = if number == 1 { format!("/{path}") } else { format!("/{path}?page={number}") };
    let title = match number {
        1 => name.to_owned(),
        _ => format!("{name}, {} {number}", words.page.to_lowercase()),
    };
    Page {
        language: asked.language,
        title,
        description: words.lead.to_owned(),
        address: Some(address),
        is_article: false,
        feeds: vec![(format!("/feeds/{path}.atom"), name.to_owned())],
        kind: Some(kind),
        main,
    }
}

/// Finds the programme whose page stands at `/programme`.
pub(super) fn programme(board: &Board) -> Option<RecordId> {
    board.programme().map(|notice| notice.record)
}

/// Writes the way from the front page to a thing.
pub(super) fn trail(
    asked: &Asked<'_>,
    words: &Words,
    kind: Kind,
    project: Option<RecordId>,
) -> String {
    let mut links = format!("<li><a href=\"/\">{}</a></li>", words.home);
    if LISTED.contains(&kind) {
        let (path, name) = (kind.schema().path, words.list(kind));
        links.extend([format!("<li><a href=\"/{path}\">{name}</a></li>")]);
    }
    if let Some(project) = project.and_then(|project| asked.board.notice(project)) {
        links.extend([format!("<li>{}</li>", link(project))]);
    }
    format!("<nav class=\"public__trail\" aria-label=\"{}\"><ol>{links}</ol></nav>\n", words.trail)
}

/// Writes things as a list of links.
pub(super) fn items<'a>(asked: &Asked<'_>, notices: impl Iterator<Item = &'a Notice>) -> String {
    let item = |notice: &Notice| {
        let excerpt = match notice.excerpt.as_str() {
            "" => String::new(),
            text => format!("<p{}>{}</p>", lang(notice), escape(text)),
        };
        let project = notice.project.and_then(|project| asked.board.notice(project));
        let project = project
            .map(|it| format!("<p class=\"muted small\"{}>{}</p>", lang(it), escape(&it.title)));
        format!("<li>{}{excerpt}{}</li>\n", link(notice), project.unwrap_or_default())
    };
    let items: String = notices.map(item).collect();
    format!("<ul class=\"public__list\">\n{items}</ul>\n")
}

fn link(notice: &Notice) -> String {
    let (address, title) = (escape(&notice.address()), escape(&notice.title));
    format!("<a href=\"{address}\"{}>{title}</a>", lang(notice))
}

/// Names the language of what people wrote, where they said which it is.
fn lang(notice: &Notice) -> String {
    let tag = notice.language.as_deref();
    tag.map(|tag| format!(" lang=\"{}\"", escape(tag))).unwrap_or_default()
}

/// Writes the way to the pages before and behind one; nothing where there is one alone.
pub(super) fn pages(words: &Words, path: &str, number: usize, last: usize) -> String {
    if last == 1 {
        return String::new();
    }
    let link = |to: usize, rel: &str, name: &str| {
        format!("<li><a rel=\"{rel}\" href=\"/{path}?page={to}\">{name}</a></li>")
    };
    let previous =
        if number > 1 { link(number - 1, "prev", words.previous) } else { String::new() };
    let next = if number < last { link(number + 1, "next", words.next) } else { String::new() };
    let page = words.page;
    format!(
        "<nav class=\"public__pages\" aria-label=\"{}\"><ul>{previous}\
         <li>{page} {number} / {last}</li>{next}</ul></nav>\n",
        words.pages
    )
}
