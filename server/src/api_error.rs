//! Everything that a request can answer besides success.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use talkoot_core::comment::TypedFault;
use talkoot_core::sync::message::Close;
use utoipa::ToSchema;

use crate::chance::NoChance;
use crate::store::StoreError;

/// Why a request was refused. The code is stable; the client says it in its person's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    #[error("nobody is signed in, or the session has ended")]
    SignedOut,
    #[error("the e-mail and the password do not belong together")]
    WrongCredentials,
    #[error("too many attempts; try again in {retry_after_s} seconds")]
    TooManyAttempts { retry_after_s: u64 },
    #[error("the request comes from another site")]
    ForeignOrigin,
    #[error("this is not allowed")]
    NotAllowed,
    #[error("the request does not decode")]
    Malformed,
    #[error("the request is larger than allowed")]
    TooLarge,
    #[error("the request asks for more than allowed at once")]
    TooMuch,
    #[error("the program that asks is too old; load the page again")]
    TooOld,
    #[error("there is nothing at this address")]
    UnknownRoute,
    #[error("the address does not take this method")]
    WrongMethod,
    #[error("the account has no such device")]
    UnknownDevice,
    #[error("there is no such record, or it is not for you to see")]
    UnknownRecord,
    #[error("no such comment waits, or it is not for you to decide about")]
    UnknownComment,
    #[error("a subject, a name and a comment are needed")]
    CommentMissing,
    #[error("the comment is longer than allowed")]
    CommentTooLong,
    #[error("the comment does not stand on its record yet")]
    NotPublished,
    #[error("somebody has decided otherwise about the comment")]
    AlreadyDecided,
    #[error("this server sends no mail")]
    NoMail,
    #[error("the address has a parameter that nothing here knows")]
    UnknownParameter,
    #[error("the parameter {name} is given twice or does not have its form")]
    WrongParameter { name: &'static str },
    #[error("the parameters are longer than any that are read")]
    QueryTooLong,
    #[error("the server cannot do this just now; try again")]
    TryAgain,
}

impl ApiError {
    fn status_and_code(self) -> (StatusCode, &'static str) {
        match self {
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "signed_out"),
            Self::WrongCredentials => (StatusCode::UNAUTHORIZED, "wrong_credentials"),
            Self::TooManyAttempts { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts"),
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "foreign_origin"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not_allowed"),
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::TooMuch => (StatusCode::TOO_MANY_REQUESTS, "too_much"),
            Self::TooOld => (StatusCode::UPGRADE_REQUIRED, "too_old"),
            Self::UnknownRoute => (StatusCode::NOT_FOUND, "unknown_route"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong_method"),
            Self::UnknownDevice => (StatusCode::NOT_FOUND, "unknown_device"),
            Self::UnknownRecord => (StatusCode::NOT_FOUND, "unknown_record"),
            Self::UnknownComment => (StatusCode::NOT_FOUND, "unknown_comment"),
            Self::CommentMissing => (StatusCode::BAD_REQUEST, "comment_missing"),
            Self::CommentTooLong => (StatusCode::BAD_REQUEST, "comment_too_long"),
            Self::NotPublished => (StatusCode::CONFLICT, "not_published"),
            Self::AlreadyDecided => (StatusCode::CONFLICT, "already_decided"),
            Self::NoMail => (StatusCode::CONFLICT, "no_mail"),
            Self::UnknownParameter => (StatusCode::BAD_REQUEST, "unknown_parameter"),
            Self::WrongParameter { .. } => (StatusCode::BAD_REQUEST, "wrong_parameter"),
            Self::QueryTooLong => (StatusCode::BAD_REQUEST, "query_too_long"),
            Self::TryAgain => (StatusCode::SERVICE_UNAVAILABLE, "try_again"),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(cause: StoreError) -> Self {
        tracing::error!(%cause, "the store failed");
        Self::TryAgain
    }
}

impl From<NoChance> for ApiError {
    fn from(cause: NoChance) -> Self {
        tracing::error!(%cause, "no chance");
        Self::TryAgain
    }
}

impl From<TypedFault> for ApiError {
    fn from(cause: TypedFault) -> Self {
        match cause {
            TypedFault::Missing => Self::CommentMissing,
            TypedFault::TooLong => Self::CommentTooLong,
        }
    }
}

impl From<BytesRejection> for ApiError {
    fn from(cause: BytesRejection) -> Self {
        let too_large = cause.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if too_large { Self::TooLarge } else { Self::Malformed }
    }
}

impl From<Close> for ApiError {
    fn from(close: Close) -> Self {
        match close {
            Close::SignedOut => Self::SignedOut,
            Close::NotAllowed | Close::TakenOver => Self::NotAllowed,
            Close::TooOld => Self::TooOld,
            Close::TooMuch => Self::TooMuch,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        let body = Json(Refused { code, message: self.to_string() });
        let mut response = (status, body).into_response();
        if let Self::TooManyAttempts { retry_after_s } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_s));
        }
        response
    }
}

/// The body of every refusal.
#[derive(Serialize, ToSchema)]
pub struct Refused {
    /// Stable: what a program goes by.
    #[schema(value_type = String, pattern = "^[a-z_]+$")]
    code: &'static str,
    /// For the person who reads a log or tries the interface by hand.
    message: String,
}
