//! One transaction that makes a change safe on this device.
//!
//! It reads the newest state of the record first, so that tabs never write past
//! each other, then stores change, outbox entry and counters together. Only
//! when it is complete may anybody say "safe on this device" (rule L2).

use std::collections::BTreeSet;

use talkoot_core::author::Slot;
use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp;
use talkoot_core::sync::arrival::Sight;

use super::database::{Mode, StoreError};
use super::load::{load_in, newer_in};
use super::outbox::OutboxEntry;
use super::schema::{self, CHANGES, Local, META, OUTBOX, SNAPSHOTS, STALE, StoredChange};
use super::transaction::Transaction;
use super::{Clock, Loaded, keys, meta, sight};

/// A change about to be stored.
pub(crate) struct Commit {
    tx: Transaction,
    clock: Clock,
    sight: Sight,
}

/// A change that is safe on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Committed {
    pub(crate) arrival: u64,
}

impl Local {
    /// Opens the transaction and reads the counters.
    pub(crate) async fn begin_commit(&self) -> Result<Commit, StoreError> {
        let stores = [CHANGES, OUTBOX, META, SNAPSHOTS, STALE];
        let tx = self.begin(&stores, Mode::WriteStrict)?;
        let (clock, sight) = (schema::clock(&tx).await?, sight::read(&tx).await?);
        Ok(Commit { tx, clock, sight })
    }
}

impl Commit {
    /// Says whether only a part of a record may have come back, so that it cannot be written into.
    pub(crate) fn is_partial(&self, record: RecordId) -> bool {
        self.sight.is_partial(record)
    }

    /// Reads a whole record.
    pub(crate) async fn load(
        &self,
        record: RecordId,
        held: &BTreeSet<ChangeId>,
    ) -> Result<Loaded, StoreError> {
        load_in(&self.tx, record, held).await
    }

    /// Reads what other tabs and the server brought to a record meanwhile.
    pub(crate) async fn newer(
        &self,
        record: RecordId,
        after: u64,
    ) -> Result<Vec<StoredChange>, StoreError> {
        newer_in(&self.tx, record, after).await
    }

    /// Gives the place of the change among this device's others.
    pub(crate) fn slot(&self, previous: u64, now_ms: u64) -> Slot {
        let counter = self.clock.counter.saturating_add(1);
        Slot { counter, previous, stamp: stamp::next(self.clock.stamp, now_ms) }
    }

    /// Stores the change that was made for `slot`.
    pub(crate) async fn store(
        self,
        slot: Slot,
        record: RecordId,
        change: SignedChange,
    ) -> Result<Committed, StoreError> {
        let arrival = self.clock.arrival.saturating_add(1);
        let clock = Clock { counter: slot.counter, arrival, stamp: slot.stamp };
        let entry = OutboxEntry { arrival, record, change: change.clone() };
        let stored = StoredChange { arrival, record, arrived_ms: None, change };
        let tx = self.tx;
        tx.put(CHANGES, &keys::change(record, arrival), &codec::encode(&stored))?;
        tx.put(OUTBOX, &keys::counter(slot.counter), &codec::encode(&entry))?;
        tx.put(META, meta::CLOCK, &codec::encode(&clock))?;
        super::summaries::mark_stale(&tx, record, arrival)?;
        tx.complete().await?;
        Ok(Committed { arrival })
    }
}
