//! A person's intention becomes a change that is safe on this device.
//!
//! Everything that writes goes through [`commit`]: the newest state is read in
//! the transaction that stores, so what a change says it replaces is true.

use std::collections::BTreeMap;
use std::rc::Rc;

use talkoot_core::access::{self, Refusal};
use talkoot_core::author::Slot;
use talkoot_core::change::{Change, Op};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;
use talkoot_core::text::{Policy, TEXT_SCHEMA_VERSION};
use talkoot_core::value::Value;

use super::Desk;
use crate::device;
use crate::local::{Commit, StoreError};

/// Why a change was not made. Nothing of it was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WriteFault {
    #[error("nothing is open to write to")]
    NotReady,
    /// It comes back in parts, and not all of it is here yet; in a moment it can be written into.
    #[error("a part of it is still to come")]
    StillComing,
    #[error("the rules do not allow it ({code})")]
    Refused { code: &'static str },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for WriteFault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { code: refusal.code() }
    }
}

/// Starts a record.
pub(super) async fn create(
    desk: &Rc<Desk>,
    kind: Kind,
    fields: Vec<(u16, Value)>,
) -> Result<RecordId, WriteFault> {
    let record = RecordId(device::chance().ok_or(StoreError::Denied)?);
    let make = |empty: &Record| {
        let set = fields.into_iter().map(|(field, value)| empty.set_field(field, value));
        std::iter::once(Op::Create { kind }).chain(set).collect()
    };
    commit(desk, record, make).await?;
    Ok(record)
}

/// Turns an intention into a change.
pub(super) async fn change(
    desk: &Rc<Desk>,
    record: RecordId,
    intent: impl FnOnce(&Record) -> Vec<Op>,
) -> Result<(), WriteFault> {
    commit(desk, record, intent).await
}

/// Stores what was typed.
pub(crate) async fn text(
    desk: &Rc<Desk>,
    record: RecordId,
    update: Vec<u8>,
) -> Result<(), WriteFault> {
    commit(desk, record, |_| vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]).await
}

/// Makes, judges, signs and stores a change, then shows it.
pub(super) async fn commit(
    desk: &Rc<Desk>,
    record: RecordId,
    make: impl FnOnce(&Record) -> Vec<Op>,
) -> Result<(), WriteFault> {
    commit_all(desk, vec![(record, Box::new(make))]).await
}

/// What somebody wants to do with a record.
pub(super) type Intent<'a> = Box<dyn FnOnce(&Record) -> Vec<Op> + 'a>;

/// Makes, judges, signs and stores changes, all or none, then shows them. Several of one record
/// follow each other: each is made on what the one before it left.
pub(super) async fn commit_all(
    desk: &Rc<Desk>,
    intents: Vec<(RecordId, Intent<'_>)>,
) -> Result<(), WriteFault> {
    let local = desk.local()?;
    desk.author()?;
    let mut tx = local.begin_commit().await?;
    let mut made = Vec::with_capacity(intents.len());
    let mut written: BTreeMap<RecordId, Record> = BTreeMap::new();
    for (record, make) in intents {
        let signed = if let Some(known) = written.get(&record) {
            sign(desk, &mut tx, known, make)?
        } else {
            if tx.is_partial(record) {
                return Err(WriteFault::StillComing);
            }
            bring_up(desk, &tx, record).await?;
            let signed = desk.records.with(record, |it| sign(desk, &mut tx, &it.open.record, make));
            signed.ok_or(WriteFault::NotReady)??
        };
        if let Some((change, after)) = signed {
            made.push(change);
            written.insert(record, after);
        }
    }
    if made.is_empty() {
        return Ok(());
    }
    let mut stored = Vec::with_capacity(made.len());
    for (slot, change, wire) in made {
        let kept = tx.store(slot, change.record, wire)?;
        stored.push((change, kept));
    }
    tx.complete().await?;
    let records: Vec<RecordId> = written.into_keys().collect();
    for (change, kept) in stored {
        let record = change.record;
        desk.waiting.add(change);
        desk.take_in(record, std::slice::from_ref(&kept));
    }
    for record in &records {
        desk.show_pinned(*record).await;
    }
    desk.show_waiting();
    desk.refresh_soon(records);
    desk.outbox_grew();
    Ok(())
}

type Made = (Slot, Change, SignedChange);

fn sign(
    desk: &Desk,
    commit: &mut Commit,
    known: &Record,
    make: Intent<'_>,
) -> Result<Option<(Made, Record)>, WriteFault> {
    let author = desk.author()?;
    let ops = make(known);
    if ops.is_empty() {
        return Ok(None);
    }
    let slot = commit.slot(known.previous(author.replica()), device::now_ms());
    let (change, wire) = author.write(slot, known.id, ops);
    let exists = known.kind.is_some();
    let caller = desk.caller();
    let after = access::admit_onto(&caller, exists.then_some(known), &change, &Policy::UPDATE)?;
    Ok(Some(((slot, change, wire), after)))
}

/// Brings the record in memory up to what is stored, inside the transaction.
async fn bring_up(desk: &Rc<Desk>, commit: &Commit, record: RecordId) -> Result<(), StoreError> {
    if let Some(arrival) = desk.records.arrival(record) {
        let newer = commit.newer(record, arrival).await?;
        desk.take_in(record, &newer);
    } else {
        let held = desk.held.borrow().clone();
        let loaded = commit.load(record, &held).await?;
        desk.records.keep(loaded);
    }
    Ok(())
}
