//! A person's intention becomes a change that is safe on this device.
//!
//! Everything that writes goes through [`commit`]: the newest state is read in
//! the transaction that stores, so what a change says it replaces is true.

use std::rc::Rc;

use talkoot_core::access::{self, Refusal};
use talkoot_core::author::Slot;
use talkoot_core::change::{Change, Op};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;
use talkoot_core::text::TEXT_SCHEMA_VERSION;
use talkoot_core::value::Value;

use super::Desk;
use crate::device;
use crate::local::{Commit, StoreError, StoredChange};

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
    let local = desk.local()?;
    desk.author()?;
    let tx = local.begin_commit().await?;
    if tx.is_partial(record) {
        return Err(WriteFault::StillComing);
    }
    bring_up(desk, &tx, record).await?;
    let signed = desk.records.with(record, |it| sign(desk, &tx, &it.open.record, make));
    let Some((slot, change, wire)) = signed.ok_or(WriteFault::NotReady)?? else { return Ok(()) };
    let arrival = tx.store(slot, record, wire.clone()).await?.arrival;
    desk.waiting.add(change);
    let stored = StoredChange { arrival, record, arrived_ms: None, change: wire };
    desk.take_in(record, std::slice::from_ref(&stored));
    desk.show_pinned(record).await;
    desk.show_waiting();
    desk.refresh_soon(vec![record]);
    desk.outbox_grew();
    Ok(())
}

type Made = (Slot, Change, SignedChange);

fn sign(
    desk: &Desk,
    commit: &Commit,
    known: &Record,
    make: impl FnOnce(&Record) -> Vec<Op>,
) -> Result<Option<Made>, WriteFault> {
    let author = desk.author()?;
    let ops = make(known);
    if ops.is_empty() {
        return Ok(None);
    }
    let slot = commit.slot(known.previous(author.replica()), device::now_ms());
    let (change, wire) = author.write(slot, known.id, ops);
    let exists = known.kind.is_some();
    access::admit(&desk.caller(), exists.then_some(known), &change)?;
    Ok(Some((slot, change, wire)))
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
