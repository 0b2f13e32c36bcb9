//! The single values of a database: who this device is, how far it has read.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use talkoot_core::access::Caller;
use talkoot_core::codec;
use talkoot_core::id::AccountId;
use talkoot_core::sign::ReplicaKey;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::message::{Cursor, Person};

use super::database::{Database, Mode, StoreError};
use super::schema::{self, Local, META};
use super::transaction::Transaction;

pub(super) const CLOCK: &[u8] = b"clock";
pub(super) const CURSOR: &[u8] = b"cursor";
/// A reading from the beginning that was under way, as an older program kept it.
pub(super) const PASS: &[u8] = b"pass";
pub(super) const SIGHT: &[u8] = b"sight";
/// Whom this device believes ([`super::transfer`]).
pub(super) const BELIEVED: &[u8] = b"believed";
/// What files brought and nobody vouches for.
pub(super) const SHELF: &[u8] = b"shelf";
const SEED: &[u8] = b"seed";
const CALLER: &[u8] = b"me";
const PEOPLE: &[u8] = b"people";
const SYNCED: &[u8] = b"synced";

/// This device's counters. Read and raised in the transaction that stores.
#[derive(Clone, Copy, Debug, Default, Encode, Decode)]
pub(crate) struct Clock {
    /// The number of the last change made here.
    #[n(0)]
    pub(crate) counter: u64,
    /// The number of the last change that came to lie here.
    #[n(1)]
    pub(crate) arrival: u64,
    /// The latest stamp made or seen here.
    #[n(2)]
    pub(crate) stamp: Stamp,
}

/// The key of this device.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) key: ReplicaKey,
}

/// The person, as last known, for a start without a network.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct KnownPerson {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) email: String,
    #[n(2)]
    pub(crate) caller: Caller,
}

/// Gives this device's key, made at the first opening.
pub(super) async fn identity(database: &Database) -> Result<Identity, StoreError> {
    let fresh = schema::seed()?;
    let tx = database.begin(&[META], Mode::WriteStrict)?;
    let kept = tx.get(META, SEED)?.bytes().await?;
    let seed = match kept.map(<[u8; 32]>::try_from) {
        Some(Ok(seed)) => seed,
        Some(Err(_)) => return Err(StoreError::Damaged),
        None => {
            tx.put(META, SEED, &fresh)?;
            fresh
        }
    };
    tx.complete().await?;
    Ok(Identity { key: ReplicaKey::from_seed(&seed) })
}

/// Reads how far the server's log has been read, inside a transaction.
pub(super) async fn cursor(tx: &Transaction) -> Result<Cursor, StoreError> {
    let bytes = tx.get(META, CURSOR)?.bytes().await?;
    Ok(bytes.map(|bytes| schema::read(&bytes)).transpose()?.unwrap_or_default())
}

impl Local {
    /// Reads how far the server's log has been read.
    pub(crate) async fn cursor(&self) -> Result<Cursor, StoreError> {
        Ok(self.value(CURSOR).await?.unwrap_or_default())
    }

    /// Reads the person as last known.
    pub(crate) async fn person(&self) -> Result<Option<KnownPerson>, StoreError> {
        self.value(CALLER).await
    }

    /// Keeps the person for a start without a network.
    pub(crate) async fn keep_person(&self, person: &KnownPerson) -> Result<(), StoreError> {
        self.keep(CALLER, &codec::encode(person)).await
    }

    /// Reads the people whose names may be shown.
    pub(crate) async fn people(&self) -> Result<BTreeMap<AccountId, String>, StoreError> {
        let people: Vec<Person> = self.value(PEOPLE).await?.unwrap_or_default();
        Ok(people.into_iter().map(|person| (person.account, person.name)).collect())
    }

    /// Keeps the people.
    pub(crate) async fn keep_people(&self, people: &Vec<Person>) -> Result<(), StoreError> {
        self.keep(PEOPLE, &codec::encode(people)).await
    }

    /// Reads when device and server last agreed.
    pub(crate) async fn last_synced_ms(&self) -> Result<Option<u64>, StoreError> {
        self.value(SYNCED).await
    }

    /// Keeps when device and server last agreed.
    pub(crate) async fn keep_last_synced(&self, at_ms: u64) -> Result<(), StoreError> {
        self.keep(SYNCED, &codec::encode(&at_ms)).await
    }

    async fn value<T: for<'b> Decode<'b, ()>>(&self, name: &[u8]) -> Result<Option<T>, StoreError> {
        let tx = self.begin(&[META], Mode::Read)?;
        let bytes = tx.get(META, name)?.bytes().await?;
        tx.complete().await?;
        bytes.map(|bytes| schema::read(&bytes)).transpose()
    }

    async fn keep(&self, name: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::Write)?;
        tx.put(META, name, value)?;
        tx.complete().await
    }
}
