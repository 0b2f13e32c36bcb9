//! Bringing the write-ahead file into the database while nobody waits for it.
//!
//! SQLite would do it in the commit that makes the file long, and everybody who
//! writes would wait some ten milliseconds. A thread of its own does it beside
//! the writer, who then brings in the few pages that came meanwhile: everything
//! is in, and the next commit begins the file anew.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::connection::{self, OpenError, Worker};
use crate::store::StoreError;

/// Pages of the file from which on they are brought in: as many as SQLite itself would let be.
/// A longer file would be written over later, and to write over it is quicker than to lengthen it.
const PAGES_MANY: i32 = 1_000;
/// Pages more, where somebody who read for long kept the file from being begun anew.
const PAGES_MORE: i32 = 1_000;

/// Nothing is to do.
const AT_REST: u8 = 0;
/// The thread works.
const BUSY: u8 = 1;
/// The thread has done its part; the writer does the rest.
const NEARLY_DONE: u8 = 2;

thread_local! {
    /// How long the file was after this thread's last commit.
    static PAGES: Cell<i32> = const { Cell::new(0) };
    /// How long it has to be before something is done.
    static PAGES_NEXT: Cell<i32> = const { Cell::new(PAGES_MANY) };
}

/// Keeps the write-ahead file short.
#[derive(Debug)]
pub(super) struct Tidier {
    worker: Worker,
    step: Arc<AtomicU8>,
}

/// Makes a writing connection leave the write-ahead file alone and count its pages.
pub(super) fn leave_to_another(writer: &Connection) {
    // The hook takes the place of SQLite's own, which would bring the pages in.
    writer.wal_hook(Some(count));
}

#[expect(clippy::unnecessary_wraps, reason = "the form of SQLite's hook")]
fn count(_: &Wal, pages: i32) -> rusqlite::Result<()> {
    PAGES.set(pages);
    Ok(())
}

impl Tidier {
    /// Starts the thread, with a connection of its own.
    pub(super) fn start(path: &Path) -> Result<Self, OpenError> {
        let worker = Worker::start(connection::open_beside(path)?)?;
        Ok(Self { worker, step: Arc::default() })
    }

    /// Looks after a commit, on the writer's thread, whether there is something to do.
    pub(super) fn wrote(&self, writer: &Connection) {
        let pages = PAGES.get();
        match self.step.load(Ordering::Acquire) {
            AT_REST if pages >= PAGES_NEXT.get() => self.begin(),
            NEARLY_DONE => {
                let all = bring_in(writer).unwrap_or(false);
                PAGES_NEXT.set(if all { PAGES_MANY } else { pages.saturating_add(PAGES_MORE) });
                self.step.store(AT_REST, Ordering::Release);
            }
            _ => {}
        }
    }

    fn begin(&self) {
        self.step.store(BUSY, Ordering::Release);
        let step = Arc::clone(&self.step);
        drop(self.worker.run::<_, StoreError, _>(move |database| {
            let done = bring_in(database);
            step.store(NEARLY_DONE, Ordering::Release);
            done
        }));
    }
}

/// Brings in what it can without making anybody wait; true when that was everything.
fn bring_in(database: &Connection) -> Result<bool, StoreError> {
    let sql = "PRAGMA wal_checkpoint(PASSIVE)";
    let mut statement = database.prepare_cached(sql)?;
    let (pages, done): (i64, i64) =
        statement.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))?;
    Ok(pages == done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::TempFolder;
    use crate::store::sqlite::SqliteStore;

    #[tokio::test]
    async fn n21_the_write_ahead_file_stays_short_although_nobody_who_writes_brings_it_in() {
        let folder = TempFolder::new();
        let path = folder.0.join("talkoot.db");
        let store = SqliteStore::open(&path).unwrap();
        let begun = std::fs::metadata(&path).unwrap().len();
        let mut rounds = 0;
        // A round is 300 pages; each is written by one commit, and none of them waits.
        while std::fs::metadata(&path).unwrap().len() < begun + 4 * 1_048_576 {
            rounds += 1;
            assert!(rounds < 2_000, "nobody brought the pages in");
            write_pages(&store).await;
        }
        let ahead = std::fs::metadata(folder.0.join("talkoot.db-wal")).unwrap().len();
        assert!(ahead < 64 * 1_048_576, "{ahead} bytes are left");
    }

    async fn write_pages(store: &SqliteStore) {
        let tidier = store.tidier.clone().unwrap();
        let written = store.write::<_, StoreError, _>(move |db| {
            db.execute_batch("CREATE TABLE IF NOT EXISTS words (word BLOB)")?;
            db.execute("INSERT INTO words VALUES (randomblob(1228800))", [])?;
            tidier.wrote(db);
            Ok(())
        });
        written.await.unwrap();
    }
}
