//! Who may come into which room.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};
use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, RecordId};

use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::services::Services;

/// The account that scratch documents are written by.
const SCRATCH_ACCOUNT: AccountId = AccountId(*b"yjs playground..");

/// What kind of text a room holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A record's text, under the text schema.
    Text,
    /// A scratch document of the playground: anything that Yjs can hold.
    Scratch,
}

/// Who comes into which room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub record: RecordId,
    pub mode: Mode,
    pub caller: Caller,
}

impl Entry {
    /// Judges whether a visitor may see what a name stands for; if not, there is nothing. A text is
    /// given as it is written, so without an account nothing is there (rule PU1).
    pub async fn judge(
        services: &Services,
        name: &str,
        visitor: &Visitor,
    ) -> Result<Self, ApiError> {
        let caller = visitor.caller();
        if visitor.0.is_some()
            && let Ok(record) = name.parse::<RecordId>()
            && services.changes.audience(record).await?.includes(&caller)
        {
            return Ok(Self { record, mode: Mode::Text, caller });
        }
        if services.settings.playground {
            return Ok(Self { record: scratch(name), mode: Mode::Scratch, caller: scribbler() });
        }
        Err(ApiError::UnknownRoute)
    }
}

/// Names the scratch document of a name.
fn scratch(name: &str) -> RecordId {
    let hash = Sha256::new_with_prefix(b"talkoot scratch").chain_update(name).finalize();
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(hash) {
        *to = from;
    }
    RecordId(id)
}

/// Says whether an account is the playground's: what it began holds any text, or none of ours.
pub fn is_scribbler(author: AccountId) -> bool {
    author == SCRATCH_ACCOUNT
}

/// Gives whoever writes in the playground.
pub(super) fn scribbler() -> Caller {
    let account = Some(SCRATCH_ACCOUNT);
    Caller { account, role: Role::Coordinator, projects: BTreeSet::new() }
}
