//! Reading the log record by record.

use rusqlite::{Connection, params};
use talkoot_core::id::RecordId;

use super::super::{LogRow, Span, StoreError};
use super::log_rows::{Piece, ROWS};

/// Lists the records of the log up to a sequence, the one with the last entry first, each with
/// the number of its entries. The index over records answers this alone.
pub(super) fn latest_first(
    connection: &Connection,
    until: u64,
) -> Result<Vec<(RecordId, u64)>, StoreError> {
    let sql = "
        SELECT record, count(*) FROM log INDEXED BY log_of_record
         WHERE sequence <= ?1
         GROUP BY record
         ORDER BY max(sequence) DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([until.cast_signed()], |row| {
        let entries: i64 = row.get(1)?;
        Ok((RecordId(row.get(0)?), entries.cast_unsigned()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads the entries of records up to a sequence.
pub(super) fn read(
    connection: &Connection,
    spans: &[Span],
    until: u64,
    bytes_max: usize,
) -> Result<Vec<LogRow>, StoreError> {
    let sql = format!(
        "{ROWS} WHERE log.record = ?1 AND sequence <= ?2 ORDER BY sequence LIMIT -1 OFFSET ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut piece = Piece::new(bytes_max);
    for Span { record, skip } in spans {
        if piece.is_full() {
            break;
        }
        piece.take(statement.query(params![
            record.0,
            until.cast_signed(),
            skip.cast_signed()
        ])?)?;
    }
    Ok(piece.rows)
}
