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
use super::comment_words::CommentWords;
use super::frame::Page;
use crate::api_error::ApiError;
use crate::web;

/// What a page says of a comment that was sent from its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Taken,
    Missing,
    TooLong,
    TooMany,
    Blocked,
    /// Nothing can be taken just now.
    Later,
}

impl Said {
    /// Reads what a refusal means to whoever sent the form; `None` where the thing takes none.
    pub(super) fn of(result: Result<(), ApiError>) -> Option<Self> {
        match result {
            Ok(()) => Some(Self::Taken),
            Err(ApiError::CommentMissing) => Some(Self::Missing),
            Err(ApiError::CommentTooLong | ApiError::TooLarge) => Some(Self::TooLong),
            Err(ApiError::TooManyAttempts { .. }) => Some(Self::TooMany),
            Err(ApiError::NotAllowed) => Some(Self::Blocked),
            Err(ApiError::UnknownRecord) => None,
            Err(_) => Some(Self::Later),
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Taken => StatusCode::ACCEPTED,
            Self::Missing | Self::TooLong => StatusCode::BAD_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Blocked => StatusCode::FORBIDDEN,
            Self::Later => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Writes what was said of a thing, in the language of its page, and the form to say something, in
/// the reader's; nothing where it takes none.
pub(super) fn section(record: &Record, language: Language, reader: Language) -> String {
    if !comment::is_open(record) {
        return String::new();
    }
    let words = CommentWords::of(language);
    let said: String =
        comment::comments(record).iter().map(|it| article(it, words, language)).collect();
    let form = form(record.id, reader, &Typed::default());
    format!(
        "<section class=\"public__comments\" id=\"comments\" aria-labelledby=\"h-comments\">\n\
         <h2 id=\"h-comments\">{}</h2>\n{said}{form}</section>\n",
        words.comments
    )
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
    pub(super) fn answer_comment(
        &self,
        record: RecordId,
        said: Option<Said>,
        typed: &Typed,
    ) -> Response {
        let notice = self.board.notice(record).filter(|_| said.is_some());
        let (Some(notice), Some(said)) = (notice, said) else {
            let page = self.nothing(false).whole(self.origin, self.path, &web::template());
            return (StatusCode::NOT_FOUND, axum::response::Html(page)).into_response();
        };
        let language = self.language;
        let words = CommentWords::of(language);
        let back = format!(
            "<p><a href=\"{}\">{}</a></p>\n",
            escape(&notice.address()),
            escape(&notice.title)
        );
        let title = if said == Said::Taken { words.taken } else { words.refused };
        let text = match said {
            Said::Taken => words.taken_text,
            Said::Missing => words.missing,
            Said::TooLong => words.too_long,
            Said::TooMany => words.too_many,
            Said::Blocked => words.blocked,
            Said::Later => words.later,
        };
        let mut page = Page::saying(language, title, text);
        page.main.push_str(&back);
        if said != Said::Taken {
            page.main.push_str(&form(record, language, typed));
        }
        let html = page.whole(self.origin, self.path, &web::template());
        (said.status(), axum::response::Html(html)).into_response()
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
