//! Who asks: from the cookie to the account, on every request anew.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use talkoot_core::access::Caller;

use crate::api_error::ApiError;
use crate::services::{Services, anyone};
use crate::session::Token;
use crate::store::{Account, StoreError, TokenHash};

/// A running session and the account that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub account: Account,
    pub token_hash: TokenHash,
}

/// Somebody with or without a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor(pub Option<SignedIn>);

impl Visitor {
    /// Looks a session up; one that has ended is none.
    pub async fn look_up(services: &Services, token_hash: TokenHash) -> Result<Self, StoreError> {
        let now_ms = services.clock.now_ms();
        let account = services.accounts.session(token_hash, now_ms).await?;
        Ok(Self(account.map(|account| SignedIn { account, token_hash })))
    }

    /// Gives what the access table asks for.
    pub fn caller(&self) -> Caller {
        self.0.as_ref().map_or_else(anyone, |signed_in| signed_in.account.caller())
    }

    /// Gives the number that a cursor of this caller names.
    pub fn rights(&self) -> u64 {
        self.0.as_ref().map_or(0, |signed_in| signed_in.account.rights)
    }

    /// Gives who has signed in, if it is the account that a device expects or it expects none in
    /// particular.
    pub fn expected(self, account: Option<&str>) -> Option<SignedIn> {
        let is_expected = |it: &SignedIn| account.is_none_or(|id| it.account.id.to_string() == id);
        self.0.filter(is_expected)
    }
}

impl FromRequestParts<Services> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, ApiError> {
        match Token::from_headers(&parts.headers, &services.settings) {
            Some(token) => Ok(Self::look_up(services, token.hash()).await?),
            None => Ok(Self(None)),
        }
    }
}

impl FromRequestParts<Services> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, ApiError> {
        let visitor = Visitor::from_request_parts(parts, services).await?;
        visitor.0.ok_or(ApiError::SignedOut)
    }
}
