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
    /// message. The whole list is read for the first message; the others go on with it.
    pub(crate) async fn oldest_owed(&self, after: u64) -> Result<Vec<Owed>, StoreError> {
        let tx = self.begin(&[OWED, CHANGES], Mode::Write)?;
        let mut order = self.owed_order.take();
        if !order.goes_on(after) {
            order = OwedOrder::new(entries(&tx).await?);
        }
        let most = usize::try_from(BATCH_CHANGES_MAX).unwrap_or(usize::MAX);
        let (mut owed, mut bytes_sum) = (Vec::new(), 0_usize);
        while let Some(OwedEntry { id, record, arrival }) = order.first_after(after) {
            if owed.len() >= most {
                break;
            }
            // What the server has taken or brought since the list was read is not owed any more.
            let is_owed = tx.get(OWED, &keys::identity(id))?.bytes().await?.is_some();
            let stored = tx.get(CHANGES, &keys::change(record, arrival))?.bytes().await?;
            if let Some(bytes) = stored.filter(|_| is_owed) {
                bytes_sum = bytes_sum.saturating_add(bytes.len());
                if bytes_sum > BATCH_BYTES_MAX && !owed.is_empty() {
                    break;
                }
                let StoredChange { change, .. } = schema::read(&bytes)?;
                owed.push(Owed { arrival, id, change });
            } else if is_owed {
                // It lies here no more: nobody can give it back from here.
                forget(&tx, id)?;
            }
            order.pass();
        }
        tx.complete().await?;
        order.given = owed.last().map_or(0, |last| last.arrival);
        self.owed_order.replace(order);
        Ok(owed)
    }
}

/// What was owed when a giving back began, by arrival, and how far it has come.
///
/// To read all of it for each message would take as long as the square of what is owed.
#[derive(Debug, Default)]
pub(super) struct OwedOrder {
    entries: Vec<OwedEntry>,
    next: usize,
    /// The arrival of the last one that was given out.
    given: u64,
}

impl OwedOrder {
    fn new(mut entries: Vec<OwedEntry>) -> Self {
        entries.sort_unstable_by_key(|entry| entry.arrival);
        Self { entries, next: 0, given: 0 }
    }

    /// Says whether this is the list of which everything up to an arrival was given out last.
    fn goes_on(&self, after: u64) -> bool {
        after > 0 && self.given == after
    }

    /// Gives the first that was not passed yet and came here after an arrival.
    fn first_after(&mut self, after: u64) -> Option<OwedEntry> {
        let rest = self.entries.get(self.next..).unwrap_or_default();
        self.next = self.next.saturating_add(rest.partition_point(|it| it.arrival <= after));
        self.entries.get(self.next).copied()
    }

    fn pass(&mut self) {
        self.next = self.next.saturating_add(1);
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

/// Gives each record of which something is owed, with the last arrival of that.
pub(super) async fn latest(tx: &Transaction) -> Result<BTreeMap<RecordId, u64>, StoreError> {
    let mut latest = BTreeMap::new();
    for entry in entries(tx).await? {
        let last = latest.entry(entry.record).or_insert(entry.arrival);
        *last = entry.arrival.max(*last);
    }
    Ok(latest)
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

#[cfg(test)]
mod tests {
    use talkoot_core::id::ReplicaId;

    use super::*;

    fn owed(arrivals: impl Iterator<Item = u64>) -> Vec<OwedEntry> {
        let replica = ReplicaId([1; 16]);
        let entry = |arrival| {
            let id = ChangeId { replica, counter: arrival };
            OwedEntry { id, record: RecordId([1; 16]), arrival }
        };
        arrivals.map(entry).collect()
    }

    #[test]
    fn r17_what_is_owed_is_listed_once_and_given_out_in_order() {
        let mut order = OwedOrder::new(owed((1..=1_000).rev()));
        assert!(!order.goes_on(0) && !order.goes_on(200), "nothing of it was given out");
        let (mut given, mut after) = (Vec::new(), 0);
        while let Some(first) = order.first_after(after) {
            assert!(after == 0 || order.goes_on(after), "it would be listed again at {after}");
            given.push(first.arrival);
            order.pass();
            if given.len() % 200 == 0 {
                (after, order.given) = (first.arrival, first.arrival);
            }
        }
        assert_eq!(given, (1..=1_000).collect::<Vec<_>>());
        assert!(!order.goes_on(0), "another giving back lists anew");
        assert!(!order.goes_on(1_001), "it is not the list that this goes on with");
        assert!(!OwedOrder::default().goes_on(5));
    }
}
