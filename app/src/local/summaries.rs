//! Summaries in blobs, so that a cold start reads 10,000 of them at once.
//!
//! A summary says up to which arrival it goes; an older one never replaces a
//! newer one, whichever tab was later with it.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;

use super::database::{Mode, StoreError};
use super::keys;
use super::load::StoredSnapshot;
use super::schema::{self, Local, SNAPSHOTS, STALE, SUMMARIES};
use super::transaction::Transaction;

/// A summary as it lies in its blob.
#[derive(Clone, Debug, Encode, Decode)]
struct StoredSummary {
    #[n(0)]
    arrival: u64,
    #[n(1)]
    summary: Summary,
}

/// A record whose changes are newer than its summary.
#[derive(Encode, Decode)]
struct Stale {
    #[n(0)]
    record: RecordId,
    #[n(1)]
    arrival: u64,
}

/// What a record has come to look like.
#[derive(Debug)]
pub(crate) struct Refreshed {
    pub(crate) record: RecordId,
    pub(crate) arrival: u64,
    pub(crate) summary: Option<Summary>,
    pub(crate) snapshot: Option<Vec<u8>>,
}

impl Local {
    /// Reads every summary.
    pub(crate) async fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        let tx = self.begin(&[SUMMARIES], Mode::Read)?;
        let blobs = tx.get_all(SUMMARIES)?.bytes().await?;
        tx.complete().await?;
        let mut all = Vec::new();
        for blob in blobs {
            let stored: Vec<StoredSummary> = schema::read(&blob)?;
            all.extend(stored.into_iter().map(|it| it.summary));
        }
        Ok(all)
    }

    /// Reads the summaries of some records.
    pub(crate) async fn summaries_of(
        &self,
        records: &[RecordId],
    ) -> Result<Vec<(RecordId, Option<Summary>)>, StoreError> {
        let tx = self.begin(&[SUMMARIES], Mode::Read)?;
        let mut found = Vec::new();
        for (key, records) in by_shard(records.iter().map(|record| (*record, *record))) {
            let blob = blob(&tx, key).await?;
            for record in records {
                let stored = blob.iter().find(|it| it.summary.record == record);
                found.push((record, stored.map(|it| it.summary.clone())));
            }
        }
        tx.complete().await?;
        Ok(found)
    }

    /// Lists the records whose summaries a sudden end left behind their changes.
    pub(crate) async fn stale(&self) -> Result<Vec<RecordId>, StoreError> {
        let tx = self.begin(&[STALE], Mode::Read)?;
        let values = tx.get_all(STALE)?.bytes().await?;
        tx.complete().await?;
        let stale = values.iter().map(|bytes| schema::read::<Stale>(bytes));
        stale.map(|stale| stale.map(|it| it.record)).collect()
    }

    /// Keeps what records have come to look like.
    pub(crate) async fn keep_refreshed(&self, all: Vec<Refreshed>) -> Result<(), StoreError> {
        let tx = self.begin(&[SUMMARIES, STALE, SNAPSHOTS], Mode::Write)?;
        for (key, group) in by_shard(all.into_iter().map(|it| (it.record, it))) {
            let mut blob = blob(&tx, key).await?;
            for refreshed in group {
                keep_one(&tx, &mut blob, refreshed).await?;
            }
            tx.put(SUMMARIES, &key, &codec::encode(&blob))?;
        }
        tx.complete().await
    }
}

async fn keep_one(
    tx: &Transaction,
    blob: &mut Vec<StoredSummary>,
    new: Refreshed,
) -> Result<(), StoreError> {
    let Refreshed { record, arrival, summary, snapshot } = new;
    let at = blob.iter().position(|it| it.summary.record == record);
    let known = at.and_then(|at| blob.get_mut(at));
    match (known, summary) {
        (Some(known), _) if known.arrival > arrival => {}
        (Some(known), Some(summary)) => *known = StoredSummary { arrival, summary },
        (None, Some(summary)) => blob.push(StoredSummary { arrival, summary }),
        (_, None) => blob.retain(|it| it.summary.record != record),
    }
    if let Some(bytes) = snapshot {
        tx.put(SNAPSHOTS, &record.0, &codec::encode(&StoredSnapshot { arrival, bytes }))?;
    }
    let mark = tx.get(STALE, &record.0)?.bytes().await?;
    let mark: Option<Stale> = mark.map(|bytes| schema::read(&bytes)).transpose()?;
    if mark.is_some_and(|mark| mark.arrival <= arrival) {
        tx.delete(STALE, &record.0)?;
    }
    Ok(())
}

/// Marks a record as one whose changes are newer than its summary.
pub(super) fn mark_stale(
    tx: &Transaction,
    record: RecordId,
    arrival: u64,
) -> Result<(), StoreError> {
    tx.put(STALE, &record.0, &codec::encode(&Stale { record, arrival }))
}

/// Takes a record's summary out of its blob.
pub(super) async fn remove(tx: &Transaction, record: RecordId) -> Result<(), StoreError> {
    let key = keys::shard(record);
    let mut blob = blob(tx, key).await?;
    blob.retain(|it| it.summary.record != record);
    tx.put(SUMMARIES, &key, &codec::encode(&blob))
}

async fn blob(tx: &Transaction, key: [u8; 1]) -> Result<Vec<StoredSummary>, StoreError> {
    let bytes = tx.get(SUMMARIES, &key)?.bytes().await?;
    bytes.map_or_else(|| Ok(Vec::new()), |bytes| schema::read(&bytes))
}

fn by_shard<T>(items: impl Iterator<Item = (RecordId, T)>) -> BTreeMap<[u8; 1], Vec<T>> {
    let mut groups: BTreeMap<[u8; 1], Vec<T>> = BTreeMap::new();
    for (record, item) in items {
        groups.entry(keys::shard(record)).or_default().push(item);
    }
    groups
}
