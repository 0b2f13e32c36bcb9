//! The store in SQLite: one file, one writer, readers beside it.
//!
//! Every statement runs on a thread that owns its connection. The writing
//! connection syncs the disk at each commit (`synchronous=FULL`), so an answer
//! means that the words survive a power cut; reading ones never wait for it
//! (WAL). Queries are plain functions over a connection, one file a subject.

mod account_rows;
mod attempt_rows;
mod connection;
pub mod copying;
mod device_rows;
mod digest_rows;
mod digests;
mod fault;
pub mod held;
mod held_rows;
pub mod inspect;
mod log_rows;
mod log_write;
mod record_rows;
mod session_rows;
mod span_rows;
mod store;
mod tidying;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;

use self::connection::Worker;
pub use self::connection::{OpenError, SCHEMA};
use self::tidying::Tidier;
use super::{Answer, StoreError};

/// Threads that read: pages for many devices at once, on a small machine.
const READERS: usize = 2;

/// Keeps changes and people in one SQLite database.
#[derive(Debug)]
pub struct SqliteStore {
    /// Empty for a database in memory, which only its one connection can see. They end before
    /// the writer: the last connection to close tidies the file up, and must be able to write.
    readers: Vec<Worker>,
    /// Nobody for a database in memory, which has no write-ahead file.
    tidier: Option<Arc<Tidier>>,
    writer: Worker,
    next_reader: AtomicUsize,
}

impl SqliteStore {
    /// Opens a database file, makes it if absent, and brings its tables up to date.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let writer = connection::open(path)?;
        tidying::leave_to_another(&writer);
        let writer = Worker::start(writer)?;
        let tidier = Some(Arc::new(Tidier::start(path)?));
        let reader = |_| Worker::start(connection::open_for_reading(path)?);
        let readers = (0..READERS).map(reader).collect::<Result<_, _>>()?;
        Ok(Self { readers, tidier, writer, next_reader: AtomicUsize::new(0) })
    }

    /// Opens a database that lives as long as the value.
    pub fn in_memory() -> Result<Self, OpenError> {
        let writer = Worker::start(connection::open_in_memory()?)?;
        Ok(Self { readers: Vec::new(), tidier: None, writer, next_reader: AtomicUsize::new(0) })
    }

    fn write<T, E, F>(&self, work: F) -> Answer<'_, T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(work)
    }

    fn read<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let turn = self.next_reader.fetch_add(1, Ordering::Relaxed);
        let reader = turn.checked_rem(self.readers.len()).and_then(|at| self.readers.get(at));
        reader.unwrap_or(&self.writer).run(work)
    }
}
