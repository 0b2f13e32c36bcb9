//! Taking a push: what can be judged from the bytes alone, before the writer's queue.
//!
//! Decoding and checking signatures is the costly part and needs no record, so
//! it happens on the caller's own task.

use talkoot_core::access::{Caller, Refusal};
use talkoot_core::id::ChangeId;
use talkoot_core::limits::CHANGE_BYTES_MAX;
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::server::Outcome;

use crate::services::Services;
use crate::store::StoreError;
use crate::writer::{Opened, Origin, Submission};

/// Who hands changes over.
#[derive(Clone, Copy, Debug)]
pub struct Pusher<'a> {
    pub caller: &'a Caller,
    /// The device's.
    pub key: PublicKey,
    /// Whether the device is the caller's.
    pub owned: bool,
}

/// Judges and stores changes that a device handed over; one outcome for each.
pub async fn push(
    services: &Services,
    pusher: Pusher<'_>,
    changes: Vec<SignedChange>,
) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::new();
    let mut opened = Vec::new();
    for signed in changes {
        match open(pusher, signed) {
            Ok(change) => opened.push(change),
            Err((id, refusal)) => outcomes.push(Outcome::Refused { id, code: refusal.code() }),
        }
    }
    if opened.is_empty() {
        // Nothing to store, and nothing to look up.
    } else if pusher.owned {
        let arrived_ms = services.clock.now_ms();
        let (caller, origin) = (pusher.caller.clone(), Origin::Device);
        let submission = Submission { caller, changes: opened, arrived_ms, origin };
        outcomes.extend(services.queue.submit(submission).await?);
    } else {
        outcomes.extend(refuse_unless_stored(services, opened).await?);
    }
    let refused = outcomes.iter().filter(|it| matches!(it, Outcome::Refused { .. })).count();
    tracing::debug!(changes = outcomes.len(), refused, "push");
    Ok(outcomes)
}

/// A removed device never writes again, but what it wrote before is stored, and it hears so: it
/// would take its own words out of its copy otherwise.
async fn refuse_unless_stored(
    services: &Services,
    opened: Vec<Opened>,
) -> Result<Vec<Outcome>, StoreError> {
    let ids = opened.iter().map(|opened| opened.change.id).collect();
    let found = services.changes.find(ids).await?;
    let outcome = |(opened, found): (Opened, Option<SignedChange>)| {
        let id = opened.change.id;
        let code = Refusal::ForeignReplica.code();
        let stored = found.is_some_and(|stored| stored == opened.signed);
        if stored { Outcome::Stored(id) } else { Outcome::Refused { id: Some(id), code } }
    };
    Ok(opened.into_iter().zip(found).map(outcome).collect())
}

/// Reads one change and judges its size, its device and its signature.
fn open(pusher: Pusher<'_>, signed: SignedChange) -> Result<Opened, (Option<ChangeId>, Refusal)> {
    let Pusher { caller, key, .. } = pusher;
    let Opened { change, signed } = read(signed).map_err(|refusal| (None, refusal))?;
    let refuse = |refusal| (Some(change.id), refusal);
    if caller.account.is_none() {
        return Err(refuse(Refusal::NotAllowed));
    }
    if change.id.replica != key.replica() {
        return Err(refuse(Refusal::ForeignReplica));
    }
    key.verify(&signed).map_err(|_| refuse(Refusal::Signature))?;
    Ok(Opened { change, signed })
}

/// Reads one change and judges its size.
pub fn read(signed: SignedChange) -> Result<Opened, Refusal> {
    if signed.body.len() > CHANGE_BYTES_MAX {
        return Err(Refusal::TooLarge);
    }
    let change = signed.open()?;
    Ok(Opened { change, signed })
}
