//! The database of comments that wait, in which nothing that was deleted can be read again.
//!
//! Deleted bytes are overwritten (`secure_delete`), the journal is a file that is gone after each
//! commit instead of one that grows (no WAL), and after each decision the file is written anew
//! (`VACUUM`): it is small, and decisions are few.

use std::path::Path;

use rusqlite::Connection;
use talkoot_core::id::CommentId;

use super::super::{Answer, StoreError};
use super::connection::{OpenError, Worker, open_apart};
use super::held_rows;
use crate::held::{Arrival, Decider, Decision, Held, Standing, Taken};

/// The tables of the version that this program works with.
const TABLES: &str = include_str!("../../../migrations/held/0001_comments.sql");

/// The comments that wait, in one database file.
#[derive(Debug)]
pub struct HeldRows(Worker);

impl HeldRows {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Worker::start(open_apart(path, TABLES)?).map(Self)
    }

    /// Takes a comment in, once.
    pub fn take(&self, arrival: Arrival) -> Answer<'_, Taken> {
        self.run(move |db| held_rows::take(db, &arrival))
    }

    /// Lists what waits, the first that came first.
    pub fn waiting(&self) -> Answer<'_, Vec<Held>> {
        self.run(|db| held_rows::waiting(db))
    }

    /// Says how a comment stands, if it came.
    pub fn standing(&self, id: CommentId) -> Answer<'_, Option<Standing>> {
        self.run(move |db| held_rows::standing(db, id))
    }

    /// Notes a decision, forgets the words, and writes the file anew without them.
    pub fn decide(&self, id: CommentId, decision: Decision, by: Decider) -> Answer<'_, ()> {
        self.run(move |db| {
            held_rows::decide(db, id, &decision, by)?;
            Ok(db.execute_batch("VACUUM")?)
        })
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'_, T> {
        self.0.run(work)
    }
}
