//! Opening a record from what lies here: its snapshot and the changes after it.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use talkoot_core::change::Change;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Applied;

use super::database::{Mode, StoreError};
use super::keys;
use super::published::Published;
use super::quarantine::Applying;
use super::schema::{self, CHANGES, Local, SNAPSHOTS, StoredChange};
use super::transaction::Transaction;

/// After how many changes a new snapshot is worth its bytes.
const SNAPSHOT_AFTER: u32 = 64;

/// A folded record and how much of what lies here it covers.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) open: OpenRecord,
    /// The last arrival that is folded in.
    pub(crate) arrival: u64,
    /// Changes folded in since the last snapshot.
    pub(crate) since_snapshot: u32,
    /// What readers see, where that is something else and somebody asked.
    pub(super) published: Option<Published>,
}

/// A snapshot as it lies here.
#[derive(Encode, Decode)]
pub(super) struct StoredSnapshot {
    #[n(0)]
    pub(super) arrival: u64,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) bytes: Vec<u8>,
}

impl Loaded {
    fn new(record: RecordId) -> Self {
        Self::at(OpenRecord::new(record), 0)
    }

    pub(super) fn at(open: OpenRecord, arrival: u64) -> Self {
        Self { open, arrival, since_snapshot: 0, published: None }
    }

    /// Starts from a snapshot; one that cannot be used is as none, the changes are all here.
    fn from_snapshot(record: RecordId, bytes: Option<&[u8]>) -> Self {
        let stored: Option<StoredSnapshot> = bytes.and_then(|bytes| schema::read(bytes).ok());
        let open = stored.as_ref().and_then(|it| OpenRecord::from_snapshot(&it.bytes).ok());
        match (open, stored) {
            (Some(open), Some(stored)) => Self::at(open, stored.arrival),
            _ => Self::new(record),
        }
    }

    /// Folds a stored change in; gives the text updates that became part of the text by it.
    pub(crate) fn take(
        &mut self,
        stored: &StoredChange,
        held: &BTreeSet<ChangeId>,
    ) -> Vec<Vec<u8>> {
        self.arrival = self.arrival.max(stored.arrival);
        let change = match stored.change.open() {
            Ok(change) if !held.contains(&change.id) => change,
            _ => {
                self.open.note_unreadable();
                return Vec::new();
            }
        };
        let applying = Applying::begin(&change);
        let applied = self.open.apply(&change);
        applying.end();
        self.follow_published(change.id);
        match applied {
            Applied::Folded { texts } => {
                self.since_snapshot = self.since_snapshot.saturating_add(1);
                texts
            }
            Applied::Known | Applied::Waits => Vec::new(),
        }
    }

    /// Folds a record from all that lies here of it, without a snapshot: two claimed one Yjs
    /// client, and only all its changes tell whose it is (rule F36).
    fn anew(record: RecordId, all: &[StoredChange], held: &BTreeSet<ChangeId>) -> Self {
        let changes = all.iter().map(|stored| stored.change.open());
        let read = |change: &Change| !held.contains(&change.id);
        let readable: Vec<Change> = changes.flatten().filter(read).collect();
        let mut open = OpenRecord::of(record, &readable);
        for _ in readable.len()..all.len() {
            open.note_unreadable();
        }
        Self::at(open, all.iter().map(|stored| stored.arrival).max().unwrap_or(0))
    }

    /// Gives a snapshot if one is due. One that does not come back as the same record is not
    /// used (rule X20): the changes are all here, and the next try is as far away as the last.
    pub(crate) fn due_snapshot(&mut self) -> Option<Vec<u8>> {
        if self.since_snapshot < SNAPSHOT_AFTER {
            return None;
        }
        self.since_snapshot = 0;
        self.open.checked_snapshot()
    }
}

impl Local {
    /// Opens records, all in one transaction.
    pub(crate) async fn load(
        &self,
        records: &[RecordId],
        held: &BTreeSet<ChangeId>,
    ) -> Result<Vec<Loaded>, StoreError> {
        let tx = self.begin(&[SNAPSHOTS, CHANGES], Mode::Read)?;
        let mut snapshots = Vec::with_capacity(records.len());
        for record in records {
            snapshots.push(tx.get(SNAPSHOTS, &record.0)?);
        }
        let mut loaded = Vec::with_capacity(records.len());
        for (record, snapshot) in records.iter().zip(snapshots) {
            let bytes = snapshot.bytes().await?;
            let start = Loaded::from_snapshot(*record, bytes.as_deref());
            let changes = newer_values(&tx, *record, start.arrival)?;
            loaded.push((start, changes));
        }
        let mut opened = Vec::with_capacity(records.len());
        for (start, changes) in loaded {
            let newer = read_all(&changes.bytes().await?)?;
            opened.push(taken(&tx, start, &newer, held).await?);
        }
        tx.complete().await?;
        Ok(opened)
    }

    /// Reads what came to a record after an arrival.
    pub(crate) async fn newer(
        &self,
        record: RecordId,
        after: u64,
    ) -> Result<Vec<StoredChange>, StoreError> {
        let tx = self.begin(&[CHANGES], Mode::Read)?;
        let changes = newer_values(&tx, record, after)?.bytes().await?;
        tx.complete().await?;
        read_all(&changes)
    }
}

/// Opens one record inside a transaction over [`SNAPSHOTS`] and [`CHANGES`].
pub(super) async fn load_in(
    tx: &Transaction,
    record: RecordId,
    held: &BTreeSet<ChangeId>,
) -> Result<Loaded, StoreError> {
    let snapshot = tx.get(SNAPSHOTS, &record.0)?.bytes().await?;
    let start = Loaded::from_snapshot(record, snapshot.as_deref());
    let newer = newer_in(tx, record, start.arrival).await?;
    taken(tx, start, &newer, held).await
}

/// Folds what came after a snapshot.
async fn taken(
    tx: &Transaction,
    mut start: Loaded,
    newer: &[StoredChange],
    held: &BTreeSet<ChangeId>,
) -> Result<Loaded, StoreError> {
    for stored in newer {
        start.take(stored, held);
    }
    if !start.open.is_torn() {
        return Ok(start);
    }
    let record = start.open.record.id;
    Ok(Loaded::anew(record, &newer_in(tx, record, 0).await?, held))
}

/// Reads what came to a record after an arrival, inside a transaction.
pub(super) async fn newer_in(
    tx: &Transaction,
    record: RecordId,
    after: u64,
) -> Result<Vec<StoredChange>, StoreError> {
    read_all(&newer_values(tx, record, after)?.bytes().await?)
}

/// Reads what came to several records, each after an arrival of its own, inside a transaction.
pub(super) async fn newer_of(
    tx: &Transaction,
    after: &BTreeMap<RecordId, u64>,
) -> Result<Vec<StoredChange>, StoreError> {
    // All are asked for before the first is waited for.
    let asked = after.iter().map(|(record, after)| newer_values(tx, *record, *after));
    let asked: Vec<_> = asked.collect::<Result<_, _>>()?;
    let mut newer = Vec::new();
    for values in asked {
        newer.extend(read_all(&values.bytes().await?)?);
    }
    Ok(newer)
}

fn newer_values(
    tx: &Transaction,
    record: RecordId,
    after: u64,
) -> Result<super::transaction::Values, StoreError> {
    let from = keys::change(record, after.saturating_add(1));
    tx.get_range(CHANGES, &from, &keys::change(record, keys::ARRIVAL_MAX))
}

fn read_all(values: &[Vec<u8>]) -> Result<Vec<StoredChange>, StoreError> {
    values.iter().map(|bytes| schema::read(bytes)).collect()
}
