//! The signals that screens read, and what follows from them alone.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use talkoot_core::access::Caller;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::summary::Summary;
use talkoot_core::sync::outbox::Work;

use super::{LineState, Phase, RecordSync, Summaries, SyncStatus};

/// The person at this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Me {
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) caller: Caller,
}

/// Everything that screens read of the workspace.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) phase: RwSignal<Phase>,
    /// Absent while reading without an account.
    pub(crate) me: RwSignal<Option<Me>>,
    pub(crate) summaries: RwSignal<Summaries>,
    pub(crate) people: RwSignal<BTreeMap<AccountId, String>>,
    pub(crate) status: RwSignal<SyncStatus>,
    /// Whether a new version waits to be changed to.
    pub(crate) update_ready: RwSignal<bool>,
    /// When this person was last here, in milliseconds since 1970.
    pub(crate) last_visit_ms: RwSignal<Option<u64>>,
    /// For each record with waiting work: how many things, and whether it was begun here.
    waiting: Memo<BTreeMap<RecordId, (usize, bool)>>,
    /// The records whose newest work was refused and lies aside.
    set_aside: Memo<BTreeSet<RecordId>>,
}

impl Shown {
    /// Makes the signals of a tab that has just opened.
    pub(crate) fn new() -> Self {
        let status = RwSignal::new(SyncStatus::default());
        Self {
            phase: RwSignal::new(Phase::Starting),
            me: RwSignal::new(None),
            summaries: RwSignal::new(Summaries::default()),
            people: RwSignal::new(BTreeMap::new()),
            status,
            update_ready: RwSignal::new(false),
            last_visit_ms: RwSignal::new(None),
            waiting: Memo::new(move |_| status.with(waiting_by_record)),
            set_aside: Memo::new(move |_| {
                status.with(|status| status.set_aside.iter().map(|it| it.record).collect())
            }),
        }
    }

    /// Counts the choices of a record that wait for this person.
    pub(crate) fn choices_of(self, summary: &Summary) -> usize {
        self.me.with(|me| me.as_ref().map_or(0, |me| summary.choices_for(&me.caller)))
    }

    /// Counts the open comments that wait for this person, as far as the server has told.
    pub(crate) fn held_count(self) -> usize {
        self.status.with(|status| status.held.as_ref().map_or(0, Vec::len))
    }

    /// Says where the newest work on a record is (rule L8).
    pub(crate) fn record_sync(self, record: RecordId) -> RecordSync {
        let waiting = self.waiting.with(|waiting| waiting.get(&record).copied());
        let (choices, newer) = self.summaries.with(|summaries| {
            summaries.get(record).map(|it| (self.choices_of(it), it.newer)).unwrap_or_default()
        });
        let is_set_aside = self.set_aside.with(|records| records.contains(&record));
        match (choices, waiting) {
            _ if is_set_aside => RecordSync::NeedsChoice,
            (1.., _) => RecordSync::NeedsChoice,
            (_, Some((_, true))) => RecordSync::OnlyOnThisDevice,
            (_, Some((count, false))) => RecordSync::Waiting(count),
            _ if newer => RecordSync::Newer,
            _ => self.status.with(|status| given_back(status, record)),
        }
    }

    /// Gives the first project the person belongs to, with its title.
    pub(crate) fn my_project(self) -> Option<(RecordId, String)> {
        let projects = self.me.with(|me| me.as_ref().map(|me| me.caller.projects.clone()))?;
        self.summaries.with(|summaries| {
            projects.iter().find_map(|id| Some((*id, summaries.get(*id)?.title.clone())))
        })
    }

    /// Forgets the account that was open.
    pub(crate) fn clear(self) {
        self.me.set(None);
        self.summaries.update(Summaries::clear);
        self.people.set(BTreeMap::new());
        self.status.set(SyncStatus::default());
        self.last_visit_ms.set(None);
    }
}

/// What is owed is on its way while the line stands, and waits otherwise.
fn given_back(status: &SyncStatus, record: RecordId) -> RecordSync {
    match status.owed.get(&record) {
        Some(_) if status.owes && status.line == LineState::Online => RecordSync::GivingBack,
        Some(count) if status.owes => RecordSync::Waiting(*count),
        Some(_) | None => RecordSync::Synced,
    }
}

fn waiting_by_record(status: &SyncStatus) -> BTreeMap<RecordId, (usize, bool)> {
    let mut waiting: BTreeMap<RecordId, (usize, bool)> = BTreeMap::new();
    for work in &status.waiting {
        let entry = waiting.entry(work.record).or_default();
        entry.0 = entry.0.saturating_add(1);
        entry.1 |= work.work == Work::Created;
    }
    waiting
}
