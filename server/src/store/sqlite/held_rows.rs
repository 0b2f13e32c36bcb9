//! The rows of comments that wait, and of those who send them.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use talkoot_core::comment::Typed;
use talkoot_core::id::{CommentId, RecordId};

use super::super::StoreError;
use crate::held::{
    Arrival, BLOCK_MS, DECIDED_MS, Decider, Decision, HELD_MAX, Held, SENDER_MAX, Sender, Standing,
    Taken, UNKNOWN_MAX, WINDOW_MS,
};

const WAITS: i64 = 0;
const PUBLISHED: i64 = 1;
const REJECTED: i64 = 2;

/// Takes a comment in, unless it came before or too much came from there.
pub(super) fn take(connection: &mut Connection, arrival: &Arrival) -> Result<Taken, StoreError> {
    forget_old(connection, arrival.arrived_ms)?;
    let tx = connection.transaction()?;
    if state(&tx, arrival.id)?.is_some() {
        return Ok(Taken::Known);
    }
    if let Some(refused) = count(&tx, arrival.sender, arrival.arrived_ms)? {
        return Ok(refused);
    }
    let waiting: u32 =
        tx.query_row("SELECT count(*) FROM comment WHERE state = ?1", [WAITS], |row| row.get(0))?;
    if waiting >= HELD_MAX {
        return Ok(Taken::Full);
    }
    let sql = "
        INSERT INTO comment
            (comment, record, written_ms, arrived_ms, subject, name, organisation, words, sender)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let Typed { subject, name, organisation, words } = &arrival.typed;
    let sender = Some(arrival.sender.hash).filter(|_| arrival.sender.is_known);
    let (written_ms, arrived_ms) =
        (arrival.written_ms.cast_signed(), arrival.arrived_ms.cast_signed());
    let (id, record) = (arrival.id.0, arrival.record.0);
    let row =
        params![id, record, written_ms, arrived_ms, subject, name, organisation, words, sender];
    tx.execute(sql, row)?;
    tx.commit()?;
    Ok(Taken::Held)
}

/// Forgets senders whose window has passed, and decisions of long ago: for good, whatever becomes
/// of what is asked next.
pub(super) fn forget_old(connection: &mut Connection, now_ms: u64) -> Result<(), StoreError> {
    let tx = connection.transaction()?;
    let ended = now_ms.saturating_sub(WINDOW_MS).cast_signed();
    let sql = "DELETE FROM sender WHERE since_ms <= ?1 AND blocked_until_ms <= ?2";
    tx.execute(sql, [ended, now_ms.cast_signed()])?;
    let long_ago = now_ms.saturating_sub(DECIDED_MS).cast_signed();
    tx.execute("DELETE FROM comment WHERE state <> ?1 AND decided_ms <= ?2", [WAITS, long_ago])?;
    Ok(tx.commit()?)
}

/// Counts a comment against its sender; gives why it is not taken.
fn count(tx: &Transaction<'_>, sender: Sender, now_ms: u64) -> Result<Option<Taken>, StoreError> {
    let sql = "SELECT since_ms, sent, blocked_until_ms FROM sender WHERE sender = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let kept: Option<(i64, u32, i64)> = tx.query_row(sql, [sender.hash], read).optional()?;
    let (since_ms, sent, blocked_until_ms) = kept.unwrap_or((now_ms.cast_signed(), 0, 0));
    if now_ms < blocked_until_ms.cast_unsigned() {
        return Ok(Some(Taken::Blocked));
    }
    let ends_ms = since_ms.cast_unsigned().saturating_add(WINDOW_MS);
    let is_over = now_ms >= ends_ms;
    let most = if sender.is_known { SENDER_MAX } else { UNKNOWN_MAX };
    if !is_over && sent >= most {
        return Ok(Some(Taken::Wait { wait_ms: ends_ms.saturating_sub(now_ms) }));
    }
    let (since_ms, sent) = if is_over { (now_ms.cast_signed(), 0) } else { (since_ms, sent) };
    let sql = "
        INSERT INTO sender (sender, since_ms, sent, blocked_until_ms) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (sender) DO UPDATE SET since_ms = ?2, sent = ?3";
    tx.execute(sql, params![sender.hash, since_ms, sent.saturating_add(1), blocked_until_ms])?;
    Ok(None)
}

fn state(connection: &Connection, id: CommentId) -> Result<Option<(i64, RecordId)>, StoreError> {
    let sql = "SELECT state, record FROM comment WHERE comment = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, RecordId(row.get(1)?)));
    Ok(connection.prepare_cached(sql)?.query_row([id.0], read).optional()?)
}

/// Says how a comment stands, if it came.
pub(super) fn standing(
    connection: &Connection,
    id: CommentId,
) -> Result<Option<Standing>, StoreError> {
    let Some((state, record)) = state(connection, id)? else { return Ok(None) };
    match state {
        WAITS => Ok(Some(Standing::Waits { record })),
        PUBLISHED => Ok(Some(Standing::Published { record })),
        REJECTED => Ok(Some(Standing::Rejected { record })),
        _ => Err(StoreError::Corrupt { table: "comment" }),
    }
}

/// Lists what waits, the first that came first.
pub(super) fn waiting(connection: &Connection) -> Result<Vec<Held>, StoreError> {
    let sql = "
        SELECT comment, record, written_ms, arrived_ms, subject, name, organisation, words, sender
        FROM comment WHERE state = ?1 ORDER BY arrived_ms, comment";
    let read = |row: &Row<'_>| {
        let (written_ms, arrived_ms): (i64, i64) = (row.get(2)?, row.get(3)?);
        let sender: Option<Vec<u8>> = row.get(8)?;
        Ok(Held {
            id: CommentId(row.get(0)?),
            record: RecordId(row.get(1)?),
            typed: Typed {
                subject: row.get(4)?,
                name: row.get(5)?,
                organisation: row.get(6)?,
                words: row.get(7)?,
            },
            written_ms: written_ms.cast_unsigned(),
            arrived_ms: arrived_ms.cast_unsigned(),
            has_sender: sender.is_some(),
        })
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([WAITS], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes a decision about a comment that waits; of its words and its sender nothing stays.
/// Says whether it waited.
pub(super) fn decide(
    connection: &mut Connection,
    id: CommentId,
    decision: &Decision,
    by: Decider,
) -> Result<bool, StoreError> {
    let tx = connection.transaction()?;
    let (state, reason) = match decision {
        Decision::Published => (PUBLISHED, None),
        Decision::Rejected { reason, .. } => (REJECTED, Some(reason.as_str())),
    };
    if matches!(decision, Decision::Rejected { blocks: true, .. }) {
        block(&tx, id, by.now_ms)?;
    }
    let sql = "
        UPDATE comment SET state = ?2, reason = ?3, decided_by = ?4, decided_ms = ?5,
            subject = NULL, name = NULL, organisation = NULL, words = NULL, sender = NULL
        WHERE comment = ?1 AND state = ?6";
    let now_ms = by.now_ms.cast_signed();
    let rows = tx.execute(sql, params![id.0, state, reason, by.account.0, now_ms, WAITS])?;
    tx.commit()?;
    Ok(rows > 0)
}

fn block(tx: &Transaction<'_>, id: CommentId, now_ms: u64) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO sender (sender, since_ms, sent, blocked_until_ms)
        SELECT sender, ?2, 0, ?3 FROM comment WHERE comment = ?1 AND sender IS NOT NULL
        ON CONFLICT (sender) DO UPDATE SET blocked_until_ms = ?3";
    let until_ms = now_ms.saturating_add(BLOCK_MS).cast_signed();
    tx.execute(sql, params![id.0, now_ms.cast_signed(), until_ms])?;
    Ok(())
}
