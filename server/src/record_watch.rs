//! Tells whoever keeps a record open that devices wrote to it.
//!
//! One number a record: the end of the log when its last change was stored. A
//! slow listener misses nothing, for it reads from the log what came since.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use talkoot_core::id::RecordId;
use tokio::sync::watch;

/// The records that somebody keeps open.
#[derive(Debug, Default)]
pub struct RecordWatch {
    records: Mutex<HashMap<RecordId, watch::Sender<u64>>>,
}

impl RecordWatch {
    /// Listens for changes of a record from now on.
    pub fn listen(&self, record: RecordId) -> watch::Receiver<u64> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.retain(|_, sender| sender.receiver_count() > 0);
        records.entry(record).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Notes that the log, which now ends at `head`, has more of some records.
    pub fn stored(&self, changed: impl Iterator<Item = RecordId>, head: u64) {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        if records.is_empty() {
            return;
        }
        for sender in changed.filter_map(|record| records.get(&record)) {
            sender.send_replace(head);
        }
    }

    /// Notes that anything may have changed: somebody else wrote to the log.
    pub fn all_stored(&self, head: u64) {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in records.values() {
            sender.send_replace(head);
        }
    }
}
