//! Own changes that the server has not confirmed. Only its answer takes one out.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;

use super::database::{Mode, StoreError};
use super::schema::{self, Local, META, OUTBOX, OWED};
use super::{keys, owed, sight};

/// Most changes handed to the server at once.
pub(super) const BATCH_CHANGES_MAX: u32 = 200;
/// Where a batch is closed, in bytes, so that a slow line has something to confirm.
pub(super) const BATCH_BYTES_MAX: usize = 512 * 1_024;

/// A waiting change.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct OutboxEntry {
    /// Where it lies among the changes of this device.
    #[n(0)]
    pub(crate) arrival: u64,
    #[n(1)]
    pub(crate) record: RecordId,
    #[n(2)]
    pub(crate) change: SignedChange,
}

impl Local {
    /// Reads what waits, after a counter, oldest first.
    pub(crate) async fn waiting_after(&self, counter: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let tx = self.begin(&[OUTBOX], Mode::Read)?;
        let from = keys::counter(counter.saturating_add(1));
        let values = tx.get_range(OUTBOX, &from, &keys::counter(u64::MAX))?.bytes().await?;
        tx.complete().await?;
        values.iter().map(|bytes| schema::read(bytes)).collect()
    }

    /// Reads all that waits and can be read, oldest first: from a storage that may be damaged.
    pub(crate) async fn readable_waiting(&self) -> Result<Vec<OutboxEntry>, StoreError> {
        let tx = self.begin(&[OUTBOX], Mode::Read)?;
        let values = tx.get_all(OUTBOX)?.bytes().await?;
        tx.complete().await?;
        Ok(values.iter().filter_map(|bytes| schema::read(bytes).ok()).collect())
    }

    /// Lists the counters of what waits, in order.
    pub(crate) async fn waiting_counters(&self) -> Result<BTreeSet<u64>, StoreError> {
        let tx = self.begin(&[OUTBOX], Mode::Read)?;
        let keys = tx.get_all_keys(OUTBOX)?.bytes().await?;
        tx.complete().await?;
        Ok(keys.iter().filter_map(|key| keys::counter_of(key)).collect())
    }

    /// Reads some of what waits by their counters.
    pub(crate) async fn waiting_of(
        &self,
        counters: &BTreeSet<u64>,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let tx = self.begin(&[OUTBOX], Mode::Read)?;
        let asked = counters.iter().map(|counter| tx.get(OUTBOX, &keys::counter(*counter)));
        let asked: Vec<_> = asked.collect::<Result<_, _>>()?;
        let mut entries = Vec::with_capacity(asked.len());
        for value in asked {
            // One that is gone meanwhile waits no longer.
            entries.extend(value.bytes().await?.map(|bytes| schema::read(&bytes)).transpose()?);
        }
        tx.complete().await?;
        Ok(entries)
    }

    /// Reads the oldest of what waits, as much as fits one message, and the last arrival of
    /// what is owed of each record at this moment (rule N42).
    ///
    /// Work on the records that are held stays: it builds on what is owed (rule R12).
    pub(crate) async fn oldest_waiting(
        &self,
        held: &BTreeSet<RecordId>,
    ) -> Result<(Vec<OutboxEntry>, BTreeMap<RecordId, u64>), StoreError> {
        let tx = self.begin(&[OUTBOX, OWED], Mode::Read)?;
        let owed = owed::latest(&tx).await?;
        let oldest = if held.is_empty() {
            fitting(&tx.get_first(OUTBOX, BATCH_CHANGES_MAX)?.bytes().await?)
        } else {
            free(&tx.get_all(OUTBOX)?.bytes().await?, held)
        };
        tx.complete().await?;
        Ok((oldest?, owed))
    }

    /// Takes confirmed changes out, of what is owed as well.
    pub(crate) async fn forget(&self, ids: &[ChangeId]) -> Result<(), StoreError> {
        let own = self.identity.key.public().replica();
        let tx = self.begin(&[OUTBOX, OWED, META], Mode::Write)?;
        let mut sight = sight::read(&tx).await?;
        for id in ids {
            if id.replica == own {
                let key = keys::counter(id.counter);
                if let Some(bytes) = tx.get(OUTBOX, &key)?.bytes().await? {
                    sight.stored(schema::read::<OutboxEntry>(&bytes)?.record);
                    tx.delete(OUTBOX, &key)?;
                }
            }
            owed::forget(&tx, *id)?;
        }
        sight::keep(&tx, &sight)?;
        tx.complete().await
    }
}

/// Reads what fits one message, of what waits.
fn fitting(first: &[Vec<u8>]) -> Result<Vec<OutboxEntry>, StoreError> {
    let mut bytes_sum = 0_usize;
    let fitting = first.iter().take_while(|bytes| {
        let is_first = bytes_sum == 0;
        bytes_sum = bytes_sum.saturating_add(bytes.len());
        is_first || bytes_sum <= BATCH_BYTES_MAX
    });
    fitting.map(|bytes| schema::read(bytes)).collect()
}

/// Reads the first few of what waits that no record holds back.
fn free(all: &[Vec<u8>], held: &BTreeSet<RecordId>) -> Result<Vec<OutboxEntry>, StoreError> {
    let (mut free, mut bytes_sum) = (Vec::new(), 0_usize);
    for bytes in all {
        let entry: OutboxEntry = schema::read(bytes)?;
        if held.contains(&entry.record) {
            continue;
        }
        bytes_sum = bytes_sum.saturating_add(bytes.len());
        if bytes_sum > BATCH_BYTES_MAX && !free.is_empty() {
            break;
        }
        free.push(entry);
        if free.len() >= usize::try_from(BATCH_CHANGES_MAX).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(free)
}
