//! What is asked of the simulated server beside the lines: outsiders send comments, moderators ask
//! what waits and decide. Each request is a task, as in the real server, and the real one answers.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::task::{Context, Poll};

use talkoot_core::comment::Typed;
use talkoot_core::id::{CommentId, RecordId};
use talkoot_server::api_error::ApiError;
use talkoot_server::caller::Visitor;
use talkoot_server::held::Held;
use talkoot_server::moderating::{self, Ruling, Sending};
use talkoot_server::services::Services;
use talkoot_server::store::{Account, TokenHash};

/// A comment as an outsider's browser sends it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) id: CommentId,
    pub(crate) record: RecordId,
    pub(crate) typed: Typed,
    pub(crate) written_ms: u64,
    /// Who sends it.
    pub(crate) house: u8,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    Send(Sent),
    List(TokenHash),
    Decide(TokenHash, CommentId, Ruling),
}

/// What is answered.
#[derive(Debug)]
pub(crate) enum Reply {
    Sent(Result<(), ApiError>),
    Listed(Result<Vec<Held>, ApiError>),
    Decided(Result<(), ApiError>),
}

/// A request while it is answered.
pub(super) struct Asking {
    number: u64,
    work: Pin<Box<dyn Future<Output = Reply>>>,
}

impl Asking {
    /// Begins to answer; `shows_all` is a server that forgets to ask who may see what waits.
    pub(super) fn begin(number: u64, services: Services, asks: Request, shows_all: bool) -> Self {
        Self { number, work: Box::pin(answer(services, asks, shows_all)) }
    }

    /// Goes on, and gives the answer once there is one.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Option<(u64, Reply)> {
        match self.work.as_mut().poll(context) {
            Poll::Ready(reply) => Some((self.number, reply)),
            Poll::Pending => None,
        }
    }
}

async fn answer(services: Services, asks: Request, shows_all: bool) -> Reply {
    match asks {
        Request::Send(Sent { id, record, typed, written_ms, house }) => {
            let address = Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, house)));
            let (written_ms, is_trapped) = (Some(written_ms), false);
            let typed = &typed;
            let sending = Sending { id, record, typed, written_ms, is_trapped, address };
            Reply::Sent(moderating::take(&services, sending).await)
        }
        Request::List(token) => Reply::Listed(list(&services, token, shows_all).await),
        Request::Decide(token, id, ruling) => {
            Reply::Decided(match account(&services, token).await {
                Ok(account) => moderating::decide(&services, &account, id, || Ok(ruling)).await,
                Err(cause) => Err(cause),
            })
        }
    }
}

async fn list(
    services: &Services,
    token: TokenHash,
    shows_all: bool,
) -> Result<Vec<Held>, ApiError> {
    let account = account(services, token).await?;
    let own = moderating::waiting(services, &account).await?;
    if shows_all { Ok(services.held.waiting(services.clock.now_ms()).await?) } else { Ok(own) }
}

async fn account(services: &Services, token: TokenHash) -> Result<Account, ApiError> {
    let visitor = Visitor::look_up(services, token).await?;
    visitor.0.map(|signed_in| signed_in.account).ok_or(ApiError::SignedOut)
}
