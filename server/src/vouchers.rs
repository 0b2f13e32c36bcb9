//! What the server says of the keys behind changes, so that they can be believed without it.
//!
//! Each page of the log brings the makers of its changes, and each welcome the server's own
//! keys and its word for the device that greets. Devices keep them and put them into transfer
//! files. A device that was removed gets no more word.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use talkoot_core::change::Change;
use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::sign::{PublicKey, ReplicaKey};
use talkoot_core::sync::message::{Entry, Page};
use talkoot_core::transfer::{Maker, Makers};

use crate::own_keys::OwnKeys;
use crate::store::{AccountStore, ChangeStore, StoreError};

/// How long what was found out of a maker is said again, in milliseconds: pages to hundreds of
/// devices ask the database once.
const KEPT_MS: u64 = 30_000;
/// Makers that are kept: more than any programme has at work at a time.
const KEPT_MAX: usize = 10_000;

/// Vouches for makers with the server's own key.
#[derive(Default)]
pub struct Vouchers {
    own: Option<(ReplicaKey, OwnKeys)>,
    kept: Mutex<BTreeMap<ReplicaId, Found>>,
}

/// What was found out of a maker, and when.
#[derive(Clone, Copy)]
struct Found {
    /// Absent for one that was removed or never met.
    maker: Option<Maker>,
    since_ms: u64,
}

impl Vouchers {
    /// Takes the server's keys from the store; `fresh` becomes its own if it has none yet.
    pub async fn of(store: &dyn ChangeStore, fresh: [u8; 32]) -> Result<Self, StoreError> {
        let key = ReplicaKey::from_seed(&store.replica_seed(fresh).await?);
        let own = OwnKeys::new(store.own_seeds().await?);
        Ok(Self { own: Some((key, own)), kept: Mutex::default() })
    }

    /// Names the server's own keys, now and before it was restored.
    pub fn servers(&self) -> Vec<Maker> {
        let own = self.own.iter().flat_map(|(_, own)| own.servers());
        own.map(Maker::server).collect()
    }

    /// Gives the server's word for a device that it has just met.
    pub fn device(&self, key: PublicKey, account: AccountId) -> Option<Maker> {
        self.own.as_ref().map(|(server, _)| Maker::vouched(key, account, server))
    }

    /// Adds the makers of its changes to a page.
    pub async fn complete(
        &self,
        mut page: Page,
        accounts: &dyn AccountStore,
        now_ms: u64,
    ) -> Result<Page, StoreError> {
        let changes = page.entries.iter().filter_map(|entry| match entry {
            Entry::Change { change, .. } => change.open().ok(),
            Entry::Conceal { .. } => None,
        });
        let mut changes: Vec<Change> = if self.own.is_some() { changes.collect() } else { vec![] };
        changes.sort_by_key(|change| change.id.replica);
        changes.dedup_by_key(|change| change.id.replica);
        page.makers = self.makers(&changes, accounts, now_ms).await?.iter().copied().collect();
        Ok(page)
    }

    /// Gives what can be said of those who made changes.
    pub async fn makers(
        &self,
        changes: &[Change],
        accounts: &dyn AccountStore,
        now_ms: u64,
    ) -> Result<Makers, StoreError> {
        let mut makers = Makers::default();
        for change in changes {
            let replica = change.id.replica;
            let found = if let Some(found) = self.kept(replica, now_ms) {
                found
            } else {
                let maker = self.find(change, accounts).await?;
                self.keep(replica, Found { maker, since_ms: now_ms })
            };
            if let Some(maker) = found.maker {
                makers.learn(maker);
            }
        }
        Ok(makers)
    }

    async fn find(
        &self,
        change: &Change,
        accounts: &dyn AccountStore,
    ) -> Result<Option<Maker>, StoreError> {
        let Some((server, own)) = &self.own else { return Ok(None) };
        if let Some(holder) = accounts.holder(change.id.replica).await? {
            return Ok(Some(Maker::vouched(holder.key, holder.account, server)));
        }
        let own_key = own.of(change);
        let is_server = own_key.is_some_and(|key| own.servers().any(|server| server == key));
        Ok(own_key.map(|key| {
            if is_server { Maker::server(key) } else { Maker::vouched(key, change.author, server) }
        }))
    }

    fn kept(&self, replica: ReplicaId, now_ms: u64) -> Option<Found> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |found: &&Found| now_ms.saturating_sub(found.since_ms) < KEPT_MS;
        kept.get(&replica).filter(is_fresh).copied()
    }

    fn keep(&self, replica: ReplicaId, found: Found) -> Found {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(replica, found);
        found
    }
}
