//! The database of comments that wait, in which nothing that was deleted can be read again.
//!
//! Deleted bytes are overwritten (`secure_delete`), the journal is a file that is gone after each
//! commit instead of one that grows (no WAL), and after each decision the file is written anew
//! (`VACUUM`): it is small, and decisions are few. Senders whose time has passed are forgotten
//! whenever the file is opened, the queue is read and a comment arrives.

use std::path::Path;

use rusqlite::Connection;
use talkoot_core::id::CommentId;

use super::super::{Answer, StoreError};
use super::connection::{OpenError, Worker, open_apart};
use super::held_rows;
use crate::held::{Arrival, Decider, Decision, Held, HeldStore, Standing, Taken};

/// The tables of the version that this program works with.
const TABLES: &str = include_str!("../../../migrations/held/0001_comments.sql");

/// The comments that wait, in one database file.
#[derive(Debug)]
pub struct HeldRows(Worker);

impl HeldRows {
    /// Opens the file, or makes it.
    pub fn open(path: &Path, now_ms: u64) -> Result<Self, OpenError> {
        let mut connection = open_apart(path, TABLES)?;
        held_rows::forget_old(&mut connection, now_ms)?;
        Worker::start(connection).map(Self)
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'_, T> {
        self.0.run(work)
    }
}

impl HeldStore for HeldRows {
    fn take(&self, arrival: Arrival) -> Answer<'_, Taken> {
        self.run(move |db| held_rows::take(db, &arrival))
    }

    fn waiting(&self, now_ms: u64) -> Answer<'_, Vec<Held>> {
        self.run(move |db| {
            held_rows::forget_old(db, now_ms)?;
            held_rows::waiting(db)
        })
    }

    fn standing(&self, id: CommentId) -> Answer<'_, Option<Standing>> {
        self.run(move |db| held_rows::standing(db, id))
    }

    /// The file is written anew without the words, which were overwritten before: where that fails,
    /// the decision stands.
    fn decide(&self, id: CommentId, decision: Decision, by: Decider) -> Answer<'_, bool> {
        self.run(move |db| {
            let waited = held_rows::decide(db, id, &decision, by)?;
            if waited && let Err(cause) = db.execute_batch("VACUUM") {
                let cause = StoreError::from(cause);
                tracing::warn!(%cause, "the file of comments that wait was not written anew");
            }
            Ok(waited)
        })
    }
}

#[cfg(test)]
mod tests {
    use talkoot_core::comment::Typed;
    use talkoot_core::id::{AccountId, RecordId};

    use super::*;
    use crate::held::{BLOCK_MS, Sender, WINDOW_MS};
    use crate::store::sample::TempFolder;

    fn arrival(id: u8, sender: u8, arrived_ms: u64) -> Arrival {
        let (id, record) = (CommentId([id; 16]), RecordId([7; 16]));
        let sender = Sender { hash: [sender; 32], is_known: true };
        let typed = Typed { words: "said".to_owned(), ..Typed::default() };
        Arrival { id, record, typed, written_ms: 1, arrived_ms, sender }
    }

    /// Says whether the file holds the hash of a sender.
    fn knows(path: &Path, sender: u8) -> bool {
        std::fs::read(path).unwrap().windows(32).any(|it| it == [sender; 32])
    }

    #[tokio::test]
    async fn oc11_the_hash_of_a_sender_is_gone_once_its_time_has_passed_whatever_is_asked_next() {
        let folder = TempFolder::new();
        let path = folder.0.join("comments.db");
        let by = |now_ms| Decider { account: AccountId([5; 16]), now_ms };
        let block = || Decision::Rejected { reason: "because".to_owned(), blocks: true };
        let end = 10 + BLOCK_MS;
        // The queue is read.
        let rows = HeldRows::open(&path, 0).unwrap();
        assert_eq!(rows.take(arrival(1, 33, 1)).await, Ok(Taken::Held));
        assert_eq!(rows.decide(CommentId([1; 16]), block(), by(10)).await, Ok(true));
        rows.waiting(end - 1).await.unwrap();
        assert!(knows(&path, 33), "it is kept out until then");
        rows.waiting(end).await.unwrap();
        assert!(!knows(&path, 33));
        // A comment comes that is not held: it came before.
        assert_eq!(rows.take(arrival(2, 34, end)).await, Ok(Taken::Held));
        assert_eq!(rows.decide(CommentId([2; 16]), Decision::Published, by(end)).await, Ok(true));
        let later = end + WINDOW_MS;
        assert_eq!(rows.take(arrival(2, 35, later)).await, Ok(Taken::Known));
        assert!(!knows(&path, 34) && !knows(&path, 35));
        assert_eq!(rows.take(arrival(3, 36, later)).await, Ok(Taken::Held));
        // The file is opened.
        assert_eq!(rows.decide(CommentId([3; 16]), Decision::Published, by(later)).await, Ok(true));
        drop(rows);
        assert!(knows(&path, 36));
        drop(HeldRows::open(&path, later + WINDOW_MS).unwrap());
        assert!(!knows(&path, 36));
    }

    #[tokio::test]
    async fn oc13_a_decision_stands_where_the_file_is_not_written_anew_and_none_writes_nothing() {
        let folder = TempFolder::new();
        let path = folder.0.join("comments.db");
        let rows = HeldRows::open(&path, 0).unwrap();
        let by = Decider { account: AccountId([5; 16]), now_ms: 3 };
        let written = std::fs::read(&path).unwrap();
        assert_eq!(rows.decide(CommentId([9; 16]), Decision::Published, by).await, Ok(false));
        assert_eq!(std::fs::read(&path).unwrap(), written, "nothing waited");
        assert_eq!(rows.take(arrival(1, 3, 2)).await, Ok(Taken::Held));
        // Writing it anew needs one more database at its side than may be there.
        let crowd = (0..10).map(|it| format!("ATTACH ':memory:' AS beside{it};"));
        let crowd: String = crowd.collect();
        let refused = rows.run(move |db| {
            db.execute_batch(&crowd)?;
            Ok(db.execute_batch("VACUUM").is_err())
        });
        assert_eq!(refused.await, Ok(true));
        assert_eq!(rows.decide(CommentId([1; 16]), Decision::Published, by).await, Ok(true));
        let record = RecordId([7; 16]);
        let standing = rows.standing(CommentId([1; 16])).await;
        assert_eq!(standing, Ok(Some(Standing::Published { record })));
        assert!(!std::fs::read(&path).unwrap().windows(4).any(|it| it == b"said"));
    }

    #[tokio::test]
    async fn oc13_a_decision_is_noted_once_and_the_next_one_hears_that_nothing_waited() {
        let folder = TempFolder::new();
        let rows = HeldRows::open(&folder.0.join("comments.db"), 0).unwrap();
        let arrival = arrival(1, 3, 2);
        let (id, record) = (arrival.id, arrival.record);
        assert_eq!(rows.take(arrival.clone()).await, Ok(Taken::Held));
        let by = Decider { account: AccountId([5; 16]), now_ms: 3 };
        let rejected = Decision::Rejected { reason: "because".to_owned(), blocks: false };
        assert_eq!(rows.decide(id, rejected, by).await, Ok(true));
        // It was looked at while it waited, and the other decision came first.
        assert_eq!(rows.decide(id, Decision::Published, by).await, Ok(false));
        assert_eq!(rows.standing(id).await, Ok(Some(Standing::Rejected { record })));
        assert_eq!(rows.decide(CommentId([2; 16]), Decision::Published, by).await, Ok(false));
        assert_eq!(rows.take(arrival).await, Ok(Taken::Known));
    }
}
