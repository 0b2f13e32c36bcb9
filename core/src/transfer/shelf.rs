//! The shelf: changes of makers that nobody vouched for, kept until a member says whose they are.
//!
//! Nothing on it is folded or shown as anybody's words. It is sorted again together with
//! whatever comes next, so it does not matter whether the proof comes first or the change.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use super::maker::Makers;
use crate::id::{AccountId, RecordId, ReplicaId};
use crate::sign::{PublicKey, SignedChange};

/// Changes that wait, with what is said of their makers. A device keeps it as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Shelf {
    #[n(0)]
    pub changes: Vec<SignedChange>,
    #[n(1)]
    pub makers: Makers,
}

/// What waits of one device that says to be one account's: a member approves or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub replica: ReplicaId,
    pub author: AccountId,
    /// Absent where the file brought no key: approving does not help until one comes.
    pub key: Option<PublicKey>,
    pub records: BTreeSet<RecordId>,
    pub changes: usize,
}

impl Shelf {
    /// Lists what waits, by device and account.
    pub fn waiting(&self) -> Vec<Waiting> {
        let mut waiting: BTreeMap<(ReplicaId, AccountId), Waiting> = BTreeMap::new();
        for change in self.changes.iter().filter_map(|signed| signed.open().ok()) {
            let (replica, author) = (change.id.replica, change.author);
            let one = waiting.entry((replica, author)).or_insert_with(|| {
                let key = self.makers.of(replica).next().map(|maker| maker.key);
                Waiting { replica, author, key, records: BTreeSet::new(), changes: 0 }
            });
            one.records.insert(change.record);
            one.changes = one.changes.saturating_add(1);
        }
        waiting.into_values().collect()
    }

    /// Gives the shelf without what one device said in one account's name.
    #[must_use]
    pub fn without(mut self, replica: ReplicaId, author: AccountId) -> Self {
        self.changes.retain(|signed| {
            let change = signed.open();
            change.is_ok_and(|change| (change.id.replica, change.author) != (replica, author))
        });
        self
    }
}
