//! Reading everything that a database holds, in one moment, without changing it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::sign::PublicKey;

use super::{OpenError, account_rows, connection, copying, log_rows, record_rows};
use crate::store::{LogRow, RecordRow, StoreError};

/// A database as it was when it was opened.
#[derive(Debug)]
pub struct Inspection(Connection);

impl Inspection {
    /// Opens a database for reading alone.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        // Without a write-ahead file nobody has it open: SQLite then needs no files beside it.
        let database = if copying::write_ahead(path).exists() {
            connection::open_for_reading(path)?
        } else {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            let place = path.to_string_lossy();
            let place = place.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            Connection::open_with_flags(format!("file:{place}?immutable=1"), flags)?
        };
        copying::version(&database)?;
        // Everything is read in one transaction, and so of one moment.
        database.execute_batch("BEGIN")?;
        Ok(Self(database))
    }

    /// Says what SQLite finds wrong with its own structure.
    pub fn integrity(&self) -> Vec<String> {
        let mut said = Vec::new();
        let read = self.0.pragma_query(None, "integrity_check", |row| {
            said.push(row.get::<_, String>(0)?);
            Ok(())
        });
        let foreign = self.0.pragma_query(None, "foreign_key_check", |row| {
            said.push(format!("a row of {} belongs to nothing", row.get::<_, String>(0)?));
            Ok(())
        });
        for cause in [read.err(), foreign.err()].into_iter().flatten() {
            said.push(format!("cannot be checked: {}", StoreError::from(cause)));
        }
        said.retain(|line| line != "ok");
        said
    }

    /// Says where the numbers of the log do not follow each other from 1, or audiences are over.
    pub fn gaps(&self) -> Vec<String> {
        let count = |sql: &str| {
            let count = self.0.query_row(sql, [], |row| row.get::<_, i64>(0));
            count.map_err(StoreError::from)
        };
        let lost = "SELECT coalesce(max(sequence), 0) - count(*) FROM log WHERE sequence > 0";
        let below = "SELECT count(*) FROM log WHERE sequence < 1";
        let over = "SELECT count(*) FROM audience WHERE record NOT IN (SELECT record FROM log)";
        let mut said = Vec::new();
        for (sql, what) in [
            (lost, "entries are missing"),
            (below, "entries lie before the beginning"),
            (over, "audiences are of records that nobody made"),
        ] {
            match count(sql) {
                Ok(0) => {}
                Ok(number) => said.push(format!("{number} {what}")),
                Err(cause) => said.push(format!("cannot be counted: {cause}")),
            }
        }
        said
    }

    /// Lists every record of the log.
    pub fn records(&self) -> Result<Vec<RecordId>, StoreError> {
        let mut statement = self.0.prepare("SELECT DISTINCT record FROM log ORDER BY record")?;
        let rows = statement.query_map([], |row| row.get(0).map(RecordId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Reads everything that the log holds of a record.
    pub fn rows_of(&self, record: RecordId) -> Result<Vec<LogRow>, StoreError> {
        log_rows::rows_of(&self.0, record)
    }

    /// Gives what finding a record needs.
    pub fn record_row(&self, record: RecordId) -> Result<Option<RecordRow>, StoreError> {
        record_rows::one(&self.0, record)
    }

    /// Lists every device, removed ones too: whose it is, and its key.
    pub fn devices(&self) -> Result<Vec<(ReplicaId, AccountId, PublicKey)>, StoreError> {
        let mut statement = self.0.prepare("SELECT replica, account, public_key FROM device")?;
        let rows = statement.query_map([], |row| {
            Ok((ReplicaId(row.get(0)?), AccountId(row.get(1)?), PublicKey(row.get(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the seeds of the server's own keys: today's, and those from before it was restored.
    pub fn own_seeds(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        log_rows::own_seeds(&self.0)
    }

    /// Reads every account with its role and its projects.
    pub fn people(&self) -> Result<usize, StoreError> {
        Ok(account_rows::all(&self.0)?.len())
    }
}
