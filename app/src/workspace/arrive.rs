//! A page of the server's log arrives: stored first, then folded in slices.
//!
//! A slice ends after a few milliseconds, so that typing never waits for a
//! thousand changes of others (rule L11).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use talkoot_core::id::RecordId;
use talkoot_core::sync::message::{Entry, Page};

use super::Desk;
use super::feed::refreshed_of;
use crate::device;
use crate::local::{NewChange, Refreshed, StoreError, StoredChange};
use crate::sync::Word;

/// How long one slice may keep the browser, in milliseconds.
const SLICE_MS: f64 = 12.0;

impl Desk {
    /// Stores a page with its cursor, then shows what it brought.
    pub(crate) async fn arrive(self: &Rc<Self>, page: &Page) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let records: BTreeSet<RecordId> = page.entries.iter().filter_map(changed).collect();
        self.bring_into_memory(&records).await?;
        let new = page.entries.iter().filter_map(|entry| self.new_change(entry)).collect();
        let stored = local.store_page(page, new, device::now_ms()).await?;
        let came = self.fold_in_slices(stored.changes).await;
        let mut concealed: Vec<RecordId> = page.entries.iter().filter_map(concealed).collect();
        if let Some(brought) = stored.brought {
            concealed.extend(self.not_brought(&brought));
        }
        // A record revealed again later in the same page is not out of sight.
        concealed.retain(|record| last_word_conceals(page, *record));
        let told: Vec<RecordId> = came.iter().map(|it| it.record).collect();
        self.show_summaries(came.iter().map(|it| (it.record, it.summary.clone())));
        self.keep_refreshed(came).await?;
        self.records.trim(&self.on_screen());
        if !told.is_empty() {
            self.tell_tabs(&Word::Wrote { records: told, anew: false });
        }
        self.conceal(&concealed).await
    }

    /// Forgets records that are out of sight, but never what waits to be sent.
    pub(super) async fn conceal(&self, records: &[RecordId]) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        if records.is_empty() {
            return Ok(());
        }
        let forgotten = local.conceal(records).await?;
        for record in &forgotten {
            self.records.forget(*record);
            self.show(*record, &[], true);
        }
        self.show_summaries(forgotten.iter().map(|record| (*record, None)));
        self.tell_tabs(&Word::Wrote { records: forgotten, anew: true });
        Ok(())
    }

    async fn bring_into_memory(&self, records: &BTreeSet<RecordId>) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let missing: Vec<RecordId> =
            records.iter().copied().filter(|it| self.records.arrival(*it).is_none()).collect();
        if !missing.is_empty() {
            let held = self.held.borrow().clone();
            for loaded in local.load(&missing, &held).await? {
                self.records.keep(loaded);
            }
        }
        Ok(())
    }

    /// Gives an entry's change if this device does not have it.
    fn new_change(&self, entry: &Entry) -> Option<NewChange> {
        let Entry::Change { record, arrived_ms, change } = entry else { return None };
        let known = change.open().is_ok_and(|opened| {
            self.records.with(*record, |it| it.open.record.knows(opened.id)).unwrap_or(false)
        });
        let new = NewChange { record: *record, arrived_ms: *arrived_ms, change: change.clone() };
        (!known).then_some(new)
    }

    async fn fold_in_slices(&self, changes: Vec<StoredChange>) -> Vec<Refreshed> {
        let mut by_record: BTreeMap<RecordId, Vec<StoredChange>> = BTreeMap::new();
        for change in changes {
            by_record.entry(change.record).or_default().push(change);
        }
        let mut came = Vec::with_capacity(by_record.len());
        let mut slice_began_ms = device::running_ms();
        for (record, changes) in by_record {
            self.take_in(record, &changes);
            came.extend(self.records.with(record, refreshed_of));
            if device::running_ms() - slice_began_ms > SLICE_MS {
                device::breathe().await;
                slice_began_ms = device::running_ms();
            }
        }
        came
    }

    /// Lists what is here and was not brought by a whole reading: out of sight (rule L6).
    fn not_brought(&self, brought: &BTreeSet<RecordId>) -> Vec<RecordId> {
        use leptos::prelude::*;
        self.shown.summaries.with_untracked(|summaries| {
            let here = summaries.iter().map(|summary| summary.record);
            here.filter(|record| !brought.contains(record)).collect()
        })
    }
}

fn changed(entry: &Entry) -> Option<RecordId> {
    match entry {
        Entry::Change { record, .. } => Some(*record),
        Entry::Conceal { .. } => None,
    }
}

fn concealed(entry: &Entry) -> Option<RecordId> {
    match entry {
        Entry::Change { .. } => None,
        Entry::Conceal { record } => Some(*record),
    }
}

/// Says whether nothing was brought of a record after it was concealed.
fn last_word_conceals(page: &Page, record: RecordId) -> bool {
    let about = page.entries.iter().rev().find(|entry| match entry {
        Entry::Change { record: other, .. } | Entry::Conceal { record: other } => *other == record,
    });
    about.is_none_or(|entry| matches!(entry, Entry::Conceal { .. }))
}
