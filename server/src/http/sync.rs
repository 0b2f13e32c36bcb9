//! `POST /api/sync`: the conversation over one request, where a socket cannot pass.

use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use talkoot_core::codec;
use talkoot_core::limits::MESSAGE_BYTES_MAX;
use talkoot_core::sync::message::{ClientMessage, ServerMessage};
use talkoot_core::sync::server::Event;

use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::conversation::{Talk, TalkError};
use crate::services::Services;
use crate::strangers::STRANGER_BYTES_MAX;

/// Messages of one request: a greeting, the outbox in parts, a pull.
const MESSAGES_MAX: usize = 32;

/// Which account the device thinks is signed in.
#[derive(Debug, Deserialize)]
pub struct Expected {
    #[serde(rename = "as")]
    pub account: Option<String>,
}

/// Hears the messages in order and answers with all that the machine sends.
pub async fn sync(
    State(services): State<Services>,
    Query(expected): Query<Expected>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, ApiError> {
    if !visitor.is_expected(expected.account.as_deref()) {
        return Err(ApiError::SignedOut);
    }
    let is_stranger = visitor.0.is_none();
    let bytes_max = if is_stranger { STRANGER_BYTES_MAX } else { MESSAGE_BYTES_MAX };
    let body = to_bytes(request.into_body(), bytes_max).await.map_err(|_| ApiError::TooLarge)?;
    let messages: Vec<ClientMessage> =
        codec::decode_message(&body).map_err(|_| ApiError::Malformed)?;
    if messages.len() > MESSAGES_MAX {
        return Err(ApiError::TooMuch);
    }
    let mut talk = Talk::new(services, visitor);
    let mut answers: Vec<ServerMessage> = Vec::new();
    for message in messages {
        answers.extend(talk.hear(Event::Received(message)).await?);
    }
    let body = codec::encode(&answers);
    Ok(([(CONTENT_TYPE, "application/octet-stream")], body).into_response())
}

impl From<TalkError> for ApiError {
    fn from(cause: TalkError) -> Self {
        match cause {
            TalkError::Close(close) => close.into(),
            TalkError::Store(cause) => cause.into(),
        }
    }
}
