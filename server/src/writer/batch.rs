//! Judging a group of submissions against the log as it will be with those before them.

use std::collections::{BTreeMap, HashMap};

use talkoot_core::access::{self, Refusal};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::server::Outcome;
use talkoot_core::text::Policy;

use super::counters::Counters;
use super::record_cache::RecordCache;
use super::{Opened, Origin, Submission};
use crate::store::{Appending, ChangeStore, LogEntry, StoreError, StoredChange};
use talkoot_core::audience::{Audience, Turn};

/// A group commit while it is judged.
pub(super) struct Batch<'a> {
    store: &'a dyn ChangeStore,
    records: &'a mut RecordCache,
    counters: &'a mut Counters,
    /// Changes with an identity of the group that are stored, now or before.
    known: HashMap<ChangeId, SignedChange>,
    entries: Vec<LogEntry>,
    audiences: BTreeMap<RecordId, Audience>,
    head: u64,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        store: &'a dyn ChangeStore,
        records: &'a mut RecordCache,
        counters: &'a mut Counters,
        head: u64,
    ) -> Self {
        let (known, audiences) = (HashMap::new(), BTreeMap::new());
        Self { store, records, counters, known, entries: Vec::new(), audiences, head }
    }

    /// Judges every change, in order.
    pub(super) async fn judge_all(
        &mut self,
        group: &[Submission],
    ) -> Result<Vec<Vec<Outcome>>, StoreError> {
        self.look_for_known(group).await?;
        let mut outcomes = Vec::with_capacity(group.len());
        for submission in group {
            let mut answers = Vec::with_capacity(submission.changes.len());
            for opened in &submission.changes {
                answers.push(self.judge(submission, opened).await?);
            }
            outcomes.push(answers);
        }
        Ok(outcomes)
    }

    /// Finds those changes in the log that may have been stored before.
    async fn look_for_known(&mut self, group: &[Submission]) -> Result<(), StoreError> {
        let mut ids: Vec<ChangeId> = Vec::new();
        for opened in group.iter().flat_map(|submission| &submission.changes) {
            if !self.counters.is_new(self.store, opened.change.id).await? {
                ids.push(opened.change.id);
            }
        }
        if !ids.is_empty() {
            let found = self.store.find(ids.clone()).await?;
            let known = ids.into_iter().zip(found);
            self.known = known.filter_map(|(id, signed)| Some((id, signed?))).collect();
        }
        Ok(())
    }

    /// Gives what is to be appended, and the records that were touched.
    pub(super) fn finish(self) -> (Appending, Vec<RecordId>) {
        let touched = self.audiences.keys().copied().collect();
        let audiences = self.audiences.into_iter().collect();
        (Appending { expected_head: self.head, entries: self.entries, audiences }, touched)
    }

    async fn judge(
        &mut self,
        submission: &Submission,
        opened: &Opened,
    ) -> Result<Outcome, StoreError> {
        let id = opened.change.id;
        if let Some(known) = self.known.get(&id) {
            let same = *known == opened.signed;
            return Ok(if same {
                Outcome::Stored(id)
            } else {
                refused(id, &Refusal::IdentityTaken)
            });
        }
        self.load(opened.change.record).await?;
        Ok(match self.admit(submission, opened) {
            Ok(()) => Outcome::Stored(id),
            Err(refusal) => refused(id, &refusal),
        })
    }

    /// Asks the access table, then folds the change in and notes what is to be appended.
    fn admit(&mut self, submission: &Submission, opened: &Opened) -> Result<(), Refusal> {
        let Opened { change, signed } = opened;
        let arrived_ms = submission.arrived_ms;
        let texts = match submission.origin {
            Origin::Device => Policy::UPDATE,
            Origin::Room { texts } => texts,
        };
        let id = change.record;
        let record = self.records.get(id).ok_or(Refusal::UnknownRecord)?;
        let known = record.kind.is_some();
        let after = access::admit_onto(&submission.caller, Some(&*record), change, &texts)?;
        let before = Audience::of(record);
        *record = after;
        let after = Audience::of(record);
        self.known.insert(change.id, signed.clone());
        self.audiences.insert(id, after);
        self.entries.push(LogEntry::Change(StoredChange {
            id: change.id,
            record: id,
            author: change.author,
            arrived_ms,
            signed: signed.clone(),
        }));
        if known {
            self.entries.extend(turns(id, before, after));
        }
        Ok(())
    }

    /// Makes sure that a record is folded and at hand; one that nobody knows is empty.
    async fn load(&mut self, id: RecordId) -> Result<(), StoreError> {
        if self.records.get(id).is_some() {
            return Ok(());
        }
        let mut record = Record::new(id);
        for stored in self.store.changes_of(id, self.head).await? {
            let change = stored.signed.open();
            record.apply(&change.map_err(|_| StoreError::Corrupt { table: "log" })?);
        }
        // What this batch already added to the record, should the cache have dropped it meanwhile.
        for entry in &self.entries {
            if let LogEntry::Change(stored) = entry
                && stored.record == id
                && let Ok(change) = stored.signed.open()
            {
                record.apply(&change);
            }
        }
        self.records.put(record);
        Ok(())
    }
}

/// Lists the entries that tell others when a change let more or fewer people see a record.
fn turns(record: RecordId, before: Audience, after: Audience) -> impl Iterator<Item = LogEntry> {
    before.turns(&after).into_iter().map(move |turn| match turn {
        Turn::Reveal => LogEntry::Reveal { record, from: before },
        Turn::Conceal => LogEntry::Conceal { record, from: before },
    })
}

fn refused(id: ChangeId, refusal: &Refusal) -> Outcome {
    Outcome::Refused { id: Some(id), code: refusal.code() }
}
