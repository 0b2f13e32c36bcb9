//! A page of the server's log arrives: stored first, then folded in slices.
//!
//! A slice ends after a few milliseconds, so that typing never waits for a
//! thousand changes of others.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use talkoot_core::id::RecordId;
use talkoot_core::sync::message::{Entry, Page};

use super::Desk;
use crate::device;
use crate::local::{NewChange, Refreshed, StoreError, StoredChange, StoredPage};
use crate::sync::Word;

/// How long one slice may keep the browser, in milliseconds.
const SLICE_MS: f64 = 12.0;

impl Desk {
    /// Stores a page with its cursor, then shows what it brought and lets go of what it put out
    /// of sight. Says whether it was stored: not if it does not follow what is.
    pub(crate) async fn arrive(self: &Rc<Self>, page: &Page) -> Result<bool, StoreError> {
        let Ok(local) = self.local() else { return Ok(false) };
        let records: BTreeSet<RecordId> = page.entries.iter().filter_map(changed).collect();
        self.bring_into_memory(&records).await?;
        let new = page.entries.iter().filter_map(|entry| self.new_change(entry)).collect();
        let folded = records.iter().filter_map(|it| Some((*it, self.records.arrival(*it)?)));
        let folded = folded.collect();
        let stored = local.store_page(page, new, &folded, device::now_ms()).await?;
        let Some(StoredPage { changes, forgotten, cut, aside_changed }) = stored else {
            return Ok(false);
        };
        let came = self.fold_in_slices(changes).await;
        let told: Vec<RecordId> = came.iter().map(|it| it.record).collect();
        self.show_summaries(came.iter().map(|it| (it.record, it.summary.clone())));
        self.keep_refreshed(came).await?;
        self.records.trim(&self.on_screen());
        if !told.is_empty() {
            self.count_improvements_soon(Some(&told));
            self.tell_tabs(&Word::Wrote { records: told, anew: false });
        }
        self.let_go(forgotten);
        for record in cut {
            self.fold_anew(record).await?;
        }
        if aside_changed {
            self.tell_set_aside().await?;
        }
        Ok(true)
    }

    /// Takes records that storage has forgotten off the screens of every tab.
    pub(super) fn let_go(&self, forgotten: BTreeSet<RecordId>) {
        if forgotten.is_empty() {
            return;
        }
        for record in &forgotten {
            self.records.forget(*record);
            self.show(*record, &[], true);
        }
        self.show_summaries(forgotten.iter().map(|record| (*record, None)));
        let records = forgotten.into_iter().collect();
        self.tell_tabs(&Word::Wrote { records, anew: true });
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

    async fn fold_in_slices(self: &Rc<Self>, changes: Vec<StoredChange>) -> Vec<Refreshed> {
        let mut by_record: BTreeMap<RecordId, Vec<StoredChange>> = BTreeMap::new();
        for change in changes {
            by_record.entry(change.record).or_default().push(change);
        }
        let mut came = Vec::with_capacity(by_record.len());
        let mut slice_began_ms = device::running_ms();
        for (record, changes) in by_record {
            self.take_in(record, &changes);
            self.show_pinned(record).await;
            came.extend(self.refreshed(record));
            if device::running_ms() - slice_began_ms > SLICE_MS {
                device::breathe().await;
                slice_began_ms = device::running_ms();
            }
        }
        came
    }
}

fn changed(entry: &Entry) -> Option<RecordId> {
    match entry {
        Entry::Change { record, .. } => Some(*record),
        Entry::Conceal { .. } => None,
    }
}
