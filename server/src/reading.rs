//! A record as readers without the app get it: folded here when somebody asks.
//!
//! The fold is core's. What comes of it is kept for a while ([`Readings`]),
//! named by the record and its last sequence, so that reading one twice costs
//! little and a change is never overlooked. While something is written that is not
//! published, it holds two readings: one for those who may write the record, one for
//! everybody else ([`Folded::seen_by`]). Folding happens on threads of its
//! own, two at a time: a reader with patience cannot keep the server from its
//! work. Nothing here asks who may see a record; whoever asks for a reading has
//! put that to the access table.

mod cache;
mod improving;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use talkoot_core::access::{self, Caller, Deal};
use talkoot_core::change::Change;
use talkoot_core::choice::{Choice, Side, choices};
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::language::Language;
use talkoot_core::notebook::Notebook;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::published::published;
use talkoot_core::record::Record;
use talkoot_core::record_page::{self, RecordPage, Texts};
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;
use talkoot_core::summary::Summary;
use talkoot_core::sync::message::Holding;
use talkoot_core::thread::{PostView, Thread};
use tokio::sync::Semaphore;

use self::cache::Cache;
use crate::services::anyone;
use crate::store::{ChangeStore, RecordRow, RecordSearch, RecordStore, StoreError, StoredChange};

/// Records that are folded at the same time.
const FOLDS_MAX: usize = 2;
/// Rows of one look at the store: most are in sight of most callers.
const ROWS_MAX: usize = 256;

/// A folded record with its words.
#[derive(Debug)]
pub struct Reading {
    pub record: Record,
    pub summary: Summary,
    /// The texts that somebody wrote, in the order in which people read them.
    pub texts: Texts,
}

/// What a record says, and what is published of it.
#[derive(Debug)]
pub struct Folded {
    /// What a device is compared with.
    pub holding: Holding,
    now: Reading,
    /// Absent where it says what is published.
    published: Option<Reading>,
    /// Whether somebody without an account could see it at some time.
    pub was_public: bool,
}

impl Folded {
    /// Gives what a caller sees: what is published, if he may not write the record (rule D12).
    pub fn seen_by(&self, caller: &Caller) -> &Reading {
        let published = self.published.as_ref();
        published.filter(|_| !self.writes(caller)).unwrap_or(&self.now)
    }

    /// Says whether a caller sees something else than those who write the record.
    pub fn is_pinned_for(&self, caller: &Caller) -> bool {
        self.published.is_some() && !self.writes(caller)
    }

    fn writes(&self, caller: &Caller) -> bool {
        access::may(caller, &self.now.record, Deal::Edit)
    }
}

impl Reading {
    fn of(open: OpenRecord) -> Option<Self> {
        let summary = Summary::of(&open)?;
        let texts = record_page::texts(&open);
        Some(Self { record: open.record, summary, texts })
    }

    /// Lists the accounts that the reading names, in a fixed order.
    pub fn authors(&self) -> Vec<AccountId> {
        let deeds = [self.summary.created.author, self.summary.modified.author];
        let choices = choices(&self.record).into_iter().flat_map(|choice| match choice {
            Choice::Field { sides, .. } => authors(&sides),
            Choice::Item { sides, removals, .. } => {
                let removals = removals.iter().map(|deed| deed.author);
                authors(&sides).into_iter().chain(removals).collect()
            }
            Choice::Answer { sides, .. } => authors(&sides),
            Choice::Publication { sides } => authors(&sides),
            Choice::Trashing { trashed, edits } => {
                let edits = edits.iter().map(|deed| deed.author);
                authors(&trashed).into_iter().chain(edits).collect()
            }
        });
        deeds.into_iter().chain(choices).chain(voices(&self.record)).collect()
    }

    /// Gives the language of its page: its own where the workspace speaks that.
    pub fn language(&self) -> Language {
        let tag = self.summary.language.as_deref();
        tag.and_then(Language::of_tag).unwrap_or_default()
    }

    /// Gives it as a page for people. What it points to may not be for every reader.
    pub fn page(&self) -> RecordPage<'_> {
        let Self { record, summary, texts, .. } = self;
        RecordPage {
            record,
            summary,
            texts,
            language: self.language(),
            names: &|_| None,
            people: &|_| None,
            clock: &|_| None,
            is_public: false,
        }
    }
}

/// Lists the accounts that the posts of a thread name.
fn voices(record: &Record) -> Vec<AccountId> {
    let posts = Thread::of(record).map(|thread| thread.posts).unwrap_or_default();
    let of = |post: PostView<'_>| {
        let reacted = post.reactions.into_values().flatten();
        let retracted = post.retracted.map(|it| it.by.author);
        std::iter::once(post.author).chain(retracted).chain(reacted).collect::<Vec<_>>()
    };
    let named: BTreeSet<AccountId> = posts.into_iter().flat_map(of).collect();
    named.into_iter().collect()
}

fn authors<T>(sides: &[Side<T>]) -> Vec<AccountId> {
    sides.iter().map(|side| side.author).collect()
}

/// Where records are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On threads of their own, which need a running runtime.
    Threads,
    /// Where they are asked for: whoever drives the server by hand has no threads.
    Here,
}

/// Folds records for readers, and keeps what was read lately.
#[derive(Debug)]
pub struct Readings {
    place: Place,
    kept: Mutex<Cache>,
    turns: Semaphore,
}

impl Readings {
    /// Starts with nothing read.
    pub fn new(place: Place) -> Self {
        Self { place, kept: Mutex::default(), turns: Semaphore::new(FOLDS_MAX) }
    }

    /// Gives the readings of a record as of its row.
    pub async fn read(
        &self,
        store: &dyn ChangeStore,
        row: &RecordRow,
    ) -> Result<Arc<Folded>, StoreError> {
        if let Some(kept) = self.kept().get(row.record, row.changed) {
            return Ok(kept);
        }
        let (folded, weight) = self.fold(store, row, fold).await?;
        let folded = Arc::new(folded.ok_or(StoreError::Corrupt { table: "log" })?);
        self.kept().put(row.record, row.changed, Arc::clone(&folded), weight);
        Ok(folded)
    }

    /// Gives what the server holds of a record as of its row, to compare a device's copy with.
    pub async fn holding(
        &self,
        store: &dyn ChangeStore,
        row: &RecordRow,
    ) -> Result<Holding, StoreError> {
        if row.kind == Kind::Notebook {
            // Nobody reads a notebook here, so there is no reading of it to be kept.
            return Ok(self.fold(store, row, held).await?.0);
        }
        Ok(self.read(store, row).await?.holding.clone())
    }

    /// Gives what an account noted, as of the row of its notebook. Whoever asks makes sure that it is
    /// for that account, and keeps nothing of it.
    pub async fn notebook(
        &self,
        store: &dyn ChangeStore,
        row: &RecordRow,
    ) -> Result<Notebook, StoreError> {
        Ok(self.fold(store, row, noted).await?.0)
    }

    /// Folds the changes of a record as of its row when it is this one's turn, and weighs them.
    async fn fold<T: Send + 'static>(
        &self,
        store: &dyn ChangeStore,
        row: &RecordRow,
        fold: fn(RecordId, &[StoredChange]) -> T,
    ) -> Result<(T, usize), StoreError> {
        let turn = self.turns.acquire().await.map_err(|_| StoreError::Closed)?;
        let changes = store.changes_of(row.record, row.changed).await?;
        let weight = changes.iter().map(|change| change.signed.body.len()).sum();
        let record = row.record;
        let folded = self.at_place(move || fold(record, &changes)).await?;
        drop(turn);
        Ok((folded, weight))
    }

    async fn at_place<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        match self.place {
            Place::Threads => {
                let working = tokio::task::spawn_blocking(work);
                working.await.map_err(|_| StoreError::Corrupt { table: "log" })
            }
            Place::Here => Ok(work()),
        }
    }

    /// A panic elsewhere leaves the cache whole: each of its steps is one call.
    fn kept(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds records that a caller may see, at most `count`.
pub async fn find(
    store: &dyn RecordStore,
    caller: &Caller,
    mut search: RecordSearch,
    count: usize,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = Vec::new();
    loop {
        let rows = store.records(search, ROWS_MAX).await?;
        let Some(last) = rows.last().copied() else { return Ok(found) };
        let is_end = rows.len() < ROWS_MAX;
        found.extend(rows.into_iter().filter(|row| is_for(row, caller)));
        if is_end || found.len() >= count {
            found.truncate(count);
            return Ok(found);
        }
        search.after = last.created;
    }
}

/// Finds one record that a caller may see, to compare it with what a device of theirs holds:
/// their notebook too.
pub async fn find_held(
    store: &dyn RecordStore,
    caller: &Caller,
    record: RecordId,
) -> Result<Option<RecordRow>, StoreError> {
    let row = store.record(record).await?;
    Ok(row.filter(|row| row.audience.includes(caller)))
}

/// Finds one record that a caller may see and read here.
pub async fn find_one(
    store: &dyn RecordStore,
    caller: &Caller,
    record: RecordId,
) -> Result<Option<RecordRow>, StoreError> {
    let row = find_held(store, caller, record).await?;
    Ok(row.filter(|row| is_for(row, caller)))
}

/// A notebook is for its account's own devices, which keep it in step; nobody reads it here.
fn is_for(row: &RecordRow, caller: &Caller) -> bool {
    row.kind != Kind::Notebook && row.audience.includes(caller)
}

fn fold(record: RecordId, changes: &[StoredChange]) -> Option<Folded> {
    of_changes(record, changes.iter().map(|change| &change.signed))
}

fn held(record: RecordId, changes: &[StoredChange]) -> Holding {
    let changes = changes.iter().map(|change| &change.signed);
    Holding::of(&open_of(record, changes, |_| ()))
}

fn noted(record: RecordId, changes: &[StoredChange]) -> Notebook {
    let changes = changes.iter().map(|change| &change.signed);
    Notebook::of(&open_of(record, changes, |_| ()).record)
}

/// Folds changes, and lets somebody look after each; one of a newer program is counted, and its
/// words are left out.
fn open_of<'a>(
    record: RecordId,
    changes: impl Iterator<Item = &'a SignedChange>,
    mut look: impl FnMut(&OpenRecord),
) -> OpenRecord {
    let mut open = OpenRecord::new(record);
    for change in changes {
        match change.open() {
            Ok(change) => drop(open.apply(&change)),
            Err(_) => open.note_unreadable(),
        }
        look(&open);
    }
    open
}

/// Folds changes into what readers get.
fn of_changes<'a>(
    record: RecordId,
    changes: impl Iterator<Item = &'a SignedChange> + Clone,
) -> Option<Folded> {
    let mut was_public = false;
    let open = open_of(record, changes.clone(), |open| {
        was_public = was_public || access::may(&anyone(), &open.record, Deal::See);
    });
    let published = open.record.has_unpublished().then(|| {
        let changes: Vec<Change> = changes.filter_map(|change| change.open().ok()).collect();
        published(&open, &changes)
    });
    let published = published.flatten().and_then(Reading::of);
    let holding = Holding::of(&open);
    Some(Folded { holding, now: Reading::of(open)?, published, was_public })
}
