//! `/api/session`: signing in, who is signed in, signing out.

use std::net::IpAddr;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::client_address::ClientAddress;
use crate::account::{normal_email, role_name};
use crate::api_error::ApiError;
use crate::caller::{SignedIn, Visitor};
use crate::services::Services;
use crate::session::{SESSION_MS, Token, forget_cookie};
use crate::store::{Account, Attempt, AttemptLimit, NewSession};

/// Wrong passwords that one account takes from one address before they wait: nobody can keep the
/// account's own person from signing in elsewhere.
const ACCOUNT_LIMIT: AttemptLimit = AttemptLimit { failures_max: 10, window_ms: 15 * 60_000 };

/// What a person types to sign in.
#[derive(Deserialize)]
struct SignIn {
    email: String,
    password: String,
}

/// Who is signed in, as the app shows it.
#[derive(Debug, Serialize)]
pub struct Me {
    account: String,
    name: String,
    email: String,
    role: &'static str,
    projects: Vec<String>,
}

impl From<&Account> for Me {
    fn from(account: &Account) -> Self {
        Self {
            account: account.id.to_string(),
            name: account.name.clone(),
            email: account.email.clone(),
            role: role_name(account.role),
            projects: account.projects.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Signs somebody in. Counts the attempt before it checks, so trying at once does not help; an
/// attempt that was none is taken back.
pub async fn sign_in(
    State(services): State<Services>,
    ClientAddress(address): ClientAddress,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let SignIn { email, password } =
        serde_json::from_slice(&body?).map_err(|_| ApiError::Malformed)?;
    let email = normal_email(&email);
    let subject = subject(&email, address);
    let now_ms = services.clock.now_ms();
    allowed(address.map_or(Attempt::Allowed, |it| services.guesses.count(it, now_ms)))?;
    allowed(services.accounts.count_attempt(subject, ACCOUNT_LIMIT, now_ms).await?)?;
    let found = services.accounts.credentials(email).await?;
    let (account, hash) = found.map(|it| (it.account, it.password_hash)).unzip();
    let fits = services.passwords.fits(password, hash).await;
    let account = account.filter(|_| fits).ok_or(ApiError::WrongCredentials)?;
    address.inspect(|address| services.guesses.forgive(*address));
    services.accounts.clear_attempts(subject).await?;
    let token = Token::generate()?;
    let (token_hash, now_ms) = (token.hash(), services.clock.now_ms());
    let expires_ms = now_ms.saturating_add(SESSION_MS);
    let session = NewSession { token_hash, account, now_ms, expires_ms };
    services.accounts.open_session(session).await?;
    let visitor = Visitor::look_up(&services, token_hash).await?;
    let signed_in = visitor.0.ok_or(ApiError::TryAgain)?;
    Ok(with_cookie(Json(Me::from(&signed_in.account)), token.cookie(&services.settings)))
}

/// Says who is signed in, and keeps the session from ending.
pub async fn show(
    State(services): State<Services>,
    signed_in: SignedIn,
    headers: axum::http::HeaderMap,
) -> Result<Response, ApiError> {
    let expires_ms = services.clock.now_ms().saturating_add(SESSION_MS);
    services.accounts.extend_session(signed_in.token_hash, expires_ms).await?;
    let token = Token::from_headers(&headers, &services.settings);
    let cookie = token.and_then(|token| token.cookie(&services.settings));
    Ok(with_cookie(Json(Me::from(&signed_in.account)), cookie))
}

/// Signs out; without a session there is nothing to do.
pub async fn sign_out(
    State(services): State<Services>,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    if let Some(signed_in) = visitor.0 {
        services.accounts.end_session(signed_in.token_hash).await?;
        services.hub.recheck();
    }
    Ok(with_cookie(StatusCode::NO_CONTENT, forget_cookie(&services.settings)))
}

/// Names whose failures are counted: those of an e-mail from an address.
fn subject(email: &str, address: Option<IpAddr>) -> [u8; 32] {
    let hash = Sha256::new_with_prefix(email);
    let hash = match address {
        Some(address) => hash.chain_update([0]).chain_update(address.to_string()),
        None => hash,
    };
    hash.finalize().into()
}

fn allowed(attempt: Attempt) -> Result<(), ApiError> {
    match attempt {
        Attempt::Allowed => Ok(()),
        Attempt::Wait { wait_ms } => {
            Err(ApiError::TooManyAttempts { retry_after_s: wait_ms.div_ceil(1_000) })
        }
    }
}

fn with_cookie(answer: impl IntoResponse, cookie: Option<HeaderValue>) -> Response {
    let mut response = answer.into_response();
    cookie.map(|cookie| response.headers_mut().insert(SET_COOKIE, cookie));
    response
}
