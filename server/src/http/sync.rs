//! `POST /api/sync`: the conversation over one request, where a socket cannot pass.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use talkoot_core::codec;
use talkoot_core::sync::message::{ClientMessage, ServerMessage};
use talkoot_core::sync::server::Event;

use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::conversation::{Talk, TalkError};
use crate::services::Services;

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
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let signed_in = visitor.expected(expected.account.as_deref()).ok_or(ApiError::SignedOut)?;
    let messages: Vec<ClientMessage> =
        codec::decode_message(&body?).map_err(|_| ApiError::Malformed)?;
    if messages.len() > MESSAGES_MAX {
        return Err(ApiError::TooMuch);
    }
    let mut talk = Talk::new(services, signed_in);
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
