//! Judging what clients wrote in one turn, and cutting it into changes.

use axum::body::Bytes;
use talkoot_core::change::Op;
use talkoot_core::id::AccountId;
use talkoot_core::limits::{CHANGE_BYTES_MAX, OPS_MAX};
use talkoot_core::record::{TextFitError, TextOwner};
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextError};

use super::mail::PeerId;
use super::room::{Room, Written};
use talkoot_core::access::{self, Caller, Deal};

/// What an update costs in a change beside its bytes.
const OP_BYTES: usize = 16;

/// Updates of one account, in the order in which they fit.
pub(super) struct Run {
    pub(super) caller: Caller,
    pub(super) account: AccountId,
    pub(super) written: Vec<Written>,
    bytes: usize,
}

/// Why an update is not taken in. Nothing of it is stored, and nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum WriteError {
    #[error("the client may not write here")]
    NotAllowed,
    #[error(transparent)]
    Text(#[from] TextError),
    #[error(transparent)]
    Clients(#[from] TextFitError),
}

impl WriteError {
    /// Gives the stable code that the client is told.
    fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not_allowed",
            Self::Text(cause) => cause.code(),
            Self::Clients(_) => "text_gap",
        }
    }
}

impl Room {
    /// Judges the turn's updates and gives those that fit, in runs of one account each.
    pub(super) fn admit_written(&mut self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for written in std::mem::take(&mut self.written) {
            if written.facts.is_empty() {
                continue;
            }
            match self.admit(&written) {
                Ok((caller, account)) => push(&mut runs, caller, account, written),
                Err(cause) => self.deny(written.peer, cause.code()),
            }
        }
        runs
    }

    fn admit(&mut self, written: &Written) -> Result<(Caller, AccountId), WriteError> {
        let caller = self.writer(written.peer).ok_or(WriteError::NotAllowed)?;
        let account = caller.account.ok_or(WriteError::NotAllowed)?;
        let replica = self.scribe.replica(account);
        let owner = TextOwner::Replica(replica);
        self.clients.check(owner, &written.facts)?;
        self.text.admit(&written.facts)?;
        self.clients.advance(owner, &written.facts);
        Ok((caller, account))
    }

    /// Gives who writes, if he may.
    fn writer(&self, peer: PeerId) -> Option<Caller> {
        let caller = &self.peers.get(&peer)?.caller;
        access::may(caller, &self.folded, Deal::Edit).then(|| caller.clone())
    }
}

fn push(runs: &mut Vec<Run>, caller: Caller, account: AccountId, written: Written) {
    let bytes = written.update.len().saturating_add(OP_BYTES);
    let last = runs.last_mut().filter(|run| {
        run.account == account
            && run.written.len() < OPS_MAX
            && run.bytes.saturating_add(bytes) < CHANGE_BYTES_MAX / 2
    });
    match last {
        Some(run) => {
            run.bytes = run.bytes.saturating_add(bytes);
            run.written.push(written);
        }
        None => runs.push(Run { caller, account, written: vec![written], bytes }),
    }
}

/// Makes the operation that stores an update.
pub(super) fn text_op(update: &Bytes) -> Op {
    Op::Text { schema: TEXT_SCHEMA_VERSION, update: update.to_vec() }
}
