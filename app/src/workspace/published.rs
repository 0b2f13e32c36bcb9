//! What a person sees of a record: its readers see what was published.

use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::access::{self, Deal};
use talkoot_core::change::Change;
use talkoot_core::id::RecordId;

use super::Desk;
use crate::local::{Loaded, StoreError};

impl Desk {
    /// Says whether this person only reads a record.
    pub(crate) fn only_reads(&self, loaded: &Loaded) -> bool {
        !access::may(&self.caller(), &loaded.open.record, Deal::Edit)
    }

    /// Folds what readers see of a record in memory, where this person or a screen of theirs is to
    /// see that and it is not folded yet. Mostly there is nothing to do; says whether there was.
    pub(crate) async fn pin(&self, record: RecordId) -> Result<bool, StoreError> {
        let is_looked_at = self.sessions.of(record).iter().any(|session| session.reads());
        let lacks = self.records.with(record, |loaded| {
            loaded.lacks_published() && (is_looked_at || self.only_reads(loaded))
        });
        if lacks == Some(true) {
            self.pin_for_all(record).await?;
        }
        Ok(lacks == Some(true))
    }

    /// Shows what readers see of a record that has just changed, where that is something else.
    pub(super) async fn show_pinned(self: &Rc<Self>, record: RecordId) {
        match self.pin(record).await {
            Ok(true) => self.show(record, &[], false),
            Ok(false) => {}
            Err(cause) => self.note_fault(cause),
        }
    }

    /// Folds what readers see of a record in memory, whoever this person is.
    pub(crate) async fn pin_for_all(&self, record: RecordId) -> Result<(), StoreError> {
        let wanted = || self.records.with(record, |loaded| loaded.wanted_version()).flatten();
        let mut version = wanted();
        while let Some(wants) = version {
            let changes = self.changes_of(record).await?;
            version = wanted();
            // Another one may have been published while the changes were read.
            if version.as_ref() == Some(&wants) {
                self.records.with(record, |loaded| loaded.fold_published(&changes));
                break;
            }
        }
        Ok(())
    }

    /// Reads every change of a record that this program can read and does not pass over.
    pub(super) async fn changes_of(&self, record: RecordId) -> Result<Vec<Change>, StoreError> {
        let Ok(local) = self.local() else { return Ok(Vec::new()) };
        let stored = local.newer(record, 0).await?;
        let held = self.held.borrow();
        let changes = stored.iter().filter_map(|stored| stored.change.open().ok());
        Ok(changes.filter(|change| !held.contains(&change.id)).collect())
    }

    /// Shows anew what is published in one version and written in another: this person's rights
    /// have changed, and with them which of the two is theirs to see.
    pub(crate) async fn look_at_unpublished(self: &Rc<Self>) -> Result<(), StoreError> {
        let records: Vec<RecordId> = self.shown.summaries.with_untracked(|all| {
            all.iter().filter(|it| it.unpublished).map(|it| it.record).collect()
        });
        for record in &records {
            self.bring(*record).await?;
        }
        if !records.is_empty() {
            self.refresh_soon(records);
        }
        // Copies may have become this person's own.
        self.count_improvements_soon(None);
        Ok(())
    }
}
