//! Opening a SQLite database, migrating it, and the thread that owns a connection.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tokio::sync::oneshot;

use super::super::{Answer, StoreError};
use super::record_rows;

/// The migrations, oldest first; the number of each is its place, from 1.
const MIGRATIONS: [&str; 4] = [
    include_str!("../../../migrations/sqlite/0001_log.sql"),
    include_str!("../../../migrations/sqlite/0002_accounts.sql"),
    include_str!("../../../migrations/sqlite/0003_records.sql"),
    include_str!("../../../migrations/sqlite/0004_digests.sql"),
];

/// The version of the tables that this program works with.
pub const SCHEMA: u32 = 4;

/// The version of the tables from which on the kind of each record is kept.
const KINDS_KEPT_FROM: u32 = 3;

/// How long one program waits for another's write.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps.
const STATEMENTS_KEPT: usize = 64;

/// Why a database could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("the database has version {found}, this program knows {known}")]
    Newer { found: u32, known: u32 },
    #[error("the file is not a database")]
    NotADatabase,
    #[error("no thread could be started")]
    Thread,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for OpenError {
    fn from(cause: rusqlite::Error) -> Self {
        match cause.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotADatabase,
            _ => Self::Store(cause.into()),
        }
    }
}

/// Opens the writing connection of a file and brings its tables up to date.
pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    let mut connection = Connection::open(path)?;
    set_up(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens one more connection to a file that [`open`] has opened, which can write.
pub(super) fn open_beside(path: &Path) -> Result<Connection, OpenError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_up(&connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// Opens one more connection to a file, which cannot write.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    set_up(&connection)?;
    Ok(connection)
}

/// Opens a small database beside the workspace's, in which nothing that was deleted stays
/// readable, and makes its tables if they are absent.
pub(super) fn open_apart(path: &Path, tables: &str) -> Result<Connection, OpenError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        0 => {
            tx.execute_batch(tables)?;
            tx.pragma_update(None, "user_version", 1)?;
        }
        1 => {}
        found => return Err(OpenError::Newer { found, known: 1 }),
    }
    tx.commit()?;
    Ok(connection)
}

/// Opens a database that lives in memory.
pub(super) fn open_in_memory() -> Result<Connection, OpenError> {
    let mut connection = Connection::open_in_memory()?;
    set_up(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

fn set_up(connection: &Connection) -> Result<(), OpenError> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// Runs the migrations that are missing, each in a transaction of its own.
fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA {
        return Err(OpenError::Newer { found, known: SCHEMA });
    }
    for (version, sql) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", version)?;
    }
    if found < KINDS_KEPT_FROM {
        record_rows::fill_kinds(&tx)?;
    }
    tx.commit()?;
    Ok(())
}

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// A thread that owns one connection and works through what it is given, in order.
#[derive(Debug)]
pub(super) struct Worker {
    /// `None` only while the worker ends.
    queue: Option<Sender<Work>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Worker {
    pub(super) fn start(connection: Connection) -> Result<Self, OpenError> {
        let (queue, works) = channel();
        let builder = Builder::new().name("store".to_owned());
        let thread = builder.spawn(move || work_through(connection, &works));
        let thread = Mutex::new(Some(thread.map_err(|_| OpenError::Thread)?));
        Ok(Self { queue: Some(queue), thread })
    }

    pub(super) fn run<'a, T, E, F>(&self, work: F) -> Answer<'a, T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            // Nobody waits any more when the asking connection has gone; the work counts all the same.
            drop(answer.send(work(connection)));
        });
        let sent = self.queue.as_ref().is_some_and(|queue| queue.send(work).is_ok());
        Box::pin(async move {
            if !sent {
                return Err(StoreError::Closed.into());
            }
            answered.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
        })
    }
}

fn work_through(mut connection: Connection, works: &Receiver<Work>) {
    for work in works {
        work(&mut connection);
    }
    if connection.close().is_err() {
        tracing::warn!("a database connection did not close; the next start cleans up");
    }
}

impl Drop for Worker {
    /// Waits until everything given has been done.
    fn drop(&mut self) {
        drop(self.queue.take());
        let thread = self.thread.get_mut().ok().and_then(Option::take);
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("a database thread stopped abnormally");
        }
    }
}
