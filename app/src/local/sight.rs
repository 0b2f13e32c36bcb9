//! What this device knows of its own sight, and forgetting what is out of it.
//!
//! What is decided is decided by [`talkoot_core::sync::arrival`]; here it is stored in the
//! transaction of the page, the confirmation or the refusal that it follows from.

use std::collections::BTreeSet;

use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sync::arrival::Sight;
use talkoot_core::sync::message::{Cursor, Entry, Page};

use super::database::{Mode, StoreError};
use super::outbox::OutboxEntry;
use super::schema::{self, CHANGES, Local, META, OUTBOX, OWED, SNAPSHOTS, STALE, SUMMARIES};
use super::transaction::Transaction;
use super::{keys, meta, owed, summaries};

impl Local {
    /// Drops what is here of a record and sets the cursor back, so that the server brings it
    /// whole. Says whether it did: not while something of it is unsent or owed.
    ///
    /// The cursor keeps the name of its log: by it a restore of the server is noticed.
    pub(crate) async fn drop_to_reread(&self, record: RecordId) -> Result<bool, StoreError> {
        let over = [CHANGES, OUTBOX, OWED, SNAPSHOTS, STALE, SUMMARIES, META];
        let tx = self.begin(&over, Mode::WriteStrict)?;
        let drops = !waiting(&tx, &BTreeSet::new()).await?.contains(&record);
        if drops {
            forget(&tx, record).await?;
            let mut sight = read(&tx).await?;
            sight.dropped(record);
            keep(&tx, &sight)?;
            let cursor = Cursor { sequence: 0, ..meta::cursor(&tx).await? };
            tx.put(META, meta::CURSOR, &codec::encode(&cursor))?;
        }
        tx.complete().await?;
        Ok(drops)
    }
}

/// Reads it inside a transaction over [`META`].
///
/// An older program kept a reading from the beginning that is under way by itself.
pub(super) async fn read(tx: &Transaction) -> Result<Sight, StoreError> {
    if let Some(bytes) = tx.get(META, meta::SIGHT)?.bytes().await? {
        return schema::read(&bytes);
    }
    let pass = tx.get(META, meta::PASS)?.bytes().await?;
    let pass = pass.map(|bytes| schema::read(&bytes)).transpose()?;
    Ok(Sight::of_pass(pass))
}

/// Keeps it.
pub(super) fn keep(tx: &Transaction, sight: &Sight) -> Result<(), StoreError> {
    tx.put(META, meta::SIGHT, &codec::encode(sight))
}

/// Takes a page into account whose changes are stored already; forgets what it puts out of
/// sight, except what has something unsent or owed. Gives what was forgotten.
pub(super) async fn follow(
    tx: &Transaction,
    page: &Page,
    sight: &mut Sight,
) -> Result<BTreeSet<RecordId>, StoreError> {
    let ends = !page.more && (sight.pass.is_some() || page.from_start);
    let conceals = page.entries.iter().any(|entry| matches!(entry, Entry::Conceal { .. }));
    let here = if ends { records(tx).await? } else { BTreeSet::new() };
    let may_forget = ends || conceals || !sight.hidden.is_empty();
    let waiting = if may_forget { waiting(tx, &brought(page)).await? } else { BTreeSet::new() };
    let forgotten = sight.take(page, here.into_iter(), |record| waiting.contains(&record));
    for record in &forgotten {
        forget(tx, *record).await?;
    }
    Ok(forgotten)
}

/// Lists the records with something unsent, beside some changes, or owed.
pub(super) async fn waiting(
    tx: &Transaction,
    beside: &BTreeSet<ChangeId>,
) -> Result<BTreeSet<RecordId>, StoreError> {
    let mut waiting = owed::records(tx).await?;
    for bytes in tx.get_all(OUTBOX)?.bytes().await? {
        let entry: OutboxEntry = schema::read(&bytes)?;
        let is_beside = entry.change.open().is_ok_and(|change| beside.contains(&change.id));
        if !is_beside {
            waiting.insert(entry.record);
        }
    }
    Ok(waiting)
}

/// Forgets a record with everything that was made of it.
pub(super) async fn forget(tx: &Transaction, record: RecordId) -> Result<(), StoreError> {
    let from = keys::change(record, keys::ARRIVAL_MIN);
    tx.delete_range(CHANGES, &from, &keys::change(record, keys::ARRIVAL_MAX))?;
    tx.delete(SNAPSHOTS, &record.0)?;
    tx.delete(STALE, &record.0)?;
    summaries::remove(tx, record).await
}

/// Lists the records of which a change lies here.
async fn records(tx: &Transaction) -> Result<BTreeSet<RecordId>, StoreError> {
    let keys = tx.get_all_keys(CHANGES)?.bytes().await?;
    Ok(keys.iter().filter_map(|key| keys::record_of(key)).collect())
}

fn brought(page: &Page) -> BTreeSet<ChangeId> {
    let changes = page.entries.iter().filter_map(|entry| match entry {
        Entry::Change { change, .. } => change.open().ok().map(|change| change.id),
        Entry::Conceal { .. } => None,
    });
    changes.collect()
}
