//! What a sudden end left: summaries behind their changes, letters not stored.

use std::rc::Rc;

use talkoot_core::text::merge_updates;

use super::{Desk, write};
use crate::local::{Journal, StoreError};

impl Desk {
    /// Finishes what a sudden end left: summaries behind their changes, letters not stored.
    pub(super) async fn mend(self: &Rc<Self>) {
        if let Err(cause) = self.mend_summaries().await {
            self.note_fault(cause);
        }
        let Some(account) = self.local().ok().and_then(|local| local.account) else { return };
        for journal in Journal::left_behind(account) {
            let updates = journal.read();
            if updates.is_empty() {
                journal.keep(&[]);
                continue;
            }
            let Ok(update) = merge_updates(&updates) else { continue };
            // What cannot be stored now (a full disk, a later part of another tab's work)
            // stays where it is for the next start.
            if write::text(self, journal.record(), update).await.is_ok() {
                journal.keep(&[]);
            }
        }
    }

    async fn mend_summaries(self: &Rc<Self>) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let held: Vec<_> = self.held.borrow().iter().copied().collect();
        let stale = local.stale().await?;
        for record in stale {
            if !held.is_empty() {
                local.forget_snapshot(record).await?;
            }
            self.bring(record).await?;
            let refreshed: Vec<_> = self.refreshed(record).into_iter().collect();
            self.show_summaries(refreshed.iter().map(|it| (it.record, it.summary.clone())));
            self.keep_refreshed(refreshed).await?;
        }
        Ok(())
    }
}
