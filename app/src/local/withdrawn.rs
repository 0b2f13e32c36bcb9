//! What its maker took back after it had been carried here: out of the record, set aside.
//!
//! Core says which changes these are ([`talkoot_core::transfer::withdrawn`], rule J16). Here they
//! leave the record in the transaction of the file or the page that shows it, and their words
//! stay readable: their maker may have lost them without meaning to (rule L23).

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::transfer::{self as carried, Link};

use super::database::StoreError;
use super::quarantine::held;
use super::schema::{self, CHANGES, SET_ASIDE, SNAPSHOTS, StoredChange};
use super::set_aside::StoredSetAside;
use super::transaction::Transaction;
use super::transfer::{all_of, unsent};
use super::{keys, load, owed, summaries};
use crate::workspace::{SetAside, texts_of, words_in};

/// The code under which such a change lies aside.
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// What setting aside has to know.
#[derive(Clone, Copy)]
pub(super) struct Aside {
    /// This device: what it made itself goes only where the server refuses it.
    pub(super) own: ReplicaId,
    pub(super) now_ms: u64,
}

/// A change that is taken out, and where it lay.
type Place = (RecordId, u64, ChangeId);

/// Takes changes out whose makers took them back, and sets them aside. What waits in the outbox
/// stays: the server has not judged it yet. Gives the records that have to be folded anew.
pub(super) async fn set_aside(
    tx: &Transaction,
    withdrawn: &BTreeSet<ChangeId>,
    aside: Aside,
) -> Result<BTreeSet<RecordId>, StoreError> {
    let mut places: BTreeMap<(RecordId, ReplicaId), Vec<Place>> = BTreeMap::new();
    for id in withdrawn.iter().filter(|id| id.replica != aside.own) {
        if let Some((record, arrival)) = owed::place(tx, *id).await? {
            places.entry((record, id.replica)).or_default().push((record, arrival, *id));
        }
    }
    let records = places.keys().map(|(record, _)| *record).collect();
    for ((record, _), places) in places {
        keep(tx, record, &places, aside).await?;
    }
    Ok(records)
}

/// Keeps what one maker took back of one record, and takes it out.
async fn keep(
    tx: &Transaction,
    record: RecordId,
    places: &[Place],
    aside: Aside,
) -> Result<(), StoreError> {
    let loaded = load::load_in(tx, record, &held()).await?;
    let (mut changes, mut opened) = (Vec::new(), Vec::new());
    for (_, arrival, id) in places {
        let key = keys::change(record, *arrival);
        if let Some(bytes) = tx.get(CHANGES, &key)?.bytes().await? {
            let StoredChange { change, .. } = schema::read(&bytes)?;
            opened.extend(change.open().ok());
            changes.push(change);
        }
        tx.delete(CHANGES, &key)?;
        owed::forget(tx, *id)?;
        summaries::mark_stale(tx, record, *arrival)?;
    }
    tx.delete(SNAPSHOTS, &record.0)?;
    let Some((_, _, change)) = places.first().copied() else { return Ok(()) };
    let text = words_in(&opened, || texts_of(&loaded.open));
    let code = WITHDRAWN.to_owned();
    let shown = SetAside { change, record, code, at_ms: aside.now_ms, text };
    let stored = StoredSetAside { shown, changes };
    tx.put(SET_ASIDE, &keys::identity(change), &codec::encode(&stored))
}

/// Takes what lives after all out of what lies aside; says whether there was any.
pub(super) async fn bring_back(
    tx: &Transaction,
    living: impl Iterator<Item = ChangeId>,
) -> Result<bool, StoreError> {
    let all = tx.get_all(SET_ASIDE)?.bytes().await?;
    if all.is_empty() {
        return Ok(false);
    }
    let (living, mut any): (BTreeSet<ChangeId>, _) = (living.collect(), false);
    for bytes in all {
        let mut stored: StoredSetAside = schema::read(&bytes)?;
        let count = stored.changes.len();
        let lives = |id| living.contains(&id);
        stored.changes.retain(|change| change.open().map_or(true, |it| !lives(it.id)));
        if stored.shown.code != WITHDRAWN || stored.changes.len() == count {
            continue;
        }
        any = true;
        let key = keys::identity(stored.shown.change);
        if stored.changes.is_empty() {
            tx.delete(SET_ASIDE, &key)?;
        } else {
            tx.put(SET_ASIDE, &key, &codec::encode(&stored))?;
        }
    }
    Ok(any)
}

/// Sets aside what the log passes over of what is owed (rule J16), once its page is stored. Gives
/// the records that have to be folded anew.
pub(super) async fn follow_log(
    tx: &Transaction,
    touched: &BTreeSet<RecordId>,
    aside: Aside,
) -> Result<BTreeSet<RecordId>, StoreError> {
    let owed = owed::records(tx).await?;
    let touched: BTreeSet<RecordId> = touched.intersection(&owed).copied().collect();
    if touched.is_empty() {
        return Ok(touched);
    }
    let unsent = unsent(tx).await?;
    let mut links: BTreeMap<RecordId, Vec<Link>> = BTreeMap::new();
    for stored in all_of(tx, &touched).await? {
        if let Ok(change) = stored.change.open() {
            let link = Link::of(&change, !unsent.contains(&change.id));
            links.entry(change.record).or_default().push(link);
        }
    }
    let withdrawn = links.into_values().flat_map(carried::withdrawn).collect();
    set_aside(tx, &withdrawn, aside).await
}
