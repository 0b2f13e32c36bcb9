//! Threads from this device: beginning one, and when the server got what others said.

use std::collections::BTreeMap;

use talkoot_core::change::Op;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::record::Record;

use super::{ActError, LocalFault, Workspace, write};
use crate::device;
use crate::local::StoreError;

/// When changes reached the server, and how far they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrivals {
    pub(crate) of: BTreeMap<ChangeId, u64>,
    read: u64,
}

impl Arrivals {
    /// Takes in what was read beside.
    pub(crate) fn join(&mut self, other: Self) {
        self.of.extend(other.of);
        self.read = self.read.max(other.read);
    }
}

impl Workspace {
    /// Begins a record by what is to be done to an empty one; gives its name.
    pub(crate) async fn begin(
        self,
        intent: impl FnOnce(&Record) -> Vec<Op>,
    ) -> Result<RecordId, ActError> {
        let chance =
            device::chance().ok_or(ActError::Local(LocalFault::from(StoreError::Denied)))?;
        let record = RecordId(chance);
        write::change(&self.desk(), record, intent).await?;
        Ok(record)
    }

    /// Reads on when the server got the changes of a record, as far as it told.
    pub(crate) async fn read_arrivals(
        self,
        record: RecordId,
        known: Arrivals,
    ) -> Result<Arrivals, ActError> {
        let local = self.desk().local()?;
        let mut arrivals = known;
        for stored in local.newer(record, arrivals.read).await? {
            arrivals.read = arrivals.read.max(stored.arrival);
            if let Some((arrived_ms, change)) = stored.arrived_ms.zip(stored.change.open().ok()) {
                arrivals.of.insert(change.id, arrived_ms);
            }
        }
        Ok(arrivals)
    }
}
