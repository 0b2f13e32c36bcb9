//! Taking back what a restored server lost: each change judged by who wrote it.
//!
//! Whoever carries a change proves nothing by it. Its signature is checked with the key
//! of the device that made it, which the device's account has vouched for here, and it
//! is judged with the rights that its author has now. A device that this server has
//! not met may be anybody's, so what it made waits on the carrier until they meet.

use std::collections::BTreeMap;

use talkoot_core::access::{Caller, Refusal};
use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::server::Outcome;

use crate::own_keys::OwnKeys;
use crate::push;
use crate::services::Services;
use crate::store::{Holder, StoreError};
use crate::writer::{Opened, Origin, Submission};

/// Judges and stores changes that a device gave back; one outcome for each.
pub async fn take_back(
    services: &Services,
    changes: Vec<SignedChange>,
) -> Result<Vec<Outcome>, StoreError> {
    let mut judging = Judging::new(services).await?;
    let mut outcomes = Vec::new();
    let mut submissions: Vec<Submission> = Vec::new();
    let arrived_ms = services.clock.now_ms();
    for signed in changes {
        match judging.open(signed).await? {
            Ok((caller, opened)) => match submissions.last_mut() {
                Some(last) if last.caller == caller => last.changes.push(opened),
                _ => {
                    let (changes, origin) = (vec![opened], Origin::Device);
                    submissions.push(Submission { caller, changes, arrived_ms, origin });
                }
            },
            Err((id, refusal)) => outcomes.push(Outcome::Refused { id, code: refusal.code() }),
        }
    }
    outcomes.extend(services.queue.submit_all(submissions).await?);
    let refused = outcomes.iter().filter(|it| matches!(it, Outcome::Refused { .. })).count();
    tracing::info!(changes = outcomes.len(), refused, "given back");
    Ok(outcomes)
}

/// What is known of those who made one batch.
struct Judging<'a> {
    services: &'a Services,
    own: OwnKeys,
    callers: BTreeMap<AccountId, Caller>,
    holders: BTreeMap<ReplicaId, Option<Holder>>,
}

type Judged = Result<(Caller, Opened), (Option<ChangeId>, Refusal)>;

impl<'a> Judging<'a> {
    async fn new(services: &'a Services) -> Result<Self, StoreError> {
        let own = OwnKeys::new(services.changes.own_seeds().await?);
        let accounts = services.accounts.accounts().await?;
        let callers = accounts.into_iter().map(|account| (account.id, account.caller())).collect();
        Ok(Self { services, own, callers, holders: BTreeMap::new() })
    }

    /// Reads one change and proves who made it.
    async fn open(&mut self, signed: SignedChange) -> Result<Judged, StoreError> {
        let opened = match push::read(signed) {
            Ok(opened) => opened,
            Err(refusal) => return Ok(Err((None, refusal))),
        };
        let id = opened.change.id;
        let holder = self.holder(id.replica).await?;
        let judged = self.prove(holder, &opened);
        Ok(judged.map(|caller| (caller, opened)).map_err(|refusal| (Some(id), refusal)))
    }

    /// The server signed for every account; a device signs for its own.
    fn prove(&self, holder: Option<Holder>, opened: &Opened) -> Result<Caller, Refusal> {
        let Opened { change, signed } = opened;
        if holder.is_some_and(|holder| holder.account != change.author) {
            return Err(Refusal::ForeignAuthor);
        }
        let key = holder.map(|holder| holder.key).or_else(|| self.own.of(change));
        let key = key.ok_or(Refusal::ForeignReplica)?;
        key.verify(signed).map_err(|_| Refusal::Signature)?;
        self.callers.get(&change.author).cloned().ok_or(Refusal::ForeignAuthor)
    }

    async fn holder(&mut self, replica: ReplicaId) -> Result<Option<Holder>, StoreError> {
        if let Some(known) = self.holders.get(&replica) {
            return Ok(*known);
        }
        let holder = self.services.accounts.holder(replica).await?;
        self.holders.insert(replica, holder);
        Ok(holder)
    }
}
