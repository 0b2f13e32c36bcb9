//! Open comments on a public page: those that were published, and the form for another one.
//!
//! The form needs no script: its answer is a page that says what became of the comment, or the
//! form again with what was typed. `app/src/worker/comment.js` makes more of it where it can.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use talkoot_core::comment::{self, Comment, Typed};
use talkoot_core::id::RecordId;
use talkoot_core::language::Language;
use talkoot_core::limits::{COMMENT_CHARS_MAX, COMMENT_LINE_CHARS_MAX};
use talkoot_core::moment;
use talkoot_core::record::Record;
use talkoot_core::text::html::escape;

use super::Asked;
use super::board::Notice;
use super::comment_words::CommentWords;
use super::frame::Page;
use super::lists::pages;
use super::words::Words;
use crate::api_error::ApiError;

/// How many comments stand on one page.
const PAGE_MAX: usize = 20;

/// What a page says of a comment that was sent from its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Taken,
    Missing,
    TooLong,
    TooMany,
    Blocked,
    /// The thing takes none, or none any more.
    Closed,
    /// Nothing can be taken just now.
    Later,
}

impl Said {
    /// Reads what a refusal means to whoever sent the form.
    pub(super) fn of(result: Result<(), ApiError>) -> Self {
        match result {
            Ok(()) => Self::Taken,
            Err(ApiError::CommentMissing) => Self::Missing,
            Err(ApiError::CommentTooLong | ApiError::TooLarge) => Self::TooLong,
            Err(ApiError::TooManyAttempts { .. }) => Self::TooMany,
            Err(ApiError::NotAllowed) => Self::Blocked,
            Err(ApiError::UnknownRecord) => Self::Closed,
            Err(_) => Self::Later,
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Taken => StatusCode::ACCEPTED,
            Self::Missing | Self::TooLong => StatusCode::BAD_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Blocked => StatusCode::FORBIDDEN,
            Self::Closed => StatusCode::NOT_FOUND,
            Self::Later => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// The comments that stand on one page of a thing: on the first the latest, in the order in which
/// they were written, on the others the ones before.
#[derive(Debug)]
pub(super) struct Part {
    comments: Vec<Comment>,
    pub(super) number: usize,
    last: usize,
}

impl Part {
    /// Takes the comments of a page; what is behind the last one is the last one.
    pub(super) fn of(record: &Record, number: usize) -> Self {
        let comments =
            if comment::is_open(record) { comment::comments(record) } else { Vec::new() };
        let last = comments.len().div_ceil(PAGE_MAX).max(1);
        let number = number.clamp(1, last);
        let until = comments.len().saturating_sub((number - 1) * PAGE_MAX);
        let from = until.saturating_sub(PAGE_MAX);
        let comments = comments.into_iter().take(until).skip(from).collect();
        Self { comments, number, last }
    }

    /// Writes what was said of a thing, in the language of its page, and on the first page the form
    /// to say something, in the reader's; nothing where it takes none.
    pub(super) fn section(
        &self,
        record: &Record,
        (language, reader): (Language, Language),
        address: &str,
    ) -> String {
        if !comment::is_open(record) {
            return String::new();
        }
        let words = CommentWords::of(language);
        let said: String = self.comments.iter().map(|it| article(it, words, language)).collect();
        let path = address.trim_start_matches('/');
        let pages = pages(Words::of(language), path, self.number, self.last);
        let form = match self.number {
            1 if comment::is_full(record) => closed(reader),
            1 => form(record.id, reader, &Typed::default()),
            _ => String::new(),
        };
        format!(
            "<section class=\"public__comments\" id=\"comments\" aria-labelledby=\"h-comments\">\n\
             <h2 id=\"h-comments\">{}</h2>\n{said}{pages}{form}</section>\n",
            words.comments
        )
    }
}

/// Gives each of a record's comments with the number of the page on which it stands.
pub(super) fn with_pages(record: &Record) -> impl Iterator<Item = (Comment, usize)> {
    let latest_first = comment::comments(record).into_iter().rev().enumerate();
    latest_first.map(|(place, comment)| (comment, place / PAGE_MAX + 1))
}

/// Says that no more comments are taken.
fn closed(language: Language) -> String {
    let text = CommentWords::of(language).closed;
    format!("<p class=\"muted\" lang=\"{}\">{text}</p>\n", language.tag())
}

fn article(comment: &Comment, words: &CommentWords, language: Language) -> String {
    let Comment { item, typed, written_ms, .. } = comment;
    let organisation = match typed.organisation.as_str() {
        "" => String::new(),
        text => format!(", {}", escape(text)),
    };
    let time = moment::write(*written_ms).zip(language.moment(*written_ms));
    let time = time
        .map(|(machine, shown)| format!("<time datetime=\"{machine}\">{}</time>", escape(&shown)));
    format!(
        "<article class=\"public__said\" id=\"comment-{}\">\n<h3>{}</h3>\n\
         <p class=\"muted small\">{}: {}{organisation}</p>\n{}\
         <p class=\"muted small\">{}</p>\n</article>\n",
        item.0,
        escape(&typed.subject),
        words.name,
        escape(&typed.name),
        paragraphs(&typed.words),
        time.unwrap_or_default(),
    )
}

/// Writes plain words as paragraphs; nothing in them is a link.
fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|it| !it.is_empty());
    let written = paragraphs.map(|it| {
        let lines: Vec<String> = it.lines().map(escape).collect();
        format!("<p>{}</p>\n", lines.join("<br>"))
    });
    written.collect()
}

fn form(record: RecordId, language: Language, typed: &Typed) -> String {
    let words = CommentWords::of(language);
    let line = |name: &str, label: &str, complete: &str, value: &str, needed: bool| {
        let required = if needed { " required" } else { "" };
        format!(
            "<p><label for=\"comment-{name}\">{label}</label>\
             <input class=\"input\" type=\"text\" id=\"comment-{name}\" name=\"{name}\" value=\"{}\" \
             maxlength=\"{COMMENT_LINE_CHARS_MAX}\" autocomplete=\"{complete}\"{required}></p>\n",
            escape(value)
        )
    };
    let subject = line("subject", words.subject, "off", &typed.subject, true);
    let name = line("name", words.name, "name", &typed.name, true);
    let organisation =
        line("organisation", words.organisation, "organization", &typed.organisation, false);
    let CommentWords { write, note, comment, trap, publish, .. } = words;
    format!(
        "<form class=\"public__form\" method=\"post\" action=\"/api/v1/comments\" \
         lang=\"{}\" aria-labelledby=\"h-comment\"{}>\n<h3 id=\"h-comment\">{write}</h3>\n\
         <p class=\"muted small\" id=\"comment-note\">{note}</p>\n\
         <input type=\"hidden\" name=\"record\" value=\"{record}\">\n{subject}{name}{organisation}\
         <p><label for=\"comment-words\">{comment}</label>\
         <textarea class=\"area\" id=\"comment-words\" name=\"comment\" rows=\"6\" required \
         maxlength=\"{COMMENT_CHARS_MAX}\" aria-describedby=\"comment-note\">\n{}</textarea></p>\n\
         <p class=\"public__trap\" aria-hidden=\"true\"><label for=\"comment-website\">{trap}</label>\
         <input type=\"text\" id=\"comment-website\" name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></p>\n\
         <p><button class=\"btn btn--primary\" type=\"submit\">{publish}</button></p>\n\
         <p class=\"public__status\" role=\"status\"></p>\n</form>\n",
        language.tag(),
        for_the_script(words),
        escape(&typed.words),
    )
}

/// What the script says while it keeps a comment on the device and sends it.
fn for_the_script(words: &CommentWords) -> String {
    let said = [
        ("kept", words.kept),
        ("taken", words.taken_text),
        ("missing", words.missing),
        ("long", words.too_long),
        ("many", words.too_many),
        ("blocked", words.blocked),
        ("closed", words.closed),
        ("later", words.later),
    ];
    said.map(|(name, text)| format!(" data-{name}=\"{}\"", escape(text))).concat()
}

impl Asked<'_> {
    /// Answers a form that was sent: what became of it, and the form again where it was refused.
    /// Of one that was not read nobody knows what it was about, and the browser has what was typed.
    pub(super) fn answer_comment(
        &self,
        record: Option<RecordId>,
        said: Said,
        typed: &Typed,
    ) -> Response {
        let takes = |notice: &&Notice| comment::field_of(notice.kind).is_some();
        let notice = record.and_then(|record| self.board.notice(record)).filter(takes);
        if record.is_some() && notice.is_none() {
            let page = self.whole(&self.nothing(false));
            return (StatusCode::NOT_FOUND, axum::response::Html(page)).into_response();
        }
        let words = CommentWords::of(self.language);
        let title = if said == Said::Taken { words.taken } else { words.refused };
        let text = match said {
            Said::Taken => words.taken_text,
            Said::Missing => words.missing,
            Said::TooLong => words.too_long,
            Said::TooMany => words.too_many,
            Said::Blocked => words.blocked,
            Said::Closed => words.closed,
            Said::Later => words.later,
        };
        let mut page = Page::saying(self.language, title, text);
        if let Some(notice) = notice {
            let (address, title) = (escape(&notice.address()), escape(&notice.title));
            page.main.extend([format!("<p><a href=\"{address}\">{title}</a></p>\n")]);
            if !matches!(said, Said::Taken | Said::Closed) {
                page.main.push_str(&form(notice.record, self.language, typed));
            }
        }
        (said.status(), axum::response::Html(self.whole(&page))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oc5_what_was_typed_is_never_markup_in_the_form_or_on_the_page() {
        let hostile = "</textarea><script>alert(1)</script>\"'><img src=x>";
        let typed = Typed {
            subject: hostile.to_owned(),
            name: hostile.to_owned(),
            organisation: hostile.to_owned(),
            words: format!("{hostile}\n\n{hostile}\nhttps://example.org"),
        };
        let words = CommentWords::of(Language::English);
        let form = form(RecordId([1; 16]), Language::English, &typed);
        let published = Comment {
            item: talkoot_core::id::ItemId(7),
            typed,
            written_ms: 1_502_372_220_000,
            arrived_ms: 0,
            published: talkoot_core::record::Deed {
                stamp: talkoot_core::stamp::Stamp { wall_ms: 0, tick: 0 },
                change: talkoot_core::id::ChangeId {
                    replica: talkoot_core::id::ReplicaId([1; 16]),
                    counter: 1,
                },
                author: talkoot_core::id::AccountId([1; 16]),
            },
        };
        let shown = article(&published, words, Language::English);
        for html in [&form, &shown] {
            assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        }
        assert!(!shown.contains("<a "), "no link that a sender made: {shown}");
        assert!(shown.contains(">10/8/2017, 16:37</time>"), "{shown}");
        assert_eq!(form.matches("</textarea>").count(), 1);
    }
}
