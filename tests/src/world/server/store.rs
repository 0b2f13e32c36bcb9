//! The server's store over the simulated file: it keeps the contract of `ChangeStore`, or,
//! sabotaged, does not.

mod backup;
mod finding;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use talkoot_core::audience::Audience;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::SignedChange;
use talkoot_server::store::{
    Answer, AppendError, Appending, ChangeStore, LogEntry, LogRow, LogState, Span, StoredChange,
};

pub(crate) use self::backup::Backup;
use super::accounts::People;
use super::door::Door;
use super::file::{self, File, Frame, Left};
use super::held::HeldKept;
use crate::world::Chance;
use crate::world::sabotage::Sabotage;

/// Rows that one read gives: few, so that pages follow each other.
const ROWS_MAX: usize = 1;

/// The store of one running server.
pub(crate) struct SimStore {
    pub(crate) door: Door,
    pub(super) people: Mutex<People>,
    pub(super) held: Mutex<HeldKept>,
    kept: Mutex<Kept>,
    sabotage: Option<Sabotage>,
}

/// The file and what is known of it.
#[derive(Clone, Default)]
struct Kept {
    file: File,
    log: u64,
    rows: Vec<LogEntry>,
    audiences: BTreeMap<RecordId, Audience>,
    places: BTreeMap<ChangeId, usize>,
    server_seed: Option<[u8; 32]>,
    /// By which senders of open comments are named.
    sender_seed: Option<[u8; 32]>,
    /// Those of the server before it was restored.
    former_seeds: Vec<[u8; 32]>,
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // One thread drives a world, so nobody can have left this half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SimStore {
    /// Makes an empty store, whose log has a name.
    pub(crate) fn new(log: u64, sabotage: Option<Sabotage>) -> Self {
        Self::of(Kept { log, ..Kept::default() }, People::default(), sabotage)
    }

    /// What the next server finds after this one died; with a power cut, what was not synced
    /// is at its mercy.
    pub(crate) fn after_crash(&self, power_cut: Option<&mut Chance>) -> (Self, Left) {
        let mut kept = std::mem::take(&mut *locked(&self.kept));
        let left = power_cut.map_or(Left::Nothing, |chance| kept.file.cut_power(chance));
        let kept = kept.reopened(self.is(Sabotage::KeepHalfTransactions));
        let people = std::mem::take(&mut *locked(&self.people));
        let held = Mutex::new(std::mem::take(&mut *locked(&self.held)));
        (Self { held, ..Self::of(kept, people, self.sabotage) }, left)
    }

    fn of(kept: Kept, people: People, sabotage: Option<Sabotage>) -> Self {
        let (people, kept) = (Mutex::new(people), Mutex::new(kept));
        let held = Mutex::default();
        Self { door: Door::default(), people, held, kept, sabotage }
    }

    /// Gives the end of the log.
    pub(crate) fn head(&self) -> u64 {
        locked(&self.kept).head()
    }

    /// Gives the name of the log.
    pub(crate) fn log(&self) -> u64 {
        locked(&self.kept).log
    }

    /// Says whether anybody ever changed who sees a record.
    pub(crate) fn has_turned(&self, record: RecordId) -> bool {
        let marks = |entry: &LogEntry| !matches!(entry, LogEntry::Change(_));
        locked(&self.kept).rows.iter().any(|entry| entry.record() == record && marks(entry))
    }

    /// Says whether something is written that the disk has not confirmed.
    pub(crate) fn is_unsynced(&self) -> bool {
        locked(&self.kept).file.is_unsynced()
    }

    /// Lists every change in the log, in its order.
    pub(crate) fn changes(&self) -> Vec<StoredChange> {
        locked(&self.kept).changes().map(|(_, stored)| stored.clone()).collect()
    }

    pub(super) fn is(&self, sabotage: Sabotage) -> bool {
        self.sabotage == Some(sabotage)
    }

    /// Gives the comments that wait or were decided about.
    pub(crate) fn held(&self) -> HeldKept {
        locked(&self.held).clone()
    }

    fn read<'a, T: Send + 'a>(
        &'a self,
        what: &'static str,
        work: impl FnOnce(&Kept) -> T + Send + 'a,
    ) -> Answer<'a, T> {
        Box::pin(async move {
            self.door.pass(what).await?;
            Ok(work(&locked(&self.kept)))
        })
    }

    fn check(&self, appending: &Appending) -> Result<(), AppendError> {
        let kept = locked(&self.kept);
        let head = kept.head();
        if head != appending.expected_head {
            return Err(AppendError::HeadMoved { head });
        }
        let mut ids: Vec<ChangeId> = appending.entries.iter().filter_map(id_of).collect();
        ids.sort();
        let twice = ids.windows(2).any(|pair| pair.first() == pair.last());
        let taken = twice || ids.iter().any(|id| kept.places.contains_key(id));
        if taken && !self.is(Sabotage::AdmitTwice) {
            return Err(AppendError::IdentityTaken);
        }
        Ok(())
    }

    /// Writes in two parts, syncs, answers: the machine may die between any two of these.
    async fn append_slowly(&self, appending: Appending) -> Result<u64, AppendError> {
        self.door.pass("begin of append").await?;
        self.check(&appending)?;
        let Appending { entries, audiences, .. } = appending;
        let bytes = file::framed(&Frame {
            entries: entries.iter().map(Into::into).collect(),
            audiences: audiences.iter().map(|(record, it)| (*record, (*it).into())).collect(),
        });
        let (first, second) = bytes.split_at(bytes.len() / 2);
        let lies = self.is(Sabotage::AcknowledgeBeforeSync);
        for (what, part) in [("write", first), ("second write", second), ("sync", &[])] {
            if let Err(cause) = self.door.pass(what).await {
                locked(&self.kept).file.take_back();
                return Err(cause.into());
            }
            locked(&self.kept).file.write(part);
        }
        let head = {
            let mut kept = locked(&self.kept);
            if !lies {
                kept.file.sync();
            }
            kept.take_in(entries, audiences);
            kept.head()
        };
        // What fails after the sync cannot be taken back: the answer only comes later.
        while self.door.pass("answer").await.is_err() {}
        Ok(head)
    }
}

impl Kept {
    /// Reads the file anew, as after a start; what memory held beside it is gone.
    fn reopened(mut self, halves: bool) -> Self {
        let frames = self.file.recover(halves);
        let Self { file, log, server_seed, sender_seed, former_seeds, .. } = self;
        let mut next =
            Self { file, log, server_seed, sender_seed, former_seeds, ..Self::default() };
        for frame in frames {
            let audiences = frame.audiences.iter().map(|(record, it)| (*record, (*it).into()));
            let audiences: Vec<_> = audiences.collect();
            let entries = frame.entries.into_iter().filter_map(file::FileEntry::entry);
            next.take_in(entries.collect(), audiences);
        }
        next
    }

    fn head(&self) -> u64 {
        self.rows.len() as u64
    }

    fn take_in(&mut self, entries: Vec<LogEntry>, audiences: Vec<(RecordId, Audience)>) {
        for entry in entries {
            if let Some(id) = id_of(&entry) {
                self.places.insert(id, self.rows.len());
            }
            self.rows.push(entry);
        }
        self.audiences.extend(audiences);
    }

    /// Lists the changes in the log, each with its sequence.
    fn changes(&self) -> impl Iterator<Item = (u64, &StoredChange)> {
        (1..).zip(&self.rows).filter_map(|(sequence, entry)| match entry {
            LogEntry::Change(stored) => Some((sequence, stored)),
            LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => None,
        })
    }

    /// Lists the entries up to a sequence, each with its place.
    fn up_to(&self, until: u64) -> impl Iterator<Item = (usize, &LogEntry)> {
        self.rows.iter().enumerate().take(usize::try_from(until).unwrap_or(usize::MAX))
    }

    fn audience(&self, record: RecordId) -> Audience {
        self.audiences.get(&record).copied().unwrap_or_default()
    }

    fn stored(&self, id: ChangeId) -> Option<SignedChange> {
        match self.rows.get(*self.places.get(&id)?)? {
            LogEntry::Change(stored) => Some(stored.signed.clone()),
            LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => None,
        }
    }
}

fn id_of(entry: &LogEntry) -> Option<ChangeId> {
    match entry {
        LogEntry::Change(stored) => Some(stored.id),
        LogEntry::Reveal { .. } | LogEntry::Conceal { .. } => None,
    }
}

impl ChangeStore for SimStore {
    fn log_state(&self) -> Answer<'_, LogState> {
        self.read("state", |kept| LogState { log: kept.log, head: kept.head() })
    }

    fn append(&self, appending: Appending) -> Answer<'_, u64, AppendError> {
        Box::pin(self.append_slowly(appending))
    }

    fn find(&self, ids: Vec<ChangeId>) -> Answer<'_, Vec<Option<SignedChange>>> {
        let blind = self.is(Sabotage::AdmitTwice);
        self.read("find", move |kept| {
            ids.into_iter().map(|id| kept.stored(id).filter(|_| !blind)).collect()
        })
    }

    fn changes_of(&self, record: RecordId, until: u64) -> Answer<'_, Vec<StoredChange>> {
        self.read("changes of a record", move |kept| {
            let of_record = kept.changes().filter(|(_, stored)| stored.record == record);
            let early = of_record.take_while(|(sequence, _)| *sequence <= until);
            early.map(|(_, stored)| stored.clone()).collect()
        })
    }

    fn changes_since(&self, record: RecordId, after: u64) -> Answer<'_, Vec<(u64, StoredChange)>> {
        self.read("changes since", move |kept| {
            let of_record = kept.changes().filter(|(_, stored)| stored.record == record);
            let later = of_record.filter(|(sequence, _)| *sequence > after);
            later.map(|(sequence, stored)| (sequence, stored.clone())).collect()
        })
    }

    fn read_log(&self, after: u64, bytes_max: usize) -> Answer<'_, Vec<LogRow>> {
        self.read("log", move |kept| {
            let (mut rows, mut bytes) = (Vec::new(), 0);
            let start = usize::try_from(after).unwrap_or(usize::MAX);
            for (place, entry) in kept.rows.iter().enumerate().skip(start).take(ROWS_MAX) {
                if let LogEntry::Change(stored) = entry {
                    bytes += stored.signed.body.len();
                }
                let audience = kept.audience(entry.record());
                rows.push(LogRow { sequence: place as u64 + 1, entry: entry.clone(), audience });
                if bytes >= bytes_max {
                    break;
                }
            }
            rows
        })
    }

    fn latest_first(&self, until: u64) -> Answer<'_, Vec<(RecordId, u64)>> {
        self.read("order of a pass", move |kept| {
            let mut records: BTreeMap<RecordId, (usize, u64)> = BTreeMap::new();
            for (place, entry) in kept.up_to(until) {
                let (last, entries) = records.entry(entry.record()).or_default();
                (*last, *entries) = (place, *entries + 1);
            }
            let mut records: Vec<_> = records.into_iter().collect();
            records.sort_by_key(|(_, (last, _))| Reverse(*last));
            records.into_iter().map(|(record, (_, entries))| (record, entries)).collect()
        })
    }

    fn read_spans(
        &self,
        spans: Vec<Span>,
        until: u64,
        _bytes_max: usize,
    ) -> Answer<'_, Vec<LogRow>> {
        self.read("spans", move |kept| {
            let rows_of = |span: Span| {
                let skip = usize::try_from(span.skip).unwrap_or(usize::MAX);
                let own = kept.up_to(until).filter(move |(_, it)| it.record() == span.record);
                own.skip(skip).map(|(place, entry)| LogRow {
                    sequence: place as u64 + 1,
                    entry: entry.clone(),
                    audience: kept.audience(entry.record()),
                })
            };
            spans.into_iter().flat_map(rows_of).take(ROWS_MAX).collect()
        })
    }

    fn audience(&self, record: RecordId) -> Answer<'_, Audience> {
        self.read("audience", move |kept| kept.audience(record))
    }

    fn last_counter(&self, replica: ReplicaId) -> Answer<'_, u64> {
        self.read("last counter", move |kept| {
            let own = kept.places.keys().filter(|id| id.replica == replica);
            own.map(|id| id.counter).max().unwrap_or(0)
        })
    }

    fn replica_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        Box::pin(async move {
            self.door.pass("server key").await?;
            Ok(*locked(&self.kept).server_seed.get_or_insert(fresh))
        })
    }

    fn sender_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        Box::pin(async move {
            self.door.pass("sender key").await?;
            Ok(*locked(&self.kept).sender_seed.get_or_insert(fresh))
        })
    }

    fn own_seeds(&self) -> Answer<'_, Vec<[u8; 32]>> {
        self.read("server keys", |kept| {
            kept.server_seed.iter().chain(&kept.former_seeds).copied().collect()
        })
    }
}
