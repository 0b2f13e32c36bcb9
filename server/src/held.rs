//! Open comments that wait for a moderator: held apart from everything that is served.
//!
//! They lie in a database of their own, in a folder of its own, which no page, feed or listing
//! reads and no backup copies: what a moderator takes out of a comment must be nowhere
//! afterwards. Of who sent one a keyed hash is kept, while it waits or keeps somebody out.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use talkoot_core::comment::Typed;
use talkoot_core::id::{AccountId, CommentId, RecordId};

use crate::store::sqlite::OpenError;
use crate::store::sqlite::held::HeldRows;
use crate::store::{Answer, StoreError};

/// How many comments one address may send in a window.
pub const SENDER_MAX: u32 = 10;
/// How many come in a window from wherever nobody says.
pub const UNKNOWN_MAX: u32 = 200;
/// How long a window is, in milliseconds.
pub const WINDOW_MS: u64 = 60 * 60_000;
/// How many wait at once: more than anybody reads, and no disk fills with them.
pub const HELD_MAX: u32 = 2_000;
/// How long somebody is kept out, in milliseconds (30 days).
pub const BLOCK_MS: u64 = 30 * 86_400_000;
/// How long it is known that a comment was decided about, in milliseconds (a year): what a
/// browser kept for longer counts anew.
pub const DECIDED_MS: u64 = 366 * 86_400_000;

/// From where a comment came: a keyed hash of an address, or of nothing where nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    pub hash: [u8; 32],
    /// Whether it stands for an address, so that it can be kept out.
    pub is_known: bool,
}

/// A comment that arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub id: CommentId,
    pub record: RecordId,
    pub typed: Typed,
    pub written_ms: u64,
    pub arrived_ms: u64,
    pub sender: Sender,
}

/// A comment that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: CommentId,
    pub record: RecordId,
    pub typed: Typed,
    pub written_ms: u64,
    pub arrived_ms: u64,
    /// Whether whoever sent it can be kept out.
    pub has_sender: bool,
}

/// What became of a comment that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Held,
    /// It came before; it is there once (rule OC3).
    Known,
    /// Too much came from there.
    Wait {
        wait_ms: u64,
    },
    /// Whoever sends it is kept out.
    Blocked,
    /// More wait than anybody reads.
    Full,
}

/// What a moderator decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It stands on its record now.
    Published,
    Rejected {
        reason: String,
        /// Whether whoever sent it is kept out for a while.
        blocks: bool,
    },
}

/// Who decides, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    pub account: AccountId,
    pub now_ms: u64,
}

/// How a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Waits { record: RecordId },
    Published { record: RecordId },
    Rejected { record: RecordId },
}

impl Standing {
    /// Gives the record that it is about.
    pub fn record(self) -> RecordId {
        match self {
            Self::Waits { record } | Self::Published { record } | Self::Rejected { record } => {
                record
            }
        }
    }
}

/// Where comments wait.
pub trait HeldStore: Send + Sync {
    /// Takes a comment in, once.
    fn take(&self, arrival: Arrival) -> Answer<'_, Taken>;

    /// Lists what waits, the first that came first, and forgets senders whose time has passed.
    fn waiting(&self, now_ms: u64) -> Answer<'_, Vec<Held>>;

    /// Says how a comment stands, if it came.
    fn standing(&self, id: CommentId) -> Answer<'_, Option<Standing>>;

    /// Notes a decision about a comment that waits, and forgets its words for good; says whether
    /// it waited.
    fn decide(&self, id: CommentId, decision: Decision, by: Decider) -> Answer<'_, bool>;
}

/// The comments that wait. A server without a place for them takes none.
#[derive(Default)]
pub struct HeldComments(Option<Box<dyn HeldStore>>);

impl HeldComments {
    /// Opens the database, or makes it.
    pub fn open(path: &Path, now_ms: u64) -> Result<Self, OpenError> {
        HeldRows::open(path, now_ms).map(Self::over)
    }

    /// Lets them wait in a store.
    pub fn over(store: impl HeldStore + 'static) -> Self {
        Self(Some(Box::new(store)))
    }

    /// Takes a comment in, once.
    pub async fn take(&self, arrival: Arrival) -> Result<Taken, StoreError> {
        self.store()?.take(arrival).await
    }

    /// Lists what waits, the first that came first, and forgets senders whose time has passed.
    pub async fn waiting(&self, now_ms: u64) -> Result<Vec<Held>, StoreError> {
        self.store()?.waiting(now_ms).await
    }

    /// Says how a comment stands, if it came.
    pub async fn standing(&self, id: CommentId) -> Result<Option<Standing>, StoreError> {
        self.store()?.standing(id).await
    }

    /// Notes a decision about a comment that waits, and forgets its words for good; says whether
    /// it waited.
    pub async fn decide(
        &self,
        id: CommentId,
        decision: Decision,
        by: Decider,
    ) -> Result<bool, StoreError> {
        self.store()?.decide(id, decision, by).await
    }

    fn store(&self) -> Result<&dyn HeldStore, StoreError> {
        self.0.as_deref().ok_or(StoreError::Closed)
    }
}

impl fmt::Debug for HeldComments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HeldComments").finish_non_exhaustive()
    }
}

impl Sender {
    /// Names where a request came from; `seed` is a secret of the data folder.
    pub fn of(seed: &[u8; 32], address: Option<IpAddr>) -> Self {
        let hash = Sha256::new_with_prefix("sender of open comments").chain_update(seed);
        let hash = match address {
            Some(address) => hash.chain_update(address.to_string()),
            None => hash,
        };
        Self { hash: hash.finalize().into(), is_known: address.is_some() }
    }
}
