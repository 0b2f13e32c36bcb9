//! `GET /api/v1/records` and `/api/v1/records/{id}`: what the caller may see, for other programs.
//!
//! A record out of sight answers exactly as one that never was. Listing folds
//! only the records of its page: finding them takes one small row each
//! ([`crate::store::RecordRow`]), so ten thousand records cost a page nothing.

pub mod cursor;
pub mod form;
pub mod query;

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use talkoot_core::id::RecordId;
use talkoot_core::moment;
use talkoot_core::record_page::RecordPage;

use self::cursor::Token;
use self::form::Form;
use self::query::{Asked, Since};
use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::etag;
use crate::public::board::Board;
use crate::reading::{self, Reading};
use crate::record_json::{Card, Listing, Names, RecordJson};
use crate::services::Services;
use crate::session::hex;
use crate::store::{RecordRow, RecordSearch};

/// Kept only by whoever asked, and asked for anew each time.
const PRIVATE: &str = "private, no-cache";

/// Lists records in the order in which they came.
pub async fn list(
    State(services): State<Services>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let asked = Asked::read(query.as_deref())?;
    let start = start(&services, &visitor, asked.cursor);
    let search = search(&services, &visitor, &asked, start);
    let count = asked.limit.saturating_add(1);
    let caller = visitor.caller();
    let mut rows = reading::find(&*services.records, &caller, search, count).await?;
    let more = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    let names = names(&services).await?;
    let mut records = Vec::with_capacity(rows.len());
    for row in &rows {
        let folded = services.readings.read(&*services.changes, row).await?;
        records.push(Card::new(folded.seen_by(&caller), row, &names));
    }
    let after = rows.last().map_or(start.after, |row| row.created);
    let next = more.then(|| Token { after, ..start }.write());
    let listing = Listing { records, next, changes: Token { after: 0, ..start }.write() };
    Ok(([(CACHE_CONTROL, PRIVATE), (VARY, "cookie")], Json(listing)).into_response())
}

/// Gives one record: as JSON, or as Markdown or HTML where the address ends so or `Accept` asks.
pub async fn show(
    State(services): State<Services>,
    visitor: Visitor,
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if query.is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::UnknownParameter);
    }
    let Path(name) = name.map_err(|_| ApiError::UnknownRecord)?;
    let (id, asked) = Form::split(&name);
    let id: RecordId = id.parse().map_err(|_| ApiError::UnknownRecord)?;
    let form = asked.unwrap_or_else(|| Form::accepted(&headers));
    let caller = visitor.caller();
    let row = reading::find_one(&*services.records, &caller, id).await?;
    let row = row.ok_or(ApiError::UnknownRecord)?;
    let names = names(&services).await?;
    let folded = services.readings.read(&*services.changes, &row).await?;
    let reading = folded.seen_by(&caller);
    let reader = Reader { names: &names, board: everybodys(&services, &visitor).await? };
    let body = reader.body(form, reading, &row)?;
    let etag = match reader.board {
        Some(_) => etag::of(&body),
        None => etag_of(reading, &row, (form, folded.is_pinned_for(&caller)), &names),
    };
    let response = Response::builder()
        .header(CACHE_CONTROL, PRIVATE)
        .header(VARY, if asked.is_some() { "cookie" } else { "cookie, accept" })
        .header(ETAG, &etag);
    let answer = if etag::is_held(&headers, &etag) {
        response.status(StatusCode::NOT_MODIFIED).body(Body::empty())
    } else {
        let response = response.header(CONTENT_TYPE, form.content_type());
        match form {
            Form::Json => response.body(body.into()),
            Form::Markdown | Form::Html => {
                response.header(CONTENT_LANGUAGE, reading.language().tag()).body(body.into())
            }
        }
    };
    answer.map_err(|_| ApiError::TryAgain)
}

/// For whom a record is written.
struct Reader<'a> {
    names: &'a Names,
    /// All that is public, for somebody without an account: nothing else is named (rule PU4).
    board: Option<Arc<Board>>,
}

impl Reader<'_> {
    fn body(&self, form: Form, reading: &Reading, row: &RecordRow) -> Result<String, ApiError> {
        let board = self.board.as_deref();
        let title = |record| board?.notice(record).map(|notice| notice.title.clone());
        let people = |account| self.names.get(&account).cloned();
        let page = RecordPage {
            names: &title,
            people: &people,
            clock: &moment::to_the_minute,
            is_public: board.is_some(),
            ..reading.page()
        };
        match form {
            Form::Json => serde_json::to_string(&RecordJson::new(reading, row, self.names, board))
                .map_err(|_| ApiError::TryAgain),
            Form::Markdown => Ok(page.markdown(None)),
            Form::Html => Ok(page.html()),
        }
    }
}

async fn everybodys(
    services: &Services,
    visitor: &Visitor,
) -> Result<Option<Arc<Board>>, ApiError> {
    match visitor.0 {
        Some(_) => Ok(None),
        None => Ok(Some(services.board.all(services).await?)),
    }
}

/// Where a listing stands: where its cursor says, or at the beginning, with the log as it is now.
fn start(services: &Services, visitor: &Visitor, cursor: Option<Token>) -> Token {
    let (log, head, rights) = (services.log, services.hub.head(), rights(visitor));
    let goes_on = cursor.filter(|token| token.log == log && token.head <= head);
    goes_on.unwrap_or(Token { log, rights, head, after: 0 })
}

/// Names what somebody may see: another account, or the same with other rights, is another number.
fn rights(visitor: &Visitor) -> u64 {
    let account = visitor.caller().account.map(|account| account.0).unwrap_or_default();
    let named = Sha256::new().chain_update(account).chain_update(visitor.rights().to_be_bytes());
    let named: [u8; 32] = named.finalize().into();
    named.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// Changes since a listing of another log, or with other rights, are all there is.
fn search(services: &Services, visitor: &Visitor, asked: &Asked, start: Token) -> RecordSearch {
    let is_ours = |token: &Token| token.log == services.log && token.rights == rights(visitor);
    let (changed_after, changed_from_ms) = match asked.since {
        None => (0, 0),
        Some(Since::Arrival { at_ms }) => (0, at_ms),
        Some(Since::Listing(token)) if is_ours(&token) => (token.head, 0),
        Some(Since::Listing(_)) => (0, 0),
    };
    let Asked { kind, project, .. } = *asked;
    RecordSearch { after: start.after, kind, project, changed_after, changed_from_ms }
}

/// Whoever sees a record may know who wrote it.
async fn names(services: &Services) -> Result<Names, ApiError> {
    let accounts = services.accounts.accounts().await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The tag changes with the record's last change, and with what its writers are called. Whoever
/// reads what is published gets another one than those who write on.
fn etag_of(
    reading: &Reading,
    row: &RecordRow,
    (form, pinned): (Form, bool),
    names: &Names,
) -> String {
    let mut written = Sha256::new();
    for write in reading.authors() {
        written.update(names.get(&write).map_or("", String::as_str));
        written.update([0]);
    }
    let written: [u8; 32] = written.finalize().into();
    let written = hex(written.get(..4).unwrap_or_default());
    let pinned = if pinned { "p" } else { "" };
    format!("\"{}-{}{pinned}-{written}\"", row.changed, form.letter())
}
