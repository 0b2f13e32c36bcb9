//! Talking to the server about open comments that wait: what there is, what was decided.

use gloo_net::http::{Request, Response};
use serde::{Deserialize, Serialize};
use talkoot_core::comment::Typed;
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::moment;

use crate::workspace::ActError;

const COMMENTS: &str = "/api/v1/comments";

/// A comment of somebody without an account that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) id: CommentId,
    pub(crate) record: RecordId,
    pub(crate) typed: Typed,
    pub(crate) written_ms: u64,
    pub(crate) arrived_ms: u64,
    /// Whether whoever sent it can be kept out for a while.
    pub(crate) can_block: bool,
}

/// What is decided about a comment. Publishing is a change; this tells the server to look for it.
#[derive(Debug, Serialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub(crate) enum Decision {
    Publish,
    Reject { reason: String, block: bool },
}

/// What the server made of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    Done,
    /// The change that publishes the comment has not come there yet.
    NotYet,
    /// Somebody else decided.
    Otherwise,
    /// The server does not know it, or does not show it to this person.
    Unknown,
}

/// What became of a decision, for the person who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruled {
    Done,
    /// It stands on its thing on this device; the server has not said yet that it knows.
    Here,
    /// Somebody else had decided.
    Otherwise,
}

#[derive(Deserialize)]
struct Listing {
    comments: Vec<HeldJson>,
}

#[derive(Deserialize)]
struct HeldJson {
    id: String,
    record: String,
    subject: String,
    name: String,
    organisation: String,
    comment: String,
    written: String,
    arrived: String,
    can_block: bool,
}

#[derive(Deserialize)]
struct Refused {
    code: String,
}

/// Asks what waits for this person.
pub(crate) async fn waiting() -> Result<Vec<Held>, ActError> {
    let response = Request::get(COMMENTS).send().await.map_err(|_| ActError::NoNetwork)?;
    let status = checked(&response)?;
    let listing: Listing = response.json().await.map_err(|_| ActError::Server { status })?;
    Ok(listing.comments.into_iter().filter_map(read).collect())
}

/// Tells the server what was decided.
pub(crate) async fn decide(id: CommentId, decision: &Decision) -> Result<Decided, ActError> {
    let request = Request::post(&format!("{COMMENTS}/{id}")).json(decision);
    let request = request.map_err(|_| ActError::NoNetwork)?;
    let response = request.send().await.map_err(|_| ActError::NoNetwork)?;
    match response.status() {
        404 => Ok(Decided::Unknown),
        409 => match response.json::<Refused>().await.as_ref().map(|it| it.code.as_str()) {
            Ok("not_published") => Ok(Decided::NotYet),
            Ok("already_decided") => Ok(Decided::Otherwise),
            Ok(_) | Err(_) => Err(ActError::Server { status: 409 }),
        },
        _ => checked(&response).map(|_| Decided::Done),
    }
}

fn checked(response: &Response) -> Result<u16, ActError> {
    match response.status() {
        status @ 200..=299 => Ok(status),
        401 => Err(ActError::SignedOut),
        status => Err(ActError::Server { status }),
    }
}

fn read(json: HeldJson) -> Option<Held> {
    Some(Held {
        id: json.id.parse().ok()?,
        record: json.record.parse().ok()?,
        typed: Typed {
            subject: json.subject,
            name: json.name,
            organisation: json.organisation,
            words: json.comment,
        },
        written_ms: moment::read(&json.written)?,
        arrived_ms: moment::read(&json.arrived)?,
        can_block: json.can_block,
    })
}
