//! Finding records without folding them: one small row each, kept with the log.
//!
//! The rows follow from the changes and are written in the same transaction. A
//! row says of which kind a record is, where it begins and ends in the log, and
//! who may see it; whoever asks puts the last of these to the access table.

use talkoot_core::audience::Audience;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::Answer;

/// What is known of a record without folding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordRow {
    pub record: RecordId,
    pub kind: Kind,
    /// Who may see it now.
    pub audience: Audience,
    /// The sequence of its first change, which is its place among all records.
    pub created: u64,
    /// The sequence of its last change.
    pub changed: u64,
    /// When the last change arrived.
    pub changed_ms: u64,
}

/// Which records are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordSearch {
    /// The place of the last record that is known already; 0 looks from the beginning.
    pub after: u64,
    pub kind: Option<Kind>,
    /// The project that they belong to; a project does not belong to itself.
    pub project: Option<RecordId>,
    /// Only those with a change after this sequence.
    pub changed_after: u64,
    /// Only those whose last change arrived at this moment or later.
    pub changed_from_ms: u64,
}

/// Finds records.
///
/// The contract, which `contract.rs` tests:
/// - A row is as the last append left it; a record has one as soon as its first change is in.
/// - Records come in the order of their first changes, which never moves.
pub trait RecordStore: Send + Sync {
    /// Gives the row of a record; none if it was never created.
    fn record(&self, record: RecordId) -> Answer<'_, Option<RecordRow>>;

    /// Gives the rows of a search, at most `rows_max`.
    fn records(&self, search: RecordSearch, rows_max: usize) -> Answer<'_, Vec<RecordRow>>;
}
