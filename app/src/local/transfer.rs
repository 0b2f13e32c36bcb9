//! Transfer files at the disk: what a file is judged by, and one transaction for what it brings.
//!
//! The server may lack what a file brought, so it is owed like what a restored server lost: it is
//! given back, and each change is proved there by the key of the device that made it. What no
//! one vouches for lies on the shelf, apart from every record, until a member approves it.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::transfer::{Held, Maker, Makers, Shelf, Sorting, Trust};

use super::database::{Mode, StoreError};
use super::schema::{
    self, CHANGES, Local, META, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, STALE, StoredChange,
};
use super::transaction::Transaction;
use super::withdrawn::{self, Aside, WITHDRAWN};
use super::{keys, load, meta, owed, sight, summaries};

/// Whom this device believes, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
struct Believed {
    #[n(0)]
    servers: Vec<PublicKey>,
    #[n(1)]
    makers: Makers,
    #[n(2)]
    approved: Vec<(ReplicaId, AccountId)>,
}

impl Local {
    /// Gives the name of this device.
    pub(super) fn replica(&self) -> ReplicaId {
        self.identity.key.public().replica()
    }

    /// Reads what is here of some records: their changes, which of them the server may lack, and
    /// their folds.
    pub(crate) async fn held(
        &self,
        records: &BTreeSet<RecordId>,
        quarantined: &BTreeSet<ChangeId>,
    ) -> Result<Held, StoreError> {
        let tx = self.begin(&[CHANGES, SNAPSHOTS, OUTBOX, OWED], Mode::Read)?;
        let mut held = Held::default();
        for stored in all_of(&tx, records).await? {
            let id = stored.id();
            held.changes.extend(id.map(|id| (id, stored.change)));
        }
        held.owed = unsent(&tx).await?;
        for record in records {
            let loaded = load::load_in(&tx, *record, quarantined).await?;
            if loaded.arrival > 0 {
                held.records.insert(*record, loaded.open.record);
            }
        }
        tx.complete().await?;
        Ok(held)
    }

    /// Lists the own changes that the server refused and that lie aside: they do not come back by
    /// a file. What a maker took back may, if it turns out to live after all.
    pub(crate) async fn refused(&self) -> Result<BTreeSet<ChangeId>, StoreError> {
        let all = self.set_aside_all().await?;
        let refused = all.iter().filter(|aside| aside.shown.code != WITHDRAWN);
        let changes = refused.flat_map(|aside| &aside.changes);
        Ok(changes.filter_map(|change| Some(change.open().ok()?.id)).collect())
    }

    /// Reads whom this device believes; itself always.
    pub(crate) async fn trust(&self) -> Result<Trust, StoreError> {
        let tx = self.begin(&[META], Mode::Read)?;
        let believed = believed(&tx).await?;
        tx.complete().await?;
        let own = self.account.map(|account| (self.identity.key.public().replica(), account));
        let Believed { servers, makers, approved } = believed;
        let approved = approved.into_iter().chain(own).collect();
        Ok(Trust { servers: servers.into_iter().collect(), makers, approved })
    }

    /// Reads what waits for approval.
    pub(crate) async fn shelf(&self) -> Result<Shelf, StoreError> {
        let tx = self.begin(&[META], Mode::Read)?;
        let waiting = shelf(&tx).await?;
        tx.complete().await?;
        Ok(waiting)
    }

    /// Takes in what the server says of itself and of this device when it greets: its own keys
    /// are believed from then on (rule L22).
    pub(crate) async fn learn(&self, makers: &[Maker]) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::Write)?;
        let mut after = believed(&tx).await?;
        let own = makers.iter().filter(|maker| maker.account.is_none());
        after.servers.extend(own.map(|maker| maker.key));
        after.servers.sort_unstable();
        after.servers.dedup();
        keep_believed(&tx, after, makers).await?;
        tx.complete().await
    }

    /// Approves a device as an account's.
    pub(crate) async fn approve(
        &self,
        replica: ReplicaId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::WriteStrict)?;
        let mut believed = believed(&tx).await?;
        if !believed.approved.contains(&(replica, account)) {
            believed.approved.push((replica, account));
        }
        tx.put(META, meta::BELIEVED, &codec::encode(&believed))?;
        tx.complete().await
    }

    /// Throws away what waits of one device in one account's name.
    pub(crate) async fn turn_down(
        &self,
        replica: ReplicaId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::WriteStrict)?;
        let rest = shelf(&tx).await?.without(replica, account);
        tx.put(META, meta::SHELF, &codec::encode(&rest))?;
        tx.complete().await
    }

    /// Stores what a file came to, all of it or nothing (rule L20). `before` is the shelf that it
    /// was sorted with: says `false`, and stores nothing, where another tab has changed that since.
    pub(crate) async fn keep_sorting(
        &self,
        before: &Shelf,
        sorting: &Sorting,
        now_ms: u64,
    ) -> Result<bool, StoreError> {
        let over = [CHANGES, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, STALE, META];
        let tx = self.begin(&over, Mode::WriteStrict)?;
        if shelf(&tx).await? != *before {
            tx.complete().await?;
            return Ok(false);
        }
        let records = sorting.taken.iter().map(|(change, _)| change.record).collect();
        // What came here another way since it was sorted is here.
        let stored = all_of(&tx, &records).await?;
        let mut here: BTreeSet<ChangeId> = stored.iter().filter_map(StoredChange::id).collect();
        note_carried(&tx, &records, &stored).await?;
        let aside = Aside { own: self.replica(), now_ms };
        withdrawn::set_aside(&tx, &sorting.withdrawn, aside).await?;
        withdrawn::bring_back(&tx, sorting.taken.iter().map(|(change, _)| change.id)).await?;
        let mut clock = schema::clock(&tx).await?;
        for (change, signed) in &sorting.taken {
            if !here.insert(change.id) {
                continue;
            }
            clock.see(signed, now_ms);
            let (record, arrival) = (change.record, clock.arrival);
            let stored = StoredChange { arrival, record, arrived_ms: None, change: signed.clone() };
            tx.put(CHANGES, &keys::change(record, arrival), &codec::encode(&stored))?;
            owed::owe(&tx, change.id, record, arrival)?;
            summaries::mark_stale(&tx, record, arrival)?;
        }
        let believed = believed(&tx).await?;
        keep_believed(&tx, believed, &sorting.learnt).await?;
        tx.put(META, meta::SHELF, &codec::encode(&sorting.shelf))?;
        tx.put(META, meta::CLOCK, &codec::encode(&clock))?;
        tx.complete().await?;
        Ok(true)
    }

    /// Reads every change of some records, for a file.
    pub(crate) async fn changes_of(
        &self,
        records: &BTreeSet<RecordId>,
    ) -> Result<Vec<SignedChange>, StoreError> {
        let tx = self.begin(&[CHANGES], Mode::Read)?;
        let stored = all_of(&tx, records).await?;
        tx.complete().await?;
        Ok(stored.into_iter().map(|stored| stored.change).collect())
    }

    /// Reads every change that the server may lack, for a file.
    pub(crate) async fn unsent_changes(&self) -> Result<Vec<SignedChange>, StoreError> {
        let tx = self.begin(&[CHANGES, OUTBOX, OWED], Mode::Read)?;
        let mut unsent = Vec::new();
        for bytes in tx.get_all(OUTBOX)?.bytes().await? {
            unsent.push(schema::read::<super::OutboxEntry>(&bytes)?.change);
        }
        for (record, arrival) in owed::places(&tx).await? {
            let stored = tx.get(CHANGES, &keys::change(record, arrival))?.bytes().await?;
            if let Some(bytes) = stored {
                unsent.push(schema::read::<StoredChange>(&bytes)?.change);
            }
        }
        tx.complete().await?;
        Ok(unsent)
    }
}

/// Notes of records that were not here that they may be out of sight (rule J18).
async fn note_carried(
    tx: &Transaction,
    records: &BTreeSet<RecordId>,
    stored: &[StoredChange],
) -> Result<(), StoreError> {
    let here: BTreeSet<RecordId> = stored.iter().map(|stored| stored.record).collect();
    if records.is_subset(&here) {
        return Ok(());
    }
    let mut sight = sight::read(tx).await?;
    for record in records.difference(&here) {
        sight.carried(*record);
    }
    sight::keep(tx, &sight)
}

pub(super) async fn all_of(
    tx: &Transaction,
    records: &BTreeSet<RecordId>,
) -> Result<Vec<StoredChange>, StoreError> {
    let all = records.iter().map(|record| (*record, keys::ARRIVAL_MIN)).collect();
    load::newer_of(tx, &all).await
}

/// Lists what the server is not known to have.
pub(super) async fn unsent(tx: &Transaction) -> Result<BTreeSet<ChangeId>, StoreError> {
    let mut unsent: BTreeSet<ChangeId> = owed::ids(tx).await?;
    for bytes in tx.get_all(OUTBOX)?.bytes().await? {
        let waiting: super::OutboxEntry = schema::read(&bytes)?;
        unsent.extend(waiting.change.open().ok().map(|change| change.id));
    }
    Ok(unsent)
}

/// Keeps what a page of the log says of the makers of its changes.
pub(super) async fn learn_in(tx: &Transaction, makers: &[Maker]) -> Result<(), StoreError> {
    if makers.is_empty() {
        return Ok(());
    }
    let believed = believed(tx).await?;
    keep_believed(tx, believed, makers).await
}

/// Stores whom this device believes with what was just learnt, where that is more than before.
async fn keep_believed(
    tx: &Transaction,
    mut after: Believed,
    learnt: &[Maker],
) -> Result<(), StoreError> {
    for maker in learnt {
        after.makers.learn(*maker);
    }
    if after != believed(tx).await? {
        tx.put(META, meta::BELIEVED, &codec::encode(&after))?;
    }
    Ok(())
}

async fn believed(tx: &Transaction) -> Result<Believed, StoreError> {
    let bytes = tx.get(META, meta::BELIEVED)?.bytes().await?;
    bytes.map_or_else(|| Ok(Believed::default()), |bytes| schema::read(&bytes))
}

async fn shelf(tx: &Transaction) -> Result<Shelf, StoreError> {
    let bytes = tx.get(META, meta::SHELF)?.bytes().await?;
    bytes.map_or_else(|| Ok(Shelf::default()), |bytes| schema::read(&bytes))
}
