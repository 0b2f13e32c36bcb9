//! Changes reach memory, the screens and the other tabs.
//!
//! Whatever the source (this tab, another, the server), the bytes are stored
//! before they come here; a sudden end costs nothing but the work of folding.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;
use wasm_bindgen_futures::spawn_local;

use super::{Desk, LineState, improving};
use crate::local::{Loaded, Refreshed, StoreError, StoredChange};
use crate::record_session::Facts;
use crate::sync::Word;

impl Desk {
    /// Folds stored changes into a record in memory and shows it.
    pub(crate) fn take_in(&self, record: RecordId, changes: &[StoredChange]) {
        if changes.is_empty() {
            return;
        }
        let held = self.held.borrow();
        let texts = self.records.with(record, |loaded| {
            changes.iter().flat_map(|stored| loaded.take(stored, &held)).collect::<Vec<_>>()
        });
        drop(held);
        self.show(record, &texts.unwrap_or_default(), false);
    }

    /// Shows a record that is in memory on the screens that have it.
    pub(crate) fn show(&self, record: RecordId, texts: &[Vec<u8>], anew: bool) {
        let sessions = self.sessions.of(record);
        if sessions.is_empty() {
            return;
        }
        for session in sessions {
            let facts = self.records.with(record, |loaded| {
                let reads = session.reads() || self.only_reads(loaded);
                // What is not folded yet is shown as soon as it is: `pin` comes before a showing.
                loaded.seen(reads).map(Facts::of)
            });
            match facts {
                Some(None) => {}
                Some(facts) => session.show(facts, texts, anew),
                None => session.show(None, texts, anew),
            }
        }
    }

    /// Opens a record for a screen, from memory or from storage.
    pub(crate) async fn bring(&self, record: RecordId) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        if let Some(arrival) = self.records.arrival(record) {
            let newer = local.newer(record, arrival).await?;
            self.take_in(record, &newer);
        } else {
            let held = self.held.borrow().clone();
            for loaded in local.load(&[record], &held).await? {
                self.records.keep(loaded);
            }
        }
        self.pin(record).await?;
        self.show(record, &[], false);
        Ok(())
    }

    /// Summarises records that are in memory: at once for the eye, soon for the disk.
    pub(crate) fn refresh_soon(self: &Rc<Self>, records: Vec<RecordId>) {
        let refreshed: Vec<_> =
            records.iter().filter_map(|record| self.refreshed(*record)).collect();
        self.show_summaries(refreshed.iter().map(|it| (it.record, it.summary.clone())));
        let desk = Rc::clone(self);
        spawn_local(async move {
            match desk.keep_refreshed(refreshed).await {
                Ok(()) => {
                    desk.count_improvements_soon(Some(&records));
                    desk.tell_tabs(&Word::Wrote { records, anew: false });
                }
                Err(cause) => desk.note_fault(cause),
            }
        });
    }

    /// Stores what records have come to look like.
    pub(super) async fn keep_refreshed(&self, all: Vec<Refreshed>) -> Result<(), StoreError> {
        match self.local() {
            Ok(local) => local.keep_refreshed(all).await,
            Err(_) => Ok(()),
        }
    }

    /// Summarises a record in memory, with a snapshot where one is due; not while what its
    /// reader sees is not folded yet: it stays marked as one whose summary is behind.
    pub(super) fn refreshed(&self, record: RecordId) -> Option<Refreshed> {
        let improvements = self.improvements_noted(record);
        let refresh = |loaded: &mut Loaded| {
            let reads = self.only_reads(loaded);
            let mut refreshed = refreshed_of(loaded, reads)?;
            improving::note(&mut refreshed.summary, improvements);
            Some(refreshed)
        };
        self.records.with(record, refresh).flatten()
    }

    /// Puts summaries before the lists.
    pub(super) fn show_summaries(
        &self,
        changed: impl IntoIterator<Item = (RecordId, Option<Summary>)>,
    ) {
        self.shown.summaries.update(|summaries| {
            for (record, summary) in changed {
                summaries.set(record, summary);
            }
        });
    }

    /// Shows what waits, and says on the screens what has reached the server.
    pub(crate) fn show_waiting(&self) {
        let work = self.waiting.work();
        self.shown.status.update(|status| {
            status.waiting = work;
            settle(status, self.waiting.len());
        });
        self.note_sent();
    }

    /// Says on the screens what has reached the server.
    pub(crate) fn note_sent(&self) {
        let owes = self.shown.status.with_untracked(|status| status.owes);
        let mut waiting = self.waiting.records();
        if owes {
            self.shown.status.with_untracked(|status| waiting.extend(status.owed.keys()));
        }
        self.sessions.note_waiting(&waiting);
    }

    /// Counts what the server may lack, once it is known that it may.
    pub(crate) async fn note_owed(&self) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let (may_lack, knows) =
            self.shown.status.with_untracked(|status| (status.owes, !status.owed.is_empty()));
        if may_lack != knows {
            let owed = if may_lack { local.owed_by_record().await? } else { BTreeMap::new() };
            self.shown.status.update(|status| status.owed = owed);
            self.note_sent();
        }
        Ok(())
    }

    /// Does the same when the line has said so.
    pub(crate) fn note_owed_soon(self: &Rc<Self>) {
        let desk = Rc::clone(self);
        spawn_local(async move {
            if let Err(cause) = desk.note_owed().await {
                desk.note_fault(cause);
            }
        });
    }

    /// Says to whoever speaks with the server that something waits.
    pub(super) fn outbox_grew(&self) {
        match self.line() {
            Some(line) => line.outbox_grew(),
            None => self.tell_tabs(&Word::OutboxGrew),
        }
    }

    /// Takes up what another tab has stored (rule L4).
    pub(crate) async fn catch_up(
        self: &Rc<Self>,
        records: &[RecordId],
        anew: bool,
    ) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let on_screen: BTreeSet<RecordId> = self.on_screen();
        for record in records {
            if anew {
                self.records.forget(*record);
            }
            // Without the second part, no screen shows a record.
            if on_screen.contains(record)
                && let Ok(hands) = self.hands().await
            {
                hands.bring(Rc::clone(self), *record, anew).await?;
            } else {
                self.records.forget(*record);
            }
        }
        let summaries = local.summaries_of(records).await?;
        self.show_summaries(summaries);
        self.recount_waiting().await
    }

    /// Takes what waits from the outbox: other tabs put into it and take out of it (rule L4).
    pub(crate) async fn recount_waiting(&self) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let unknown = self.waiting.keep_only(&local.waiting_counters().await?);
        if !unknown.is_empty() {
            self.waiting.add_all(&local.waiting_of(&unknown).await?);
        }
        self.show_waiting();
        Ok(())
    }
}

/// Summarises a record as its reader or its writer sees it.
fn refreshed_of(loaded: &mut Loaded, reads: bool) -> Option<Refreshed> {
    let summary = Summary::of(loaded.seen(reads)?);
    let (record, arrival) = (loaded.open.record.id, loaded.arrival);
    Some(Refreshed { record, arrival, summary, snapshot: loaded.due_snapshot() })
}

/// Nothing is on its way any more when everything has come and gone.
fn settle(status: &mut super::SyncStatus, waiting: usize) {
    let rests = status.line != LineState::Online || (status.caught_up && waiting == 0);
    if rests {
        status.syncing_since_ms = None;
    }
}
