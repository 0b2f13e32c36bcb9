//! Appending to the log.

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use talkoot_core::id::RecordId;

use super::super::{AppendError, Appending, LogEntry, LogState, StoreError, StoredChange};
use super::record_rows;
use talkoot_core::audience::Audience;

const CHANGE: i64 = 0;
const REVEAL: i64 = 1;
const CONCEAL: i64 = 2;

/// Gives the log's name and end. Runs on the writing connection, because it may name a new log.
pub(super) fn log_state(connection: &Connection) -> Result<LogState, StoreError> {
    let log = meta(connection, "log", &crate::chance::bytes().unwrap_or_default())?;
    Ok(LogState { log: u64::from_be_bytes(log), head: head(connection)? })
}

/// Reads a single value; `fresh` becomes it if there is none yet.
pub(super) fn meta<const N: usize>(
    connection: &Connection,
    name: &str,
    fresh: &[u8; N],
) -> Result<[u8; N], StoreError> {
    let kept = "SELECT value FROM meta WHERE name = ?1";
    let kept = connection.query_row(kept, [name], |row| row.get(0)).optional()?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    connection.execute("INSERT INTO meta (name, value) VALUES (?1, ?2)", params![name, fresh])?;
    Ok(*fresh)
}

fn head(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(sequence), 0) FROM log";
    let head: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(head.cast_unsigned())
}

/// Appends entries for good; see the contract at [`super::super::ChangeStore`].
pub(super) fn append(
    connection: &mut Connection,
    appending: &Appending,
) -> Result<u64, AppendError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut head = head(&tx)?;
    if head != appending.expected_head {
        return Err(AppendError::HeadMoved { head });
    }
    for entry in &appending.entries {
        head = head.saturating_add(1);
        match entry {
            LogEntry::Change(change) => insert_change(&tx, head, change)?,
            LogEntry::Reveal { record, from } => insert_turn(&tx, head, REVEAL, *record, *from)?,
            LogEntry::Conceal { record, from } => insert_turn(&tx, head, CONCEAL, *record, *from)?,
        }
    }
    let (before, entries) = (appending.expected_head, &appending.entries);
    record_rows::bring_up_to_date(&tx, before, entries, &appending.audiences)?;
    tx.commit()?;
    Ok(head)
}

fn insert_change(
    tx: &Transaction<'_>,
    sequence: u64,
    change: &StoredChange,
) -> Result<(), AppendError> {
    let sql = "
        INSERT INTO log
            (sequence, kind, record, replica, counter, author, arrived_ms, body, signature)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    tx.prepare_cached(sql)?.execute(params![
        sequence.cast_signed(),
        CHANGE,
        change.record.0,
        change.id.replica.0,
        change.id.counter.cast_signed(),
        change.author.0,
        change.arrived_ms.cast_signed(),
        change.signed.body,
        change.signed.signature,
    ])?;
    Ok(())
}

fn insert_turn(
    tx: &Transaction<'_>,
    sequence: u64,
    kind: i64,
    record: RecordId,
    from: Audience,
) -> Result<(), AppendError> {
    let sql = "
        INSERT INTO log (sequence, kind, record, from_everyone, from_signed_in, from_project)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.prepare_cached(sql)?.execute(params![
        sequence.cast_signed(),
        kind,
        record.0,
        from.everyone,
        from.signed_in,
        from.project.map(|project| project.0),
    ])?;
    Ok(())
}
