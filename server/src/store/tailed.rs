//! A log whose last entries are kept at hand, so that those who follow it ask no database.
//!
//! Every commit is read at once by everybody who is connected. What is read here
//! is what the database would give: whole appends, each entry with who may see
//! its record now. Whatever lies further back, the database gives.
//!
//! Only what this process appends is known here. The lock on the data folder
//! keeps other servers out; should the log have grown by another hand, which an
//! append finds out, everything is forgotten.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use talkoot_core::audience::Audience;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::SignedChange;

use super::{
    Answer, AppendError, Appending, ChangeStore, LogEntry, LogRow, LogState, Span, StoredChange,
};

/// Most bytes of changes that are kept.
const BYTES_MAX: usize = 4 * 1_048_576;
/// Most entries that are kept.
const ENTRIES_MAX: usize = 4_096;
/// Most rows of one read, as the database gives them.
const ROWS_MAX: usize = 1_000;

/// A store of changes with the end of its log at hand.
pub struct Tailed {
    store: Arc<dyn ChangeStore>,
    tail: Mutex<Tail>,
}

/// The last entries of the log, without a gap.
#[derive(Debug, Default)]
struct Tail {
    /// The sequence of the last entry.
    end: u64,
    entries: VecDeque<LogEntry>,
    bytes: usize,
    /// Who may see the records of the entries now, and how many entries are theirs.
    audiences: HashMap<RecordId, (Audience, usize)>,
}

impl Tailed {
    /// Starts with nothing at hand.
    pub fn new(store: Arc<dyn ChangeStore>) -> Self {
        Self { store, tail: Mutex::default() }
    }

    fn tail(&self) -> MutexGuard<'_, Tail> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tail {
    /// Takes in what has just been appended.
    fn append(&mut self, appended: Appending, head: u64) {
        if self.end != appended.expected_head {
            *self = Self::default();
        }
        self.end = head;
        for (record, audience) in appended.audiences {
            self.audiences.entry(record).or_insert((audience, 0)).0 = audience;
        }
        for entry in appended.entries {
            if let Some((_, count)) = self.audiences.get_mut(&entry.record()) {
                *count = count.saturating_add(1);
            }
            self.bytes = self.bytes.saturating_add(bytes(&entry));
            self.entries.push_back(entry);
        }
        while self.bytes > BYTES_MAX || self.entries.len() > ENTRIES_MAX {
            self.drop_oldest();
        }
        self.audiences.retain(|_, (_, count)| *count > 0);
    }

    fn drop_oldest(&mut self) {
        let Some(entry) = self.entries.pop_front() else { return };
        self.bytes = self.bytes.saturating_sub(bytes(&entry));
        if let Some((_, count)) = self.audiences.get_mut(&entry.record()) {
            *count = count.saturating_sub(1);
        }
    }

    /// Reads as the database does; `None` if what is asked for lies further back.
    fn read(&self, after: u64, bytes_max: usize) -> Option<Vec<LogRow>> {
        let kept = u64::try_from(self.entries.len()).ok()?;
        let begin = self.end.checked_sub(kept)?;
        let skipped = usize::try_from(after.checked_sub(begin)?).ok()?;
        if after >= self.end {
            return None;
        }
        let (mut rows, mut size, mut sequence) = (Vec::new(), 0_usize, after);
        for entry in self.entries.iter().skip(skipped).take(ROWS_MAX) {
            sequence = sequence.saturating_add(1);
            let (audience, _) = *self.audiences.get(&entry.record())?;
            size = size.saturating_add(bytes(entry));
            rows.push(LogRow { sequence, entry: entry.clone(), audience });
            if size >= bytes_max {
                break;
            }
        }
        Some(rows)
    }
}

fn bytes(entry: &LogEntry) -> usize {
    match entry {
        LogEntry::Change(change) => change.signed.body.len(),
        LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => 0,
    }
}

impl ChangeStore for Tailed {
    fn append(&self, appending: Appending) -> Answer<'_, u64, AppendError> {
        let appended = appending.clone();
        Box::pin(async move {
            let answer = self.store.append(appending).await;
            match answer {
                Ok(head) => self.tail().append(appended, head),
                // Somebody else may have changed who sees what.
                Err(AppendError::HeadMoved { .. } | AppendError::IdentityTaken) => {
                    *self.tail() = Tail::default();
                }
                Err(AppendError::Store(_)) => {}
            }
            answer
        })
    }

    fn read_log(&self, after: u64, bytes_max: usize) -> Answer<'_, Vec<LogRow>> {
        match self.tail().read(after, bytes_max) {
            Some(rows) => Box::pin(std::future::ready(Ok(rows))),
            None => self.store.read_log(after, bytes_max),
        }
    }

    fn log_state(&self) -> Answer<'_, LogState> {
        self.store.log_state()
    }

    fn find(&self, ids: Vec<ChangeId>) -> Answer<'_, Vec<Option<SignedChange>>> {
        self.store.find(ids)
    }

    fn changes_of(&self, record: RecordId, until: u64) -> Answer<'_, Vec<StoredChange>> {
        self.store.changes_of(record, until)
    }

    fn changes_since(&self, record: RecordId, after: u64) -> Answer<'_, Vec<(u64, StoredChange)>> {
        self.store.changes_since(record, after)
    }

    fn latest_first(&self, until: u64) -> Answer<'_, Vec<(RecordId, u64)>> {
        self.store.latest_first(until)
    }

    fn read_spans(
        &self,
        spans: Vec<Span>,
        until: u64,
        bytes_max: usize,
    ) -> Answer<'_, Vec<LogRow>> {
        self.store.read_spans(spans, until, bytes_max)
    }

    fn audience(&self, record: RecordId) -> Answer<'_, Audience> {
        self.store.audience(record)
    }

    fn last_counter(&self, replica: ReplicaId) -> Answer<'_, u64> {
        self.store.last_counter(replica)
    }

    fn replica_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        self.store.replica_seed(fresh)
    }

    fn sender_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        self.store.sender_seed(fresh)
    }

    fn own_seeds(&self) -> Answer<'_, Vec<[u8; 32]>> {
        self.store.own_seeds()
    }
}

#[cfg(test)]
mod tests {
    use talkoot_core::change::Op;
    use talkoot_core::schema::Kind;

    use super::*;
    use crate::store::sample::Maker;
    use crate::store::sqlite::SqliteStore;

    const OPEN: Audience = Audience { everyone: true, signed_in: true, project: None };

    fn appending(maker: &mut Maker, expected_head: u64, record: u8, open: bool) -> Appending {
        let record = RecordId([record; 16]);
        let (change, signed) = maker.change(record, vec![Op::Create { kind: Kind::Document }]);
        let (id, author) = (change.id, change.author);
        let stored = StoredChange { id, record, author, arrived_ms: 7, signed };
        let from = Audience::default();
        let entries = vec![LogEntry::Change(stored), LogEntry::Reveal { record, from }];
        let audience = if open { OPEN } else { Audience::default() };
        Appending { expected_head, entries, audiences: vec![(record, audience)] }
    }

    #[tokio::test]
    async fn n20_what_was_just_stored_is_read_from_memory_as_the_database_gives_it() {
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let tailed = Tailed::new(Arc::clone(&store) as Arc<dyn ChangeStore>);
        let (mut maker, mut head) = (Maker::new(1), 0);
        for round in 0..40_u8 {
            // Who may see a record turns while entries of it are at hand.
            let next = appending(&mut maker, head, round % 7, round % 3 == 0);
            head = tailed.append(next).await.unwrap();
        }
        for after in 0..head {
            for bytes_max in [1, 300, usize::MAX] {
                let at_hand = tailed.tail().read(after, bytes_max);
                let stored = store.read_log(after, bytes_max).await.unwrap();
                assert_eq!(at_hand, Some(stored), "{after} {bytes_max}");
            }
        }
        assert_eq!(tailed.tail().read(head, 1), None);
        assert_eq!(tailed.read_log(head, 1).await, Ok(vec![]));
    }

    #[tokio::test]
    async fn n20_what_lies_further_back_or_came_by_another_hand_is_asked_of_the_database() {
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let tailed = Tailed::new(Arc::clone(&store) as Arc<dyn ChangeStore>);
        let mut maker = Maker::new(1);
        let head = store.append(appending(&mut maker, 0, 1, true)).await.unwrap();
        let head = tailed.append(appending(&mut maker, head, 1, true)).await.unwrap();
        assert_eq!(tailed.tail().read(1, usize::MAX), None);
        assert_eq!(tailed.read_log(1, usize::MAX).await.unwrap().len(), 3);
        assert!(tailed.tail().read(2, usize::MAX).is_some());
        let moved = store.append(appending(&mut maker, head, 1, false)).await.unwrap();
        let late = tailed.append(appending(&mut maker, head, 1, true)).await;
        assert_eq!(late, Err(AppendError::HeadMoved { head: moved }));
        assert_eq!(tailed.tail().read(2, usize::MAX), None);
        let rows = tailed.read_log(2, usize::MAX).await.unwrap();
        assert!(rows.iter().all(|row| row.audience == Audience::default()));
    }

    #[tokio::test]
    async fn n20_the_tail_stays_bounded() {
        let mut tail = Tail::default();
        let (mut maker, mut head) = (Maker::new(1), 0);
        for round in 0..5_000_u64 {
            let record = u8::try_from(round % 251).unwrap();
            tail.append(appending(&mut maker, head, record, true), head + 2);
            head += 2;
            assert!(tail.entries.len() <= ENTRIES_MAX && tail.bytes <= BYTES_MAX);
        }
        assert_eq!(tail.audiences.values().map(|(_, count)| count).sum::<usize>(), ENTRIES_MAX);
        assert!(tail.read(head - 1, 1).is_some());
    }
}
