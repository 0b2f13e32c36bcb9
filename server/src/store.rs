//! What the server keeps, as contracts that any database can fulfil.
//!
//! [`ChangeStore`] keeps the log, [`RecordStore`] finds records by it, and
//! [`AccountStore`] keeps people, their sessions and their devices, [`DigestStore`] who of them
//! wants mail. One suite of tests (`contract`) runs on every
//! implementation. SQL lives only below this module.

mod accounts;
mod changes;
#[cfg(test)]
mod contract;
mod digests;
mod records;
#[cfg(test)]
pub(crate) mod sample;
pub mod sqlite;
mod tailed;

use std::pin::Pin;

pub use accounts::{
    Account, AccountStore, Attempt, AttemptLimit, Credentials, DeviceSeen, Holder, NewAccount,
    NewSession, TokenHash, Vouching,
};
pub use changes::{
    AppendError, Appending, ChangeStore, LogEntry, LogRow, LogState, Span, StoredChange,
};
pub use digests::{DigestChoice, DigestStore, Every, LinkKey, Settled, Subscription, Told};
pub use records::{RecordRow, RecordSearch, RecordStore};
pub use tailed::Tailed;

/// What a store gives back, later.
pub type Answer<'a, T, E = StoreError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Why a store could not answer. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    Full,
    #[error("the database cannot be written")]
    ReadOnly,
    #[error("another program keeps the database busy")]
    Busy,
    #[error("table {table} holds something that does not decode")]
    Corrupt { table: &'static str },
    #[error("the database failed with code {code}")]
    Failed { code: i32 },
    #[error("the database has been closed")]
    Closed,
}
