//! Whole databases: copied while they are written to, checked, given another log.
//!
//! Nothing here goes through the store's threads: a copy is made beside a running
//! server, and a database that is being restored is open nowhere else.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::connection::{self, OpenError, SCHEMA};
use crate::store::StoreError;

/// All pages in one step: a step reads them in one transaction, and in WAL mode nobody who
/// writes waits for it.
const PAGES_PER_STEP: i32 = i32::MAX;
/// How long to wait where another program holds the database for itself.
const PAUSE: Duration = Duration::from_millis(50);

/// Copies a database as it is at this moment into an empty or absent file, and checks the copy.
///
/// Gives the version of its tables. The copy is not yet safe from a power cut.
pub fn copy(from: &Path, to: &Path) -> Result<u32, OpenError> {
    let source = connection::open_for_reading(from)?;
    let version = version(&source)?;
    let mut target = Connection::open(to)?;
    // Whoever asked for the copy syncs it once, as a whole.
    target.pragma_update(None, "synchronous", "OFF")?;
    Backup::new(&source, &mut target)?.run_to_completion(PAGES_PER_STEP, PAUSE, None)?;
    check(&target)?;
    close(target)?;
    Ok(version)
}

/// Makes a database that nobody else has open another log, and brings its tables up to date.
///
/// The server will make itself another key as well: with the former one it has signed changes
/// after the backup, and their numbers must not be given again. That one stays to prove them.
///
/// Who is kept out from sending comments lies beside the database that is replaced, named by that
/// one's secret: `senders`, where it has one, becomes the secret of this one.
pub fn begin_other_log(path: &Path, log: u64, senders: Option<[u8; 32]>) -> Result<(), OpenError> {
    let mut database = connection::open(path)?;
    check(&database)?;
    let tx = database.transaction()?;
    let put = "
        INSERT INTO meta (name, value) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET value = ?2";
    tx.execute(put, params!["log", log.to_be_bytes()])?;
    if let Some(senders) = senders {
        tx.execute(put, params!["sender_seed", senders])?;
    }
    let key = "UPDATE meta SET name = ?1 WHERE name = 'replica_seed'";
    tx.execute(key, params![format!("former_seed.{log:016x}")])?;
    tx.commit()?;
    close(database)
}

/// Gives the secret by which a database names senders of comments, where it has one.
pub fn sender_seed(path: &Path) -> Result<Option<[u8; 32]>, OpenError> {
    let database = connection::open_for_reading(path)?;
    let sql = "SELECT value FROM meta WHERE name = 'sender_seed'";
    Ok(database.query_row(sql, [], |row| row.get(0)).optional()?)
}

/// Brings what waits in the write-ahead file of a database into it, and closes it.
pub fn settle(path: &Path) -> Result<(), OpenError> {
    close(connection::open(path)?)
}

/// Gives the place of the write-ahead file that lies beside a database while it is open.
pub fn write_ahead(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Gives the version of a database's tables, if this program knows it.
pub(super) fn version(database: &Connection) -> Result<u32, OpenError> {
    let found = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA { Err(OpenError::Newer { found, known: SCHEMA }) } else { Ok(found) }
}

/// Makes sure that SQLite finds every page where it belongs.
fn check(database: &Connection) -> Result<(), OpenError> {
    let said: String = database.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Corrupt { table: "(file)" }.into()) }
}

/// The last connection to close brings the write-ahead file in and removes it.
fn close(database: Connection) -> Result<(), OpenError> {
    database.close().map_err(|(_, cause)| cause.into())
}
