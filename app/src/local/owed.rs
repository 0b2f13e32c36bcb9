//! What is owed to a server that was restored from a backup.
//!
//! A change is owed from the moment when the server's log turns out to be another until
//! that log has it: it brings it, or the server confirms that it took it back. Until then
//! neither it nor its record is forgotten, and new work on the record waits in the outbox.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sync::client::Owed;
use talkoot_core::sync::message::Entry;

use super::database::{Mode, StoreError};
use super::keys;
use super::outbox::{BATCH_BYTES_MAX, BATCH_CHANGES_MAX, OutboxEntry};
use super::schema::{self, CHANGES, Local, OUTBOX, OWED, StoredChange};
use super::transaction::Transaction;

/// Changes looked at together while all are listed, so that they need not fit into memory.
const LISTED_TOGETHER: u32 = 500;

/// A change that is owed, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct OwedEntry {
    #[n(0)]
    id: ChangeId,
    #[n(1)]
    record: RecordId,
    #[n(2)]
    arrival: u64,
}

impl Local {
    /// Lists every change here as owed, except those in the outbox.
    ///
    /// One that this program is too old to read has no name here; it is left to its maker.
    pub(crate) async fn owe_all(&self) -> Result<(), StoreError> {
        let tx = self.begin(&[CHANGES, OUTBOX, OWED], Mode::WriteStrict)?;
        let waiting = unsent(&tx).await?;
        let mut from = [0; 24];
        loop {
            let part = tx.get_range_part(CHANGES, &from, &[0xFF; 24], LISTED_TOGETHER)?;
            let part = part.bytes().await?;
            for bytes in &part {
                let stored: StoredChange = schema::read(bytes)?;
                let StoredChange { record, arrival, change, .. } = stored;
                from = keys::change(record, arrival.saturating_add(1));
                let Ok(id) = change.open().map(|change| change.id) else { continue };
                if !waiting.contains(&id) {
                    owe(&tx, id, record, arrival)?;
                }
            }
            if part.is_empty() {
                return tx.complete().await;
            }
        }
    }

    /// Counts what is owed of each record.
    pub(crate) async fn owed_by_record(&self) -> Result<BTreeMap<RecordId, usize>, StoreError> {
        let tx = self.begin(&[OWED], Mode::Read)?;
        let entries = entries(&tx).await?;
        tx.complete().await?;
        let mut owed: BTreeMap<RecordId, usize> = BTreeMap::new();
        for entry in entries {
            let count = owed.entry(entry.record).or_default();
            *count = count.saturating_add(1);
        }
        Ok(owed)
    }

    /// Says whether anything is owed.
    pub(crate) async fn owes(&self) -> Result<bool, StoreError> {
        let tx = self.begin(&[OWED], Mode::Read)?;
        let owes = owes_in(&tx).await?;
        tx.complete().await?;
        Ok(owes)
    }

    /// Reads the oldest of what is owed and came here after an arrival, as much as fits one
    /// message.
    pub(crate) async fn oldest_owed(&self, after: u64) -> Result<Vec<Owed>, StoreError> {
        let tx = self.begin(&[OWED, CHANGES], Mode::Write)?;
        let mut entries = entries(&tx).await?;
        entries.retain(|entry| entry.arrival > after);
        entries.sort_unstable_by_key(|entry| entry.arrival);
        let most = usize::try_from(BATCH_CHANGES_MAX).unwrap_or(usize::MAX);
        let (mut owed, mut bytes_sum) = (Vec::new(), 0_usize);
        for OwedEntry { id, record, arrival } in entries.into_iter().take(most) {
            let stored = tx.get(CHANGES, &keys::change(record, arrival))?.bytes().await?;
            let Some(bytes) = stored else {
                // It lies here no more: nobody can give it back from here.
                forget(&tx, id)?;
                continue;
            };
            bytes_sum = bytes_sum.saturating_add(bytes.len());
            if bytes_sum > BATCH_BYTES_MAX && !owed.is_empty() {
                break;
            }
            let StoredChange { change, .. } = schema::read(&bytes)?;
            owed.push(Owed { arrival, id, change });
        }
        tx.complete().await?;
        Ok(owed)
    }
}

/// Notes that the server may lack a change.
pub(super) fn owe(
    tx: &Transaction,
    id: ChangeId,
    record: RecordId,
    arrival: u64,
) -> Result<(), StoreError> {
    tx.put(OWED, &keys::identity(id), &codec::encode(&OwedEntry { id, record, arrival }))
}

/// Lists where what is owed lies, in the order in which it came here.
pub(super) async fn places(tx: &Transaction) -> Result<Vec<(RecordId, u64)>, StoreError> {
    let mut entries = entries(tx).await?;
    entries.sort_unstable_by_key(|entry| entry.arrival);
    Ok(entries.into_iter().map(|entry| (entry.record, entry.arrival)).collect())
}

/// Lists what is owed.
pub(super) async fn ids(tx: &Transaction) -> Result<BTreeSet<ChangeId>, StoreError> {
    Ok(entries(tx).await?.into_iter().map(|entry| entry.id).collect())
}

/// Says where a change lies that is owed.
pub(super) async fn place(
    tx: &Transaction,
    id: ChangeId,
) -> Result<Option<(RecordId, u64)>, StoreError> {
    let bytes = tx.get(OWED, &keys::identity(id))?.bytes().await?;
    let entry: Option<OwedEntry> = bytes.map(|bytes| schema::read(&bytes)).transpose()?;
    Ok(entry.map(|entry| (entry.record, entry.arrival)))
}

/// Lists the records of which something is owed.
pub(super) async fn records(tx: &Transaction) -> Result<BTreeSet<RecordId>, StoreError> {
    Ok(entries(tx).await?.into_iter().map(|entry| entry.record).collect())
}

/// Takes out what the server's log brings.
pub(super) async fn brought(tx: &Transaction, entries: &[Entry]) -> Result<(), StoreError> {
    if !owes_in(tx).await? {
        return Ok(());
    }
    for entry in entries {
        if let Entry::Change { change, .. } = entry
            && let Ok(change) = change.open()
        {
            forget(tx, change.id)?;
        }
    }
    Ok(())
}

/// Takes out what the server has.
pub(super) fn forget(tx: &Transaction, id: ChangeId) -> Result<(), StoreError> {
    tx.delete(OWED, &keys::identity(id))
}

async fn owes_in(tx: &Transaction) -> Result<bool, StoreError> {
    Ok(!tx.get_first(OWED, 1)?.bytes().await?.is_empty())
}

async fn entries(tx: &Transaction) -> Result<Vec<OwedEntry>, StoreError> {
    let values = tx.get_all(OWED)?.bytes().await?;
    values.iter().map(|bytes| schema::read(bytes)).collect()
}

async fn unsent(tx: &Transaction) -> Result<BTreeSet<ChangeId>, StoreError> {
    let values = tx.get_all(OUTBOX)?.bytes().await?;
    let ids = values.iter().map(|bytes| {
        let entry: OutboxEntry = schema::read(bytes)?;
        entry.change.open().map(|change| change.id).map_err(|_| StoreError::Damaged)
    });
    ids.collect()
}
