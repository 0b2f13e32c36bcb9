//! The one place where changes enter the log: judge, store for good, answer, announce.
//!
//! A single task drains a bounded queue. Everything that waits is judged
//! against the folded records and appended in one transaction with one disk
//! sync (group commit). Nobody is answered before that has been confirmed, and
//! nothing is announced before it. If the transaction fails, nobody gets an
//! answer and what was folded for it is forgotten.

mod batch;
mod counters;
mod record_cache;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use talkoot_core::access::Caller;
use talkoot_core::change::Change;
use talkoot_core::id::RecordId;
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::server::Outcome;
use talkoot_core::text::Policy;
use tokio::sync::{mpsc, oneshot, watch};

use self::batch::Batch;
use self::counters::Counters;
use self::record_cache::RecordCache;
use crate::record_watch::RecordWatch;
use crate::store::{AppendError, ChangeStore, LogEntry, StoreError};

/// Submissions that may wait; a device whose push finds the queue full waits with it.
const QUEUE_MAX: usize = 256;
/// Where a group commit is closed, in changes.
const BATCH_CHANGES_SOFT_MAX: usize = 2_000;
/// How often a batch is judged again when another server wrote meanwhile.
const TRIES_MAX: usize = 5;

/// A change whose bytes were read and whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub change: Change,
    pub signed: SignedChange,
}

/// Changes of one caller, oldest first.
#[derive(Debug)]
pub struct Submission {
    pub caller: Caller,
    pub changes: Vec<Opened>,
    pub arrived_ms: u64,
    pub origin: Origin,
}

/// Where changes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A device; whoever keeps its records open is told.
    Device,
    /// An open text, which knows its own changes; its updates are judged under this policy.
    Room { texts: Policy },
}

/// Where the answer to a submission comes.
pub type Answered = oneshot::Receiver<Result<Vec<Outcome>, StoreError>>;

type Waiting = (Submission, oneshot::Sender<Result<Vec<Outcome>, StoreError>>);

/// Hands changes to the writer.
#[derive(Clone, Debug)]
pub struct WriterQueue(mpsc::Sender<Waiting>, Arc<RecordWatch>);

impl WriterQueue {
    /// Waits until the changes are judged and those admitted are stored for good.
    pub async fn submit(&self, submission: Submission) -> Result<Vec<Outcome>, StoreError> {
        self.put(submission).await?.await.map_err(|_| StoreError::Closed)?
    }

    /// Puts changes into the queue and gives where the answer will come.
    pub async fn put(&self, submission: Submission) -> Result<Answered, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.0.send((submission, answer)).await.map_err(|_| StoreError::Closed)?;
        Ok(answered)
    }

    /// Listens for what devices store of a record.
    pub fn listen(&self, record: RecordId) -> watch::Receiver<u64> {
        self.1.listen(record)
    }

    /// Waits until changes of several callers are judged, in order, and those admitted stored.
    ///
    /// They stand in the queue together, so they can share a commit.
    pub async fn submit_all(
        &self,
        submissions: Vec<Submission>,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut answers = Vec::with_capacity(submissions.len());
        for submission in submissions {
            answers.push(self.put(submission).await?);
        }
        let mut outcomes = Vec::new();
        for answered in answers {
            outcomes.extend(answered.await.map_err(|_| StoreError::Closed)??);
        }
        Ok(outcomes)
    }
}

/// Judges and stores; there is one for each log in a process.
pub struct Writer {
    store: Arc<dyn ChangeStore>,
    records: RecordCache,
    counters: Counters,
    /// The end of the log; raising it is the announcement.
    head: watch::Sender<u64>,
    open: Arc<RecordWatch>,
    queue: mpsc::Receiver<Waiting>,
}

/// Builds a writer for a log that ends at `head`, and the two ends that others hold.
pub fn writer(
    store: Arc<dyn ChangeStore>,
    head: u64,
) -> (Writer, WriterQueue, watch::Receiver<u64>) {
    let (sender, queue) = mpsc::channel(QUEUE_MAX);
    let (head, announced) = watch::channel(head);
    let open = Arc::new(RecordWatch::default());
    let queue_end = WriterQueue(sender, Arc::clone(&open));
    let (records, counters) = (RecordCache::default(), Counters::default());
    let writer = Writer { store, records, counters, head, open, queue };
    (writer, queue_end, announced)
}

impl Writer {
    /// Works until every [`WriterQueue`] is gone and the queue is empty.
    pub async fn run(mut self) {
        while let Some(first) = self.queue.recv().await {
            let group = self.gather(first);
            let (submissions, answers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
            let outcomes = self.store_group(&submissions).await;
            if let Err(cause) = &outcomes {
                tracing::error!(%cause, submissions = submissions.len(), "nothing could be stored");
            }
            answer_all(answers, outcomes);
        }
    }

    /// Takes what waits, up to the size of a group commit.
    fn gather(&mut self, first: Waiting) -> Vec<Waiting> {
        let mut changes = first.0.changes.len();
        let mut group = vec![first];
        while changes < BATCH_CHANGES_SOFT_MAX {
            let Ok(next) = self.queue.try_recv() else { break };
            changes = changes.saturating_add(next.0.changes.len());
            group.push(next);
        }
        group
    }

    async fn store_group(&mut self, group: &[Submission]) -> Result<Vec<Vec<Outcome>>, StoreError> {
        for _ in 0..TRIES_MAX {
            let head = *self.head.borrow();
            let mut batch = Batch::new(&*self.store, &mut self.records, &mut self.counters, head);
            let outcomes = batch.judge_all(group).await;
            let (appending, touched) = batch.finish();
            let outcomes = outcomes.inspect_err(|_| self.records.forget(&touched))?;
            if appending.entries.is_empty() {
                if self.is_up_to_date(&outcomes).await? {
                    return Ok(outcomes);
                }
                continue;
            }
            let ids: Vec<_> = appending.entries.iter().filter_map(LogEntry::change).collect();
            match self.store.append(appending).await {
                Ok(head) => {
                    self.counters.stored(ids.into_iter());
                    self.announce(group, head);
                    return Ok(outcomes);
                }
                Err(AppendError::HeadMoved { head }) => {
                    self.forget_all();
                    self.announce_all(head);
                }
                Err(AppendError::IdentityTaken) => self.forget_all(),
                Err(AppendError::Store(cause)) => {
                    self.records.forget(&touched);
                    return Err(cause);
                }
            }
        }
        Err(StoreError::Busy)
    }

    /// Makes sure that nobody is refused for not knowing what another server stored meanwhile.
    async fn is_up_to_date(&mut self, outcomes: &[Vec<Outcome>]) -> Result<bool, StoreError> {
        let is_refusal = |outcome: &Outcome| matches!(outcome, Outcome::Refused { .. });
        if !outcomes.iter().flatten().any(is_refusal) {
            return Ok(true);
        }
        let head = self.store.log_state().await?.head;
        let is_same = head == *self.head.borrow();
        if !is_same {
            self.forget_all();
            self.announce_all(head);
        }
        Ok(is_same)
    }

    /// Somebody else wrote to the log: what is known of it may be old.
    fn forget_all(&mut self) {
        self.records.clear();
        self.counters.clear();
    }

    fn announce(&self, group: &[Submission], head: u64) {
        self.head.send_replace(head);
        let from_devices = group.iter().filter(|submission| submission.origin == Origin::Device);
        let changes = from_devices.flat_map(|submission| &submission.changes);
        self.open.stored(changes.map(|opened| opened.change.record), head);
    }

    fn announce_all(&self, head: u64) {
        self.head.send_replace(head);
        self.open.all_stored(head);
    }
}

fn answer_all(
    answers: Vec<oneshot::Sender<Result<Vec<Outcome>, StoreError>>>,
    outcomes: Result<Vec<Vec<Outcome>>, StoreError>,
) {
    let each: Vec<Result<Vec<Outcome>, StoreError>> = match outcomes {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(cause) => answers.iter().map(|_| Err(cause)).collect(),
    };
    for (answer, outcome) in answers.into_iter().zip(each) {
        // A device that has gone asks again when it is back; the change is stored all the same.
        drop(answer.send(outcome));
    }
}
