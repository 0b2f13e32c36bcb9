//! `/api/v1/comments`: what somebody without an account says of what is published, and what its
//! moderators decide ([`crate::moderating`]).

mod sent;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use talkoot_core::comment::Typed;
use talkoot_core::id::CommentId;
use talkoot_core::moment;
use utoipa::ToSchema;

pub use self::sent::SentJson;
use self::sent::{Manner, Sent};
use super::client_address::ClientAddress;
use crate::api_error::ApiError;
use crate::caller::SignedIn;
use crate::held::Held;
use crate::moderating::{self, Ruling, Sending};
use crate::public;
use crate::services::Services;

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
    let body = match body {
        Ok(body) => body,
        Err(refused) => return refuse_unread(&services, &headers, refused.into()).await,
    };
    let sent = Sent::read(&headers, &body)?;
    let sending = Sending {
        id: sent.id,
        record: sent.record,
        typed: &sent.typed,
        written_ms: sent.written_ms,
        is_trapped: sent.is_trapped,
        address,
    };
    let taken = moderating::take(&services, sending).await;
    match sent.manner {
        Manner::Json => {
            taken?;
            let id = sent.id.to_string();
            Ok((StatusCode::ACCEPTED, Json(AcceptedComment { id })).into_response())
        }
        Manner::Form => {
            let form = public::SentForm { record: Some(sent.record), typed: &sent.typed, taken };
            public::answer_comment(&services, &headers, form).await
        }
    }
}

/// Answers what is too large to be read, in the manner in which it says that it was sent.
async fn refuse_unread(
    services: &Services,
    headers: &HeaderMap,
    cause: ApiError,
) -> Result<Response, ApiError> {
    match Manner::of(headers) {
        Manner::Json => Err(cause),
        Manner::Form => {
            let form =
                public::SentForm { record: None, typed: &Typed::default(), taken: Err(cause) };
            public::answer_comment(services, headers, form).await
        }
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
    let waiting = moderating::waiting(&services, &signed_in.account).await?;
    let comments = waiting.into_iter().map(HeldJson::of).collect();
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
    let body = body?;
    let read = || {
        let said: DecisionJson = serde_json::from_slice(&body).map_err(|_| ApiError::Malformed)?;
        Ok(said.into())
    };
    moderating::decide(&services, &signed_in.account, id, read).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<DecisionJson> for Ruling {
    fn from(said: DecisionJson) -> Self {
        match said {
            DecisionJson::Publish => Self::Publish,
            DecisionJson::Reject { reason, block } => Self::Reject { reason, blocks: block },
        }
    }
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
