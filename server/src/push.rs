//! Taking a push: what can be judged from the bytes alone, before the writer's queue.
//!
//! Decoding and checking signatures is the costly part and needs no record, so
//! it happens on the caller's own task.

use talkoot_core::access::{Caller, Refusal};
use talkoot_core::codec::DecodeError;
use talkoot_core::id::ChangeId;
use talkoot_core::limits::CHANGE_BYTES_MAX;
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::server::Outcome;

use crate::clock;
use crate::store::StoreError;
use crate::writer::{Opened, Origin, Submission, WriterQueue};

/// Judges and stores changes that a device handed over; one outcome for each.
///
/// `owned` says whether the device is the caller's.
pub async fn push(
    queue: &WriterQueue,
    caller: &Caller,
    key: PublicKey,
    owned: bool,
    changes: Vec<SignedChange>,
) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::new();
    let mut opened = Vec::new();
    for signed in changes {
        match open(caller, key, owned, signed) {
            Ok(change) => opened.push(change),
            Err((id, refusal)) => outcomes.push(Outcome::Refused { id, code: refusal.code() }),
        }
    }
    let count = opened.len();
    if count > 0 {
        let arrived_ms = clock::now_ms();
        let (caller, origin) = (caller.clone(), Origin::Device);
        let submission = Submission { caller, changes: opened, arrived_ms, origin };
        outcomes.extend(queue.submit(submission).await?);
    }
    let refused = outcomes.iter().filter(|it| matches!(it, Outcome::Refused { .. })).count();
    tracing::debug!(changes = outcomes.len(), refused, "push");
    Ok(outcomes)
}

/// Reads one change and judges its size, its device and its signature.
fn open(
    caller: &Caller,
    key: PublicKey,
    owned: bool,
    signed: SignedChange,
) -> Result<Opened, (Option<ChangeId>, Refusal)> {
    let Opened { change, signed } = read(signed).map_err(|refusal| (None, refusal))?;
    let refuse = |refusal| (Some(change.id), refusal);
    if caller.account.is_none() {
        return Err(refuse(Refusal::NotAllowed));
    }
    if !owned || change.id.replica != key.replica() {
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
    let change = signed.open().map_err(refusal_of)?;
    Ok(Opened { change, signed })
}

fn refusal_of(cause: DecodeError) -> Refusal {
    match cause {
        DecodeError::TooLarge { .. } => Refusal::TooLarge,
        DecodeError::Newer { .. }
        | DecodeError::Empty
        | DecodeError::Malformed
        | DecodeError::Trailing { .. } => Refusal::Malformed,
    }
}
