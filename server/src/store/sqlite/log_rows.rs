//! Reading the log.

use rusqlite::{Connection, OptionalExtension as _, Row, Rows, params};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::SignedChange;

use super::super::{LogEntry, LogRow, StoreError, StoredChange};
use talkoot_core::audience::Audience;

/// Finds changes by identity.
pub(super) fn find(
    connection: &Connection,
    ids: &[ChangeId],
) -> Result<Vec<Option<SignedChange>>, StoreError> {
    let sql = "SELECT body, signature FROM log WHERE replica = ?1 AND counter = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut find_one = |id: &ChangeId| {
        let row = params![id.replica.0, id.counter.cast_signed()];
        let read = |row: &Row<'_>| Ok(SignedChange { body: row.get(0)?, signature: row.get(1)? });
        statement.query_row(row, read).optional()
    };
    Ok(ids.iter().map(&mut find_one).collect::<Result<_, _>>()?)
}

/// Reads the changes of a record up to a sequence.
pub(super) fn changes_of(
    connection: &Connection,
    record: RecordId,
    until: u64,
) -> Result<Vec<StoredChange>, StoreError> {
    let sql = "
        SELECT record, replica, counter, author, arrived_ms, body, signature FROM log
         WHERE record = ?1 AND sequence <= ?2 AND kind = 0
         ORDER BY sequence";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![record.0, until.cast_signed()], read_change)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What [`read_row`] reads.
pub(super) const ROWS: &str = "
    SELECT log.record, replica, counter, author, arrived_ms, body, signature,
           sequence, log.kind, from_everyone, from_signed_in, from_project,
           coalesce(everyone, 0), coalesce(signed_in, 0), project
      FROM log LEFT JOIN audience ON audience.record = log.record";

/// Reads everything that the log holds of a record.
pub(super) fn rows_of(
    connection: &Connection,
    record: RecordId,
) -> Result<Vec<LogRow>, StoreError> {
    let sql = format!("{ROWS} WHERE log.record = ?1 ORDER BY sequence");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([record.0], |row| Ok(read_row(row)))?;
    rows.map(|row| row?).collect()
}

/// Reads the changes of a record after a sequence.
pub(super) fn changes_since(
    connection: &Connection,
    record: RecordId,
    after: u64,
) -> Result<Vec<(u64, StoredChange)>, StoreError> {
    let sql = "
        SELECT record, replica, counter, author, arrived_ms, body, signature, sequence FROM log
         WHERE record = ?1 AND sequence > ?2 AND kind = 0
         ORDER BY sequence";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let sequence: i64 = row.get(7)?;
        Ok((sequence.cast_unsigned(), read_change(row)?))
    };
    let rows = statement.query_map(params![record.0, after.cast_signed()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads the log after a sequence, at least one row, then until `bytes_max` is reached.
pub(super) fn read_log(
    connection: &Connection,
    after: u64,
    bytes_max: usize,
) -> Result<Vec<LogRow>, StoreError> {
    let sql = format!("{ROWS} WHERE sequence > ?1 ORDER BY sequence");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut piece = Piece::new(bytes_max);
    piece.take(statement.query([after.cast_signed()])?)?;
    Ok(piece.rows)
}

/// Rows of one read: at least one, then more until they weigh enough.
pub(super) struct Piece {
    pub(super) rows: Vec<LogRow>,
    bytes: usize,
    bytes_max: usize,
}

impl Piece {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { rows: Vec::new(), bytes: 0, bytes_max }
    }

    /// Says whether no more is to be read.
    pub(super) fn is_full(&self) -> bool {
        let is_heavy = self.bytes >= self.bytes_max && !self.rows.is_empty();
        is_heavy || self.rows.len() >= ROWS_MAX
    }

    /// Takes rows until there are enough, or no more.
    pub(super) fn take(&mut self, mut rows: Rows<'_>) -> Result<(), StoreError> {
        while !self.is_full()
            && let Some(row) = rows.next()?
        {
            let row = read_row(row)?;
            if let LogEntry::Change(change) = &row.entry {
                self.bytes = self.bytes.saturating_add(change.signed.body.len());
            }
            self.rows.push(row);
        }
        Ok(())
    }
}

/// Most rows of one read, so that no reader keeps a connection for long.
pub(super) const ROWS_MAX: usize = 1_000;

fn read_change(row: &Row<'_>) -> rusqlite::Result<StoredChange> {
    let counter: i64 = row.get(2)?;
    let arrived_ms: i64 = row.get(4)?;
    Ok(StoredChange {
        record: RecordId(row.get(0)?),
        id: ChangeId { replica: ReplicaId(row.get(1)?), counter: counter.cast_unsigned() },
        author: AccountId(row.get(3)?),
        arrived_ms: arrived_ms.cast_unsigned(),
        signed: SignedChange { body: row.get(5)?, signature: row.get(6)? },
    })
}

pub(super) fn read_row(row: &Row<'_>) -> Result<LogRow, StoreError> {
    let sequence: i64 = row.get(7)?;
    let record = RecordId(row.get(0)?);
    let entry = match row.get(8)? {
        0 => LogEntry::Change(read_change(row)?),
        1 => LogEntry::Reveal { record, from: read_audience(row, 9)? },
        2 => LogEntry::Conceal { record, from: read_audience(row, 9)? },
        3.. | ..0_i64 => return Err(StoreError::Corrupt { table: "log" }),
    };
    Ok(LogRow { sequence: sequence.cast_unsigned(), entry, audience: read_audience(row, 12)? })
}

/// Reads an audience from three columns, the first at `from`.
pub(super) fn read_audience(row: &Row<'_>, from: usize) -> rusqlite::Result<Audience> {
    let project: Option<[u8; 16]> = row.get(from.saturating_add(2))?;
    Ok(Audience {
        everyone: row.get(from)?,
        signed_in: row.get(from.saturating_add(1))?,
        project: project.map(RecordId),
    })
}

/// Gives who may see a record.
pub(super) fn audience(connection: &Connection, record: RecordId) -> Result<Audience, StoreError> {
    let sql = "SELECT everyone, signed_in, project FROM audience WHERE record = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([record.0], |row| read_audience(row, 0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Gives the last counter of a replica.
pub(super) fn last_counter(connection: &Connection, replica: ReplicaId) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(counter), 0) FROM log WHERE replica = ?1";
    let counter: i64 = connection.prepare_cached(sql)?.query_row([replica.0], |row| row.get(0))?;
    Ok(counter.cast_unsigned())
}

/// Lists the seeds of the server's own keys: today's, and those from before it was restored.
pub(super) fn own_seeds(connection: &Connection) -> Result<Vec<[u8; 32]>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = 'replica_seed' OR name LIKE 'former_seed.%'";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
