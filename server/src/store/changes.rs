//! The contract of the log: what any database that keeps changes promises.

use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::SignedChange;

use super::{Answer, StoreError};
use talkoot_core::audience::Audience;

/// Which log this is and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogState {
    /// Random, made with the log.
    pub log: u64,
    /// The sequence of the last entry; 0 when there is none.
    pub head: u64,
}

/// A change as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    pub id: ChangeId,
    pub record: RecordId,
    pub author: AccountId,
    pub arrived_ms: u64,
    pub signed: SignedChange,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogEntry {
    Change(StoredChange),
    /// From here on more people may see the record; `from` saw it before.
    Reveal {
        record: RecordId,
        from: Audience,
    },
    /// From here on fewer people may see the record; `from` saw it before.
    Conceal {
        record: RecordId,
        from: Audience,
    },
}

impl LogEntry {
    /// Gives the record that the entry is about.
    pub fn record(&self) -> RecordId {
        match self {
            Self::Change(change) => change.record,
            Self::Reveal { record, .. } | Self::Conceal { record, .. } => *record,
        }
    }

    /// Gives the identity of the change, if the entry is one.
    pub fn change(&self) -> Option<ChangeId> {
        match self {
            Self::Change(change) => Some(change.id),
            Self::Reveal { .. } | Self::Conceal { .. } => None,
        }
    }
}

/// An entry, its place, and who may see its record now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    pub sequence: u64,
    pub entry: LogEntry,
    pub audience: Audience,
}

/// What is asked of a record: its entries without the first `skip`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub record: RecordId,
    pub skip: u64,
}

/// Entries to append in one transaction, judged against the log up to `expected_head`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appending {
    pub expected_head: u64,
    pub entries: Vec<LogEntry>,
    /// Who may see each touched record once the entries are in.
    pub audiences: Vec<(RecordId, Audience)>,
}

/// Why entries were not appended. None of them was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Somebody else appended: read what is new, judge again.
    #[error("the log has grown to {head} meanwhile")]
    HeadMoved { head: u64 },
    #[error("a change with an identity of the batch is stored already")]
    IdentityTaken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps the log.
///
/// The contract, which `contract.rs` tests:
/// - Entries have the sequences 1, 2, 3… without gaps and never change.
/// - `append` is all or nothing, and what it has answered survives the power cut: it answers
///   after the disk has confirmed. It refuses when the log no longer ends at `expected_head`,
///   so several writers on one database never overlook each other's entries.
/// - No two changes share an identity.
/// - A read sees whole appends only, together with the audiences that they left.
pub trait ChangeStore: Send + Sync {
    /// Gives the log's name and end.
    fn log_state(&self) -> Answer<'_, LogState>;

    /// Appends entries for good and gives the new end of the log.
    fn append(&self, appending: Appending) -> Answer<'_, u64, AppendError>;

    /// Finds changes by identity, each at the place of its id.
    fn find(&self, ids: Vec<ChangeId>) -> Answer<'_, Vec<Option<SignedChange>>>;

    /// Reads the changes of a record up to a sequence, oldest first.
    fn changes_of(&self, record: RecordId, until: u64) -> Answer<'_, Vec<StoredChange>>;

    /// Reads the changes of a record after a sequence, each with its own, oldest first.
    fn changes_since(&self, record: RecordId, after: u64) -> Answer<'_, Vec<(u64, StoredChange)>>;

    /// Reads at least one entry after a sequence, if there is one, then more until `bytes_max`.
    fn read_log(&self, after: u64, bytes_max: usize) -> Answer<'_, Vec<LogRow>>;

    /// Lists the records of the log up to a sequence, the one with the last entry first, each
    /// with the number of its entries up to there.
    fn latest_first(&self, until: u64) -> Answer<'_, Vec<(RecordId, u64)>>;

    /// Reads the entries of records up to a sequence, record by record in the given order, each
    /// record's oldest first: at least one, if there is one, then more until `bytes_max`.
    fn read_spans(&self, spans: Vec<Span>, until: u64, bytes_max: usize)
    -> Answer<'_, Vec<LogRow>>;

    /// Gives who may see a record; nobody sees an unknown one.
    fn audience(&self, record: RecordId) -> Answer<'_, Audience>;

    /// Gives the last counter of a replica; 0 if it stored nothing.
    fn last_counter(&self, replica: ReplicaId) -> Answer<'_, u64>;

    /// Gives the seed of the server's own key; `fresh` becomes it if there is none yet.
    fn replica_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]>;

    /// Gives the secret by which senders of open comments are named; `fresh` becomes it if there is
    /// none yet. Unlike the server's own key, it stays through a restore.
    fn sender_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]>;

    /// Lists the seeds of all keys that the server ever had: a restore gives it another.
    fn own_seeds(&self) -> Answer<'_, Vec<[u8; 32]>>;
}
