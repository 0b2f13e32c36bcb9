//! The number of each replica's last stored change: what is above it cannot be stored yet.
//!
//! Nearly every change is new, and with this the database need not be asked.

use std::collections::HashMap;

use talkoot_core::id::{ChangeId, ReplicaId};

use crate::store::{ChangeStore, StoreError};

/// Replicas that are remembered; when there are more, all are asked for again.
const REPLICAS_MAX: usize = 8_192;

/// Remembers the replicas that wrote lately.
#[derive(Debug, Default)]
pub(super) struct Counters(HashMap<ReplicaId, u64>);

impl Counters {
    /// Says whether a change is certainly not in the log.
    pub(super) async fn is_new(
        &mut self,
        store: &dyn ChangeStore,
        id: ChangeId,
    ) -> Result<bool, StoreError> {
        if let Some(last) = self.0.get(&id.replica) {
            return Ok(id.counter > *last);
        }
        let last = store.last_counter(id.replica).await?;
        if self.0.len() >= REPLICAS_MAX {
            self.0.clear();
        }
        self.0.insert(id.replica, last);
        Ok(id.counter > last)
    }

    /// Notes what has just been stored.
    pub(super) fn stored(&mut self, ids: impl Iterator<Item = ChangeId>) {
        for id in ids {
            if let Some(last) = self.0.get_mut(&id.replica) {
                *last = id.counter.max(*last);
            }
        }
    }

    /// Forgets everything: somebody else wrote to the log.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
