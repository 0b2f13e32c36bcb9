//! The writer before a disk that fails, a crowd, and another server on the same database.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use talkoot_core::access::Role;
use talkoot_core::change::Op;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::value::Value;

use super::*;
use crate::store::sample::Maker;
use crate::store::sqlite::SqliteStore;
use crate::store::{Answer, Appending, LogRow, LogState, Span, StoredChange};
use talkoot_core::audience::Audience;

/// A store whose disk can be made to fail, and which counts its commits.
struct Disk {
    store: Arc<SqliteStore>,
    is_full: AtomicBool,
    commits: AtomicUsize,
}

impl Disk {
    fn on(store: &Arc<SqliteStore>) -> Arc<Self> {
        let (is_full, commits) = (AtomicBool::new(false), AtomicUsize::new(0));
        Arc::new(Self { store: Arc::clone(store), is_full, commits })
    }
}

impl ChangeStore for Disk {
    fn append(&self, appending: Appending) -> Answer<'_, u64, AppendError> {
        if self.is_full.load(Ordering::Relaxed) {
            return Box::pin(async { Err(StoreError::Full.into()) });
        }
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.store.append(appending)
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

    fn read_log(&self, after: u64, bytes_max: usize) -> Answer<'_, Vec<LogRow>> {
        self.store.read_log(after, bytes_max)
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

fn store() -> Arc<SqliteStore> {
    Arc::new(SqliteStore::in_memory().unwrap())
}

fn submission(maker: &mut Maker, record: u8, ops: Vec<Op>) -> Submission {
    let (change, signed) = maker.change(RecordId([record; 16]), ops);
    let (account, projects) = (Some(maker.author.account), [].into());
    let caller = Caller { account, role: Role::Coordinator, projects };
    Submission {
        caller,
        changes: vec![Opened { change, signed }],
        arrived_ms: 1,
        origin: Origin::Device,
    }
}

fn create(maker: &mut Maker, record: u8) -> Submission {
    submission(maker, record, vec![Op::Create { kind: Kind::Document }])
}

fn edit(maker: &mut Maker, record: u8) -> Submission {
    let (field, value) = (document_field::TITLE, Value::text("Title"));
    submission(maker, record, vec![Op::SetField { field, value, replaces: vec![] }])
}

fn ids(submission: &Submission) -> Vec<Outcome> {
    submission.changes.iter().map(|opened| Outcome::Stored(opened.change.id)).collect()
}

#[tokio::test]
async fn w2_a_full_disk_acknowledges_nothing_and_what_was_judged_for_it_is_forgotten() {
    let disk = Disk::on(&store());
    let (writer, queue, head) = writer(Arc::clone(&disk) as Arc<dyn ChangeStore>, 0);
    let writing = tokio::spawn(writer.run());
    let mut maker = Maker::new(1);
    let (first, second) = (create(&mut maker, 1), edit(&mut maker, 1));
    disk.is_full.store(true, Ordering::Relaxed);
    let again = || Submission {
        caller: first.caller.clone(),
        changes: first.changes.clone(),
        arrived_ms: 2,
        origin: Origin::Device,
    };
    assert_eq!(queue.submit(again()).await, Err(StoreError::Full));
    assert_eq!(*head.borrow(), 0, "nothing was announced");
    disk.is_full.store(false, Ordering::Relaxed);
    let expected =
        Outcome::Refused { id: Some(second.changes[0].change.id), code: "unknown_record" };
    let early = Submission { changes: second.changes.clone(), ..again() };
    assert_eq!(queue.submit(early).await, Ok(vec![expected]), "the first one never happened");
    assert_eq!(queue.submit(again()).await, Ok(ids(&first)));
    assert_eq!(
        queue.submit(Submission { changes: second.changes.clone(), ..again() }).await,
        Ok(ids(&second))
    );
    assert_eq!(*head.borrow(), 2);
    drop(queue);
    writing.await.unwrap();
}

#[tokio::test]
async fn w2_what_waits_together_is_stored_with_one_commit_and_answered_each() {
    let disk = Disk::on(&store());
    let (writer, queue, _head) = writer(Arc::clone(&disk) as Arc<dyn ChangeStore>, 0);
    let mut crowd = tokio::task::JoinSet::new();
    for number in 1..=40 {
        let (queue, submission) = (queue.clone(), create(&mut Maker::new(number), number));
        crowd.spawn(async move { (ids(&submission), queue.submit(submission).await) });
    }
    // Everybody stands in the queue before the writer starts.
    while queue.0.capacity() > QUEUE_MAX - 40 {
        tokio::task::yield_now().await;
    }
    drop(queue);
    writer.run().await;
    while let Some(answered) = crowd.join_next().await {
        let (expected, answer) = answered.unwrap();
        assert_eq!(answer, Ok(expected));
    }
    assert_eq!(disk.commits.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn w2_two_servers_on_one_database_never_overlook_each_other() {
    let store = store();
    let servers = [(), ()].map(|()| {
        let (writer, queue, head) = writer(Arc::clone(&store) as Arc<dyn ChangeStore>, 0);
        drop(tokio::spawn(writer.run()));
        (queue, head)
    });
    let mut maker = Maker::new(1);
    let first = create(&mut maker, 1);
    let expected = ids(&first);
    assert_eq!(servers[0].0.submit(first).await, Ok(expected));
    for turn in 1..9 {
        // Each builds on what the other server stored.
        let next = edit(&mut maker, 1);
        let expected = ids(&next);
        assert_eq!(servers[turn % 2].0.submit(next).await, Ok(expected), "turn {turn}");
    }
    let twice = create(&mut Maker::new(2), 1);
    let id = Some(twice.changes[0].change.id);
    let refused = Outcome::Refused { id, code: "record_exists" };
    assert_eq!(servers[1].0.submit(twice).await, Ok(vec![refused]));
    assert_eq!(store.log_state().await.unwrap().head, 9);
}
