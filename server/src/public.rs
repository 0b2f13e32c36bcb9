//! The public side: what is published, as plain pages that need no script.
//!
//! A page is the app's own `index.html` with the published content written where
//! the app will stand; the app takes over where it can. It is the same for
//! everybody, whoever asks: every record is looked up and read as somebody
//! without an account ([`anyone`]), through core's access table. What is not
//! public is answered exactly as what never was (rule PU5), and what was public
//! once as gone, without a word of it.

mod article;
pub mod atom;
pub mod board;
mod comment_words;
mod comments;
pub mod ending;
mod frame;
mod lists;
pub mod origin;
mod place;
pub mod sitemap;
mod words;

use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION, VARY};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use talkoot_core::address;
use talkoot_core::comment::{self, Typed};
use talkoot_core::id::RecordId;
use talkoot_core::language::Language;
use talkoot_core::schema::Kind;

use self::board::Board;
use self::comments::Said;
use self::frame::Page;
use self::place::Place;
use self::words::Words;
use crate::api_error::ApiError;
use crate::reading::Folded;
use crate::services::{Services, anyone};
use crate::store::{RecordRow, StoreError};
use crate::{etag, web};

/// What everybody may come to read. A kind that is not named here has no page, published or not.
pub const KINDS: [Kind; 5] =
    [Kind::Programme, Kind::Project, Kind::Document, Kind::Organisation, Kind::Practice];

/// What a page is written from.
struct Asked<'a> {
    services: &'a Services,
    board: &'a Board,
    /// Scheme and host, as people reach the server.
    origin: &'a str,
    /// The address without its query.
    path: &'a str,
    query: Option<&'a str>,
    /// The language that the reader's browser asks for.
    language: Language,
}

/// Answers the address of a page.
pub async fn page(
    services: &Services,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let place = Place::of(uri.path());
    if place == Place::App {
        return Ok(web::app(headers));
    }
    let board = services.board.all(services).await?;
    let origin = origin::of(&services.settings, headers);
    let language = language(headers);
    let (path, query) = (uri.path(), uri.query());
    let asked = Asked { services, board: &board, origin: &origin, path, query, language };
    let answer = match place {
        Place::Front => Answer::Found(lists::front(&asked)),
        Place::List(kind) => Answer::Found(lists::list(&asked, kind, place::number(query))),
        Place::Programme => match lists::programme(&board) {
            Some(record) => asked.record(record, true).await?,
            None => Answer::Absent,
        },
        Place::Record(record) => asked.record(record, false).await?,
        Place::App | Place::Nowhere => Answer::Absent,
    };
    Ok(asked.respond(answer, headers))
}

/// A comment that was sent from a plain form, and what became of it.
pub struct SentForm<'a> {
    /// The thing that it is about; unknown where the form was too large to be read.
    pub record: Option<RecordId>,
    pub typed: &'a Typed,
    pub taken: Result<(), ApiError>,
}

/// Answers a comment that was sent from a plain form, with a page.
pub async fn answer_comment(
    services: &Services,
    headers: &HeaderMap,
    form: SentForm<'_>,
) -> Result<Response, ApiError> {
    let board = services.board.all(services).await?;
    let origin = origin::of(&services.settings, headers);
    let language = language(headers);
    let (path, query) = ("/", None);
    let asked = Asked { services, board: &board, origin: &origin, path, query, language };
    Ok(asked.answer_comment(form.record, Said::of(form.taken), form.typed))
}

/// Says whether anybody may comment on a record: it is published, of a kind for that, and has
/// room for one more.
pub async fn takes_comments(services: &Services, record: RecordId) -> Result<bool, StoreError> {
    let found = find(services, record).await?;
    let found = found.filter(|(row, _)| row.audience.includes(&anyone()));
    Ok(found.is_some_and(|(_, folded)| {
        let record = &folded.seen_by(&anyone()).record;
        comment::is_open(record) && !comment::is_full(record)
    }))
}

/// What there is at an address.
enum Answer {
    Found(Page),
    /// It stands at another address now.
    Moved(String),
    /// It was public once.
    Gone,
    /// It never was, or is not for everybody: nobody can tell which.
    Absent,
}

impl Asked<'_> {
    /// Answers the address of a record; `here` is an address that stands for another one.
    async fn record(&self, record: RecordId, here: bool) -> Result<Answer, StoreError> {
        let Some((row, folded)) = find(self.services, record).await? else {
            return Ok(Answer::Absent);
        };
        if !row.audience.includes(&anyone()) {
            let answer = if folded.was_public { Answer::Gone } else { Answer::Absent };
            return Ok(answer);
        }
        let reading = folded.seen_by(&anyone());
        let right = address::of(row.kind, record, &reading.summary.title);
        if !here && right != self.path {
            return Ok(Answer::Moved(right));
        }
        Ok(Answer::Found(article::page(self, reading, &right, place::number(self.query))))
    }

    fn respond(&self, answer: Answer, headers: &HeaderMap) -> Response {
        let (status, page) = match answer {
            Answer::Found(page) => (StatusCode::OK, page),
            Answer::Moved(to) => {
                return (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response();
            }
            Answer::Gone => (StatusCode::GONE, self.nothing(true)),
            Answer::Absent => (StatusCode::NOT_FOUND, self.nothing(false)),
        };
        let html = self.whole(&page);
        kept(status, "text/html; charset=utf-8", html, headers)
    }

    /// Writes a page, with the way back to it for whoever signs in.
    fn whole(&self, page: &Page) -> String {
        let query = self.query.map(|query| format!("?{query}")).unwrap_or_default();
        page.whole(self.origin, &format!("{}{query}", self.path), &web::template())
    }

    /// Says that there is nothing to read, or nothing any more.
    fn nothing(&self, is_gone: bool) -> Page {
        let words = Words::of(self.language);
        let (title, text) = if is_gone {
            (words.gone, words.gone_text)
        } else {
            (words.not_found, words.not_found_text)
        };
        Page::saying(self.language, title, text)
    }
}

/// Finds a record with what is known of it, if it is of a kind that may be public.
async fn find(
    services: &Services,
    record: RecordId,
) -> Result<Option<(RecordRow, std::sync::Arc<Folded>)>, StoreError> {
    let row = services.records.record(record).await?.filter(|row| KINDS.contains(&row.kind));
    let Some(row) = row else { return Ok(None) };
    let folded = services.readings.read(&*services.changes, &row).await?;
    Ok(Some((row, folded)))
}

/// Says whether a record was public once and is not any more.
fn is_gone(row: &RecordRow, folded: &Folded) -> bool {
    folded.was_public && !row.audience.includes(&anyone())
}

/// Answers with something that is asked for anew each time and sent only when it is another.
fn kept(status: StatusCode, content_type: &str, body: String, headers: &HeaderMap) -> Response {
    let etag = etag::of(&body);
    let is_held = status == StatusCode::OK && etag::is_held(headers, &etag);
    let status = if is_held { StatusCode::NOT_MODIFIED } else { status };
    let body = if is_held { String::new() } else { body };
    let head = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (VARY, "accept-language, host".to_owned()),
        (ETAG, etag),
    ];
    (status, head, body).into_response()
}

/// Gives the first language of the workspace that a browser asks for.
fn language(headers: &HeaderMap) -> Language {
    let line = headers.get(ACCEPT_LANGUAGE).and_then(|line| line.to_str().ok());
    let mut tags = line.unwrap_or_default().split(',');
    tags.find_map(|tag| Language::of_tag(tag.split(';').next()?.trim())).unwrap_or_default()
}

/// `GET /sitemap.xml`.
pub async fn sitemap(
    State(services): State<Services>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let board = services.board.all(&services).await?;
    let origin = origin::of(&services.settings, &headers);
    let text = sitemap::write(&board, &origin);
    Ok(kept(StatusCode::OK, "application/xml; charset=utf-8", text, &headers))
}

/// `GET /robots.txt`.
pub async fn robots(State(services): State<Services>, headers: HeaderMap) -> Response {
    let origin = origin::of(&services.settings, &headers);
    kept(StatusCode::OK, "text/plain; charset=utf-8", sitemap::robots(&origin), &headers)
}

/// `GET /feeds/{name}`.
pub async fn feed(
    State(services): State<Services>,
    axum::extract::Path(name): axum::extract::Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let board = services.board.all(&services).await?;
    let origin = origin::of(&services.settings, &headers);
    let Some(feed) = atom::Feed::named(&name, &board) else {
        let is_gone = match atom::record_of(&name) {
            Some(record) => {
                find(&services, record).await?.is_some_and(|(row, it)| is_gone(&row, &it))
            }
            None => false,
        };
        let status = if is_gone { StatusCode::GONE } else { StatusCode::NOT_FOUND };
        return Ok((status, "There is no such feed.").into_response());
    };
    let text = feed.write(&board, &origin);
    Ok(kept(StatusCode::OK, "application/atom+xml; charset=utf-8", text, &headers))
}
