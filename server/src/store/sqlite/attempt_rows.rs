//! The rows that count failed sign-ins.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::{Attempt, AttemptLimit, StoreError};

/// Counts an attempt as failed, if one more is allowed.
pub(super) fn count(
    connection: &mut Connection,
    subject: [u8; 32],
    limit: AttemptLimit,
    now_ms: u64,
) -> Result<Attempt, StoreError> {
    let tx = connection.transaction()?;
    let sql = "SELECT since_ms, failures FROM attempt WHERE subject = ?1";
    let kept: Option<(i64, u32)> =
        tx.query_row(sql, [subject], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let running = kept.map(|(since_ms, failures)| (since_ms.cast_unsigned(), failures));
    let running = running.filter(|(since_ms, _)| now_ms < since_ms.saturating_add(limit.window_ms));
    let (since_ms, failures) = running.unwrap_or((now_ms, 0));
    if failures >= limit.failures_max {
        let wait_ms = since_ms.saturating_add(limit.window_ms).saturating_sub(now_ms);
        return Ok(Attempt::Wait { wait_ms });
    }
    if running.is_none() {
        // Whose window has passed is forgotten, so that made-up names do not fill the disk.
        let before_ms = now_ms.saturating_sub(limit.window_ms).cast_signed();
        tx.execute("DELETE FROM attempt WHERE since_ms <= ?1", [before_ms])?;
    }
    let sql = "
        INSERT INTO attempt (subject, since_ms, failures) VALUES (?1, ?2, ?3)
        ON CONFLICT (subject) DO UPDATE SET since_ms = ?2, failures = ?3";
    tx.execute(sql, params![subject, since_ms.cast_signed(), failures.saturating_add(1)])?;
    tx.commit()?;
    Ok(Attempt::Allowed)
}

/// Forgets the failures of a subject.
pub(super) fn clear(connection: &Connection, subject: [u8; 32]) -> Result<(), StoreError> {
    connection.execute("DELETE FROM attempt WHERE subject = ?1", [subject])?;
    Ok(())
}
