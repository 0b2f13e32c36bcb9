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
use crate::held::{Arrival, Decider, Decision, Held, HeldStore, Standing, Taken};

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

    fn waiting(&self) -> Answer<'_, Vec<Held>> {
        self.run(|db| held_rows::waiting(db))
    }

    fn standing(&self, id: CommentId) -> Answer<'_, Option<Standing>> {
        self.run(move |db| held_rows::standing(db, id))
    }

    /// The file is written anew without the words.
    fn decide(&self, id: CommentId, decision: Decision, by: Decider) -> Answer<'_, bool> {
        self.run(move |db| {
            let waited = held_rows::decide(db, id, &decision, by)?;
            db.execute_batch("VACUUM")?;
            Ok(waited)
        })
    }
}

#[cfg(test)]
mod tests {
    use talkoot_core::comment::Typed;
    use talkoot_core::id::{AccountId, RecordId};

    use super::*;
    use crate::held::Sender;
    use crate::store::sample::TempFolder;

    #[tokio::test]
    async fn oc13_a_decision_is_noted_once_and_the_next_one_hears_that_nothing_waited() {
        let folder = TempFolder::new();
        let rows = HeldRows::open(&folder.0.join("comments.db")).unwrap();
        let (id, record) = (CommentId([1; 16]), RecordId([7; 16]));
        let sender = Sender { hash: [3; 32], is_known: true };
        let typed = Typed { words: "said".to_owned(), ..Typed::default() };
        let arrival = Arrival { id, record, typed, written_ms: 1, arrived_ms: 2, sender };
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
