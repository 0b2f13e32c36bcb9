//! Own changes that the server has not confirmed. Only its answer takes one out.

use minicbor::{Decode, Encode};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;

use super::database::{Mode, StoreError};
use super::keys;
use super::schema::{self, Local, OUTBOX};

/// Most changes handed to the server at once.
const BATCH_CHANGES_MAX: u32 = 200;
/// Where a batch is closed, in bytes, so that a slow line has something to confirm.
const BATCH_BYTES_MAX: usize = 512 * 1_024;

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

    /// Reads the oldest of what waits, as much as fits one message.
    pub(crate) async fn oldest_waiting(&self) -> Result<Vec<OutboxEntry>, StoreError> {
        let tx = self.begin(&[OUTBOX], Mode::Read)?;
        let values = tx.get_first(OUTBOX, BATCH_CHANGES_MAX)?.bytes().await?;
        tx.complete().await?;
        let mut bytes_sum = 0_usize;
        let fitting = values.iter().take_while(|bytes| {
            let is_first = bytes_sum == 0;
            bytes_sum = bytes_sum.saturating_add(bytes.len());
            is_first || bytes_sum <= BATCH_BYTES_MAX
        });
        fitting.map(|bytes| schema::read(bytes)).collect()
    }

    /// Takes confirmed changes out.
    pub(crate) async fn forget(&self, ids: &[ChangeId]) -> Result<(), StoreError> {
        let own = self.identity.key.public().replica();
        let tx = self.begin(&[OUTBOX], Mode::Write)?;
        for id in ids.iter().filter(|id| id.replica == own) {
            tx.delete(OUTBOX, &keys::counter(id.counter))?;
        }
        tx.complete().await
    }
}
