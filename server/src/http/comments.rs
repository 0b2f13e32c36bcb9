//! `/api/v1/comments`: what somebody without an account says of what is published, and what its
//! moderators decide.
//!
//! Whoever may write a thing decides about the comments on it; the access table says who that
//! is. Publishing is a change that the moderator's device makes: the words that are held go only
//! once that change is here, so whatever breaks in between, a comment is there or still waits.

mod sent;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use talkoot_core::access::Caller;
use talkoot_core::comment;
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::limits::REFUSAL_CHARS_MAX;
use talkoot_core::moment;
use talkoot_core::record::{ItemState, Record};
use utoipa::ToSchema;

pub use self::sent::SentJson;
use self::sent::{Manner, Sent};
use super::client_address::ClientAddress;
use crate::api_error::ApiError;
use crate::caller::SignedIn;
use crate::held::{Arrival, Decider, Decision, Held, Sender, Standing, Taken};
use crate::services::Services;
use crate::{chance, public};

/// A comment that was taken in, or had been.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedComment {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    id: String,
}

/// What waits for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldListing {
    comments: Vec<HeldJson>,
}

/// A comment that waits for somebody's decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldJson {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    id: String,
    /// What it is about.
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    record: String,
    subject: String,
    name: String,
    /// A title or an organisation; empty where none was told.
    organisation: String,
    comment: String,
    /// When it was written, as its writer's device believed.
    #[schema(format = DateTime)]
    written: String,
    #[schema(format = DateTime)]
    arrived: String,
    /// Whether whoever sent it can be kept out for a while.
    can_block: bool,
}

/// A decision. To publish, the comment first becomes an entry of its record by a change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum DecisionJson {
    Publish,
    Reject {
        /// Why: it is kept, the comment is not.
        #[schema(min_length = 1, max_length = 500)]
        reason: String,
        /// Whether whoever sent it is kept out for thirty days.
        #[serde(default)]
        block: bool,
    },
}

/// `POST /api/v1/comments`: takes a comment from anybody, as JSON or from a plain form.
pub async fn send(
    State(services): State<Services>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let sent = Sent::read(&headers, &body?)?;
    let sender = Sender::of(&services.changes.replica_seed(chance::bytes()?).await?, address);
    let taken = take(&services, &sent, sender).await;
    match sent.manner {
        Manner::Json => {
            taken?;
            let id = sent.id.to_string();
            Ok((StatusCode::ACCEPTED, Json(AcceptedComment { id })).into_response())
        }
        Manner::Form => {
            let form = public::SentForm { record: sent.record, typed: &sent.typed, taken };
            Ok(public::answer_comment(&services, &headers, form).await?)
        }
    }
}

async fn take(services: &Services, sent: &Sent, sender: Sender) -> Result<(), ApiError> {
    if !public::takes_comments(services, sent.record).await? {
        return Err(ApiError::UnknownRecord);
    }
    let typed = sent.typed.checked()?;
    if sent.is_trapped {
        // A program that fills in everything is told what a person would be, and nothing is kept.
        return Ok(());
    }
    let arrived_ms = services.clock.now_ms();
    // Nobody writes later than now, whatever their clock says.
    let written_ms = sent.written_ms.map_or(arrived_ms, |it| it.min(arrived_ms));
    let (id, record) = (sent.id, sent.record);
    let arrival = Arrival { id, record, typed, written_ms, arrived_ms, sender };
    match services.held.take(arrival).await? {
        Taken::Held | Taken::Known => Ok(()),
        Taken::Wait { wait_ms } => {
            Err(ApiError::TooManyAttempts { retry_after_s: wait_ms.div_ceil(1_000) })
        }
        Taken::Blocked => Err(ApiError::NotAllowed),
        Taken::Full => Err(ApiError::TryAgain),
    }
}

/// `GET /api/v1/comments`: lists what waits for the caller. What was published meanwhile, by a
/// device that could not say so, is let go here.
pub async fn list(
    State(services): State<Services>,
    signed_in: SignedIn,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Json<HeldListing>, ApiError> {
    if query.is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::UnknownParameter);
    }
    let caller = signed_in.account.caller();
    let mut comments = Vec::new();
    for held in services.held.waiting().await? {
        let is_there = |record: &Record| is_published(record, held.id);
        match moderated(&services, &caller, held.record, is_there).await? {
            Some(true) => {
                let by = Decider { account: signed_in.account.id, now_ms: services.clock.now_ms() };
                services.held.decide(held.id, Decision::Published, by).await?;
            }
            Some(false) => comments.push(HeldJson::of(held)),
            None => {}
        }
    }
    Ok(Json(HeldListing { comments }))
}

/// `POST /api/v1/comments/{id}`: decides about one.
pub async fn decide(
    State(services): State<Services>,
    signed_in: SignedIn,
    id: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiError> {
    let Path(id) = id.map_err(|_| ApiError::UnknownComment)?;
    let id: CommentId = id.parse().map_err(|_| ApiError::UnknownComment)?;
    let standing = services.held.standing(id).await?.ok_or(ApiError::UnknownComment)?;
    let caller = signed_in.account.caller();
    let is_there = |record: &Record| is_published(record, id);
    let is_there = moderated(&services, &caller, standing.record(), is_there).await?;
    let is_there = is_there.ok_or(ApiError::UnknownComment)?;
    let decision = serde_json::from_slice(&body?).map_err(|_| ApiError::Malformed)?;
    let decision = match (decision, standing) {
        (DecisionJson::Publish, Standing::Waits { .. }) if is_there => Decision::Published,
        (DecisionJson::Publish, Standing::Waits { .. }) => return Err(ApiError::NotPublished),
        (DecisionJson::Publish, Standing::Published { .. })
        | (DecisionJson::Reject { .. }, Standing::Rejected { .. }) => {
            return Ok(StatusCode::NO_CONTENT);
        }
        (DecisionJson::Reject { reason, block }, Standing::Waits { .. }) if !is_there => {
            Decision::Rejected { reason: checked(&reason)?, blocks: block }
        }
        (DecisionJson::Publish | DecisionJson::Reject { .. }, _) => {
            return Err(ApiError::AlreadyDecided);
        }
    };
    let decider = Decider { account: signed_in.account.id, now_ms: services.clock.now_ms() };
    services.held.decide(id, decision, decider).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn checked(reason: &str) -> Result<String, ApiError> {
    let reason = reason.trim();
    let fits = !reason.is_empty() && reason.chars().count() <= REFUSAL_CHARS_MAX;
    if fits { Ok(reason.to_owned()) } else { Err(ApiError::Malformed) }
}

/// Looks at a record whose comments the caller decides about; `None` of any other.
async fn moderated<T>(
    services: &Services,
    caller: &Caller,
    record: RecordId,
    look: impl FnOnce(&Record) -> T,
) -> Result<Option<T>, ApiError> {
    let Some(row) = services.records.record(record).await? else { return Ok(None) };
    let folded = services.readings.read(&*services.changes, &row).await?;
    // Whoever may write it sees it as it is now; what comments it has is so for everybody.
    let record = &folded.seen_by(caller).record;
    let may = comment::may_moderate(caller, row.kind, record.project());
    Ok(may.then(|| look(record)))
}

fn is_published(record: &Record, id: CommentId) -> bool {
    let field = record.kind.and_then(comment::field_of);
    let state = field.and_then(|field| record.field(field));
    let item = state.and_then(|state| state.items.get(&comment::item_of(id)));
    item.is_some_and(ItemState::is_there)
}

impl HeldJson {
    fn of(held: Held) -> Self {
        let Held { id, record, typed, written_ms, arrived_ms, has_sender } = held;
        Self {
            id: id.to_string(),
            record: record.to_string(),
            subject: typed.subject,
            name: typed.name,
            organisation: typed.organisation,
            comment: typed.words,
            written: moment::write(written_ms).unwrap_or_default(),
            arrived: moment::write(arrived_ms).unwrap_or_default(),
            can_block: has_sender,
        }
    }
}
