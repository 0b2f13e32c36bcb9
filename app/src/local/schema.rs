//! The database of one account: its stores, and what lies in them.

use std::cell::RefCell;

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::sign::SignedChange;

use super::database::{self, Database, Mode, StoreError};
use super::meta;
use super::owed::OwedOrder;
use super::transaction::Transaction;
use super::{Clock, Identity};
use crate::device;

/// Raised when the stores change; the browser then runs the upgrade.
const VERSION: u32 = 2;
/// Largest stored value, in bytes. They are written here and read here.
const VALUE_BYTES_MAX: usize = 256 * 1_048_576;

/// Every change, by record and arrival ([`StoredChange`]).
pub(super) const CHANGES: &str = "changes";
/// Own changes that the server has not confirmed, by counter.
pub(super) const OUTBOX: &str = "outbox";
/// Changes that a restored server may lack, by identity ([`super::owed`]).
pub(super) const OWED: &str = "owed";
/// Own changes that the server refused, readable.
pub(super) const SET_ASIDE: &str = "set_aside";
/// Folded records, each covering the changes up to an arrival.
pub(super) const SNAPSHOTS: &str = "snapshots";
/// Summaries in blobs ([`super::keys::shard`]).
pub(super) const SUMMARIES: &str = "summaries";
/// Records whose summary is older than their changes: folded again at the next start.
pub(super) const STALE: &str = "stale";
/// Single values by name ([`super::meta`]).
pub(super) const META: &str = "meta";

const STORES: &[&str] = &[CHANGES, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, SUMMARIES, STALE, META];

/// A change as it lies on this device.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct StoredChange {
    /// Its place in the order in which changes came here.
    #[n(0)]
    pub(crate) arrival: u64,
    #[n(1)]
    pub(crate) record: RecordId,
    /// When it reached the server; absent for own ones that have not.
    #[n(2)]
    pub(crate) arrived_ms: Option<u64>,
    #[n(3)]
    pub(crate) change: SignedChange,
}

impl StoredChange {
    /// Gives its identity; `None` if this program is too old to read it.
    pub(super) fn id(&self) -> Option<ChangeId> {
        self.change.open().ok().map(|change| change.id)
    }
}

/// The open database of one account.
pub(crate) struct Local {
    pub(crate) database: Database,
    pub(crate) account: Option<AccountId>,
    pub(crate) identity: Identity,
    /// What is being given back ([`super::owed`]).
    pub(super) owed_order: RefCell<OwedOrder>,
}

impl Local {
    /// Opens the database of an account; without one, that of everybody at this device.
    pub(crate) async fn open(account: Option<AccountId>) -> Result<Self, StoreError> {
        let database = Database::open(&name(account), VERSION, STORES).await?;
        let identity = meta::identity(&database).await?;
        Ok(Self { database, account, identity, owed_order: RefCell::default() })
    }

    /// Removes the database of an account.
    pub(crate) async fn remove(account: Option<AccountId>) -> Result<(), StoreError> {
        database::remove(&name(account)).await
    }

    pub(super) fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        self.database.begin(stores, mode)
    }
}

/// Names the database of an account.
fn name(account: Option<AccountId>) -> String {
    account.map_or_else(|| "talkoot-anyone".to_owned(), |account| format!("talkoot-{account}"))
}

/// Reads a stored value.
pub(super) fn read<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, StoreError> {
    codec::decode(bytes, VALUE_BYTES_MAX).map_err(|_| StoreError::Damaged)
}

/// Reads the clock inside a transaction over [`META`], at its first value if there is none.
pub(super) async fn clock(tx: &Transaction) -> Result<Clock, StoreError> {
    match tx.get(META, meta::CLOCK)?.bytes().await? {
        Some(bytes) => read(&bytes),
        None => Ok(Clock::default()),
    }
}

/// Gives a fresh key seed.
pub(super) fn seed() -> Result<[u8; 32], StoreError> {
    device::chance().ok_or(StoreError::Denied)
}
