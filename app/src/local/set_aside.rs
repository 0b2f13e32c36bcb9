//! Own changes that the server refused: out of the record, never out of reach.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;

use super::database::{Mode, StoreError};
use super::outbox::OutboxEntry;
use super::schema::{
    self, CHANGES, Local, META, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, STALE, SUMMARIES,
};
use super::{keys, sight, summaries};
use crate::workspace::SetAside;

/// A refused change with those that were built on it.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct StoredSetAside {
    #[n(0)]
    pub(crate) shown: SetAside,
    /// The change and the later ones on the same record, oldest first.
    #[n(1)]
    pub(crate) changes: Vec<SignedChange>,
}

/// What became of a refused change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// It waited no longer: it was set aside with an earlier one.
    Before,
    Now,
    /// Its record is forgotten: it was out of sight, and nothing else of it waited.
    WithRecord,
}

impl Local {
    /// Lists what was set aside.
    pub(crate) async fn set_aside_all(&self) -> Result<Vec<StoredSetAside>, StoreError> {
        let tx = self.begin(&[SET_ASIDE], Mode::Read)?;
        let values = tx.get_all(SET_ASIDE)?.bytes().await?;
        tx.complete().await?;
        values.iter().map(|bytes| schema::read(bytes)).collect()
    }

    /// Lists what was set aside and can be read: from a storage that may be damaged.
    pub(crate) async fn readable_set_aside(&self) -> Result<Vec<StoredSetAside>, StoreError> {
        let tx = self.begin(&[SET_ASIDE], Mode::Read)?;
        let values = tx.get_all(SET_ASIDE)?.bytes().await?;
        tx.complete().await?;
        Ok(values.iter().filter_map(|bytes| schema::read(bytes).ok()).collect())
    }

    /// Takes a refused change, and what was built on it, out of the record and the outbox. A
    /// record that is out of sight, and was here for that work only, goes with it.
    pub(crate) async fn set_aside(&self, shown: SetAside) -> Result<Aside, StoreError> {
        let (id, record) = (shown.change, shown.record);
        let over = [OUTBOX, OWED, CHANGES, SET_ASIDE, SNAPSHOTS, STALE, SUMMARIES, META];
        let tx = self.begin(&over, Mode::WriteStrict)?;
        let from = keys::counter(id.counter);
        let values = tx.get_range(OUTBOX, &from, &keys::counter(u64::MAX))?.bytes().await?;
        let mut changes = Vec::new();
        for bytes in values {
            let entry: OutboxEntry = schema::read(&bytes)?;
            let own = entry.change.open().map_err(|_| StoreError::Damaged)?;
            if entry.record != record || (changes.is_empty() && own.id != id) {
                continue;
            }
            tx.delete(OUTBOX, &keys::counter(own.id.counter))?;
            tx.delete(CHANGES, &keys::change(record, entry.arrival))?;
            summaries::mark_stale(&tx, record, entry.arrival)?;
            changes.push(entry.change);
        }
        if changes.is_empty() {
            tx.complete().await?;
            return Ok(Aside::Before);
        }
        tx.delete(SNAPSHOTS, &record.0)?;
        let mut sight = sight::read(&tx).await?;
        let waits = sight::waiting(&tx, &BTreeSet::new()).await?.contains(&record);
        let forgets = sight.set_aside(record, waits);
        if forgets {
            sight::forget(&tx, record).await?;
        }
        sight::keep(&tx, &sight)?;
        let stored = StoredSetAside { shown, changes };
        tx.put(SET_ASIDE, &keys::identity(id), &codec::encode(&stored))?;
        tx.complete().await?;
        Ok(if forgets { Aside::WithRecord } else { Aside::Now })
    }

    /// Keeps work that never became a change, because it was refused here already.
    pub(crate) async fn keep_aside(&self, stored: &StoredSetAside) -> Result<(), StoreError> {
        let tx = self.begin(&[SET_ASIDE], Mode::WriteStrict)?;
        tx.put(SET_ASIDE, &keys::identity(stored.shown.change), &codec::encode(stored))?;
        tx.complete().await
    }

    /// Forgets what was set aside.
    pub(crate) async fn discard(&self, id: ChangeId) -> Result<(), StoreError> {
        let tx = self.begin(&[SET_ASIDE], Mode::Write)?;
        tx.delete(SET_ASIDE, &keys::identity(id))?;
        tx.complete().await
    }

    /// Removes the snapshot of a record, so that it is folded anew.
    pub(crate) async fn forget_snapshot(&self, record: RecordId) -> Result<(), StoreError> {
        let tx = self.begin(&[SNAPSHOTS], Mode::Write)?;
        tx.delete(SNAPSHOTS, &record.0)?;
        tx.complete().await
    }
}
