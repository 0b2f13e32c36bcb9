//! Taking open comments in and deciding about them, however somebody asks.
//!
//! Whoever may write a thing decides about the comments on it; the access table says who that
//! is. Publishing is a change that the moderator's device makes: the words that are held go only
//! once that change is here, so whatever breaks in between, a comment is there or still waits.

use std::net::IpAddr;

use talkoot_core::access::Caller;
use talkoot_core::comment::{self, Typed};
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::limits::REFUSAL_CHARS_MAX;
use talkoot_core::record::{ItemState, Record};

use crate::api_error::ApiError;
use crate::held::{Arrival, Decider, Decision, Held, Sender, Standing, Taken};
use crate::services::Services;
use crate::store::Account;
use crate::{chance, public};

/// A comment that somebody sends.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    pub id: CommentId,
    pub record: RecordId,
    pub typed: &'a Typed,
    /// When it was written, as its writer's device believed.
    pub written_ms: Option<u64>,
    /// Whether the field is filled in that no person sees.
    pub is_trapped: bool,
    pub address: Option<IpAddr>,
}

/// What a moderator says. To publish, the comment first becomes an entry of its record by a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    Publish,
    Reject {
        /// Why: it is kept, the comment is not.
        reason: String,
        /// Whether whoever sent it is kept out for thirty days.
        blocks: bool,
    },
}

/// Takes a comment in from anybody, once.
pub async fn take(services: &Services, sending: Sending<'_>) -> Result<(), ApiError> {
    let seed = services.changes.sender_seed(chance::bytes()?).await?;
    let sender = Sender::of(&seed, sending.address);
    if !public::takes_comments(services, sending.record).await? {
        return Err(ApiError::UnknownRecord);
    }
    let typed = sending.typed.checked()?;
    if sending.is_trapped {
        // A program that fills in everything is told what a person would be, and nothing is kept.
        return Ok(());
    }
    let arrived_ms = services.clock.now_ms();
    // Nobody writes later than now, whatever their clock says.
    let written_ms = sending.written_ms.map_or(arrived_ms, |it| it.min(arrived_ms));
    let (id, record) = (sending.id, sending.record);
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

/// Lists what waits for somebody. What was published meanwhile, by a device that could not say
/// so, is let go here.
pub async fn waiting(services: &Services, account: &Account) -> Result<Vec<Held>, ApiError> {
    let caller = account.caller();
    let mut comments = Vec::new();
    for held in services.held.waiting(services.clock.now_ms()).await? {
        let is_there = |record: &Record| is_published(record, held.id);
        match moderated(services, &caller, held.record, is_there).await? {
            Some(true) => {
                let by = Decider { account: account.id, now_ms: services.clock.now_ms() };
                services.held.decide(held.id, Decision::Published, by).await?;
            }
            Some(false) => comments.push(held),
            None => {}
        }
    }
    Ok(comments)
}

/// Decides about a comment; what is said is read once it is known that there is something to say
/// it about.
pub async fn decide(
    services: &Services,
    account: &Account,
    id: CommentId,
    ruling: impl FnOnce() -> Result<Ruling, ApiError>,
) -> Result<(), ApiError> {
    let standing = services.held.standing(id).await?.ok_or(ApiError::UnknownComment)?;
    let is_there = |record: &Record| is_published(record, id);
    let is_there = moderated(services, &account.caller(), standing.record(), is_there).await?;
    let is_there = is_there.ok_or(ApiError::UnknownComment)?;
    let ruling = ruling()?;
    let decision = match (&ruling, standing) {
        (Ruling::Publish, Standing::Waits { .. }) if is_there => Decision::Published,
        (Ruling::Publish, Standing::Waits { .. }) => return Err(ApiError::NotPublished),
        (Ruling::Reject { reason, blocks }, Standing::Waits { .. }) if !is_there => {
            Decision::Rejected { reason: checked(reason)?, blocks: *blocks }
        }
        (Ruling::Reject { .. }, Standing::Waits { .. }) => return Err(ApiError::AlreadyDecided),
        (_, Standing::Published { .. } | Standing::Rejected { .. }) => {
            return as_decided(&ruling, Some(standing));
        }
    };
    let decider = Decider { account: account.id, now_ms: services.clock.now_ms() };
    if services.held.decide(id, decision, decider).await? {
        return Ok(());
    }
    // Somebody else decided in between: nobody is told that both did.
    as_decided(&ruling, services.held.standing(id).await?)
}

/// Answers whoever says what was decided before.
fn as_decided(ruling: &Ruling, standing: Option<Standing>) -> Result<(), ApiError> {
    match (ruling, standing) {
        (Ruling::Publish, Some(Standing::Published { .. }))
        | (Ruling::Reject { .. }, Some(Standing::Rejected { .. })) => Ok(()),
        (Ruling::Publish | Ruling::Reject { .. }, _) => Err(ApiError::AlreadyDecided),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oc13_whoever_decides_a_moment_too_late_hears_what_was_decided() {
        let record = RecordId([7; 16]);
        let reject = Ruling::Reject { reason: "because".to_owned(), blocks: false };
        let rejected = Some(Standing::Rejected { record });
        let published = Some(Standing::Published { record });
        assert_eq!(as_decided(&reject, rejected), Ok(()), "they said the same");
        assert_eq!(as_decided(&Ruling::Publish, published), Ok(()));
        for (ruling, standing) in
            [(&reject, published), (&Ruling::Publish, rejected), (&reject, None)]
        {
            assert_eq!(as_decided(ruling, standing), Err(ApiError::AlreadyDecided));
        }
    }
}
