//! One transaction that makes changes safe on this device.
//!
//! It reads the newest state of the records first, so that tabs never write past
//! each other, then stores changes, outbox entries and counters together. Only
//! when it is complete may anybody say "safe on this device" (rule L2). What was
//! stored in a transaction is in it for good, even if nobody completes it: all is
//! judged before anything is stored.

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

/// Changes about to be stored.
pub(crate) struct Commit {
    tx: Transaction,
    clock: Clock,
    sight: Sight,
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

    /// Takes the next place among this device's changes.
    pub(crate) fn slot(&mut self, previous: u64, now_ms: u64) -> Slot {
        self.clock.counter = self.clock.counter.saturating_add(1);
        self.clock.stamp = stamp::next(self.clock.stamp, now_ms);
        Slot { counter: self.clock.counter, previous, stamp: self.clock.stamp }
    }

    /// Stores the change that was made for `slot`.
    pub(crate) fn store(
        &mut self,
        slot: Slot,
        record: RecordId,
        change: SignedChange,
    ) -> Result<StoredChange, StoreError> {
        self.clock.arrival = self.clock.arrival.saturating_add(1);
        let arrival = self.clock.arrival;
        let entry = OutboxEntry { arrival, record, change: change.clone() };
        let stored = StoredChange { arrival, record, arrived_ms: None, change };
        let tx = &self.tx;
        tx.put(CHANGES, &keys::change(record, arrival), &codec::encode(&stored))?;
        tx.put(OUTBOX, &keys::counter(slot.counter), &codec::encode(&entry))?;
        super::summaries::mark_stale(tx, record, arrival)?;
        Ok(stored)
    }

    /// Ends it: everything is safe on this device then.
    pub(crate) async fn complete(self) -> Result<(), StoreError> {
        self.tx.put(META, meta::CLOCK, &codec::encode(&self.clock))?;
        self.tx.complete().await
    }
}
