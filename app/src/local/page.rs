//! Storing a page of the server's log, the place it reaches, and what it puts out of sight, in
//! one transaction: a sudden end leaves all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp;
use talkoot_core::sync::arrival::follows;
use talkoot_core::sync::message::Page;

use super::database::{Mode, StoreError};
use super::schema::{
    self, CHANGES, Local, META, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, STALE, SUMMARIES, StoredChange,
};
use super::withdrawn::{self, Aside};
use super::{Clock, keys, load, meta, owed, sight, summaries, transfer};

/// A change that this device does not have yet.
pub(crate) struct NewChange {
    pub(crate) record: RecordId,
    pub(crate) arrived_ms: u64,
    pub(crate) change: SignedChange,
}

/// A page that is stored.
pub(crate) struct StoredPage {
    /// What is new of records that are still in sight, oldest first within each.
    pub(crate) changes: Vec<StoredChange>,
    /// What is out of sight since, and is gone from here.
    pub(crate) forgotten: BTreeSet<RecordId>,
    /// Of what the log passed over something that a file had brought.
    pub(crate) cut: BTreeSet<RecordId>,
    /// Whether something was set aside by it, or taken from there.
    pub(crate) aside_changed: bool,
}

impl Local {
    /// Stores the new changes of a page, its cursor, and what it says of other records.
    ///
    /// `folded` says how far the records that it touches are folded here: what another tab has
    /// stored of them since is given too, so that nobody's place is passed over (rule L17).
    /// Gives `None` for a page that does not follow what is stored: one between them was not.
    pub(crate) async fn store_page(
        &self,
        page: &Page,
        new: Vec<NewChange>,
        folded: &BTreeMap<RecordId, u64>,
        now_ms: u64,
    ) -> Result<Option<StoredPage>, StoreError> {
        let over = [CHANGES, OUTBOX, OWED, SET_ASIDE, SNAPSHOTS, STALE, SUMMARIES, META];
        let tx = self.begin(&over, Mode::WriteStrict)?;
        if !follows(page, meta::cursor(&tx).await?) {
            tx.complete().await?;
            return Ok(None);
        }
        let mut clock = schema::clock(&tx).await?;
        let mut changes = load::newer_of(&tx, folded).await?;
        let here: BTreeSet<ChangeId> = changes.iter().filter_map(StoredChange::id).collect();
        let touched = new.iter().map(|new| new.record).collect();
        let living = new.iter().filter_map(|new| Some(new.change.open().ok()?.id));
        let is_back = withdrawn::bring_back(&tx, living).await?;
        let is_new = |new: &NewChange| new.change.open().map_or(true, |it| !here.contains(&it.id));
        for NewChange { record, arrived_ms, change } in new.into_iter().filter(is_new) {
            clock.see(&change, now_ms);
            let arrival = clock.arrival;
            let stored = StoredChange { arrival, record, arrived_ms: Some(arrived_ms), change };
            tx.put(CHANGES, &keys::change(record, arrival), &codec::encode(&stored))?;
            summaries::mark_stale(&tx, record, arrival)?;
            changes.push(stored);
        }
        owed::brought(&tx, &page.entries).await?;
        transfer::learn_in(&tx, &page.makers).await?;
        let aside = Aside { own: self.replica(), now_ms };
        let mut cut = withdrawn::follow_log(&tx, &touched, aside).await?;
        let aside_changed = is_back || !cut.is_empty();
        let mut sight = sight::read(&tx).await?;
        let forgotten = sight::follow(&tx, page, &mut sight).await?;
        sight::keep(&tx, &sight)?;
        tx.put(META, meta::CLOCK, &codec::encode(&clock))?;
        tx.put(META, meta::CURSOR, &codec::encode(&page.cursor))?;
        tx.complete().await?;
        changes.retain(|stored| !forgotten.contains(&stored.record));
        cut.retain(|record| !forgotten.contains(record));
        Ok(Some(StoredPage { changes, forgotten, cut, aside_changed }))
    }
}

impl Clock {
    /// Counts one more change and takes its stamp into account.
    pub(super) fn see(&mut self, change: &SignedChange, now_ms: u64) {
        self.arrival = self.arrival.saturating_add(1);
        if let Ok(change) = change.open() {
            self.stamp = stamp::observe(self.stamp, change.stamp, now_ms);
        }
    }
}
