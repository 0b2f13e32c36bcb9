//! Comparing what was folded here with the server, when a record is left; and healing.
//!
//! A record is looked at when the last screen that showed it is gone, so no
//! editor holds what may have to be folded anew.

use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::sync::message::Holding;
use wasm_bindgen_futures::spawn_local;

use super::{Desk, LineState};
use crate::device;
use crate::local::StoreError;
use crate::sync::Word;

impl Desk {
    /// Compares a record with the server's in a moment when nobody waits for this tab.
    pub(crate) fn look_soon(self: &Rc<Self>, record: RecordId) {
        let desk = Rc::clone(self);
        spawn_local(async move {
            device::breathe().await;
            desk.look(record);
        });
    }

    /// The tab that speaks for all asks; another one's records are compared when it shows them.
    fn look(&self, record: RecordId) {
        let is_quiet = self
            .shown
            .status
            .with_untracked(|status| status.line == LineState::Online && status.caught_up);
        let is_shown = self.on_screen().contains(&record);
        let Some(line) = self.line() else { return };
        if !is_quiet || is_shown || self.is_waiting(record) {
            return;
        }
        // What cannot be read here is folded by a newer program, not by reading it again.
        let holding = self.records.with(record, |it| {
            let is_readable = !it.open.is_newer();
            is_readable.then(|| Holding::of(&it.open))
        });
        if let Some(holding) = holding.flatten() {
            line.looked(holding);
        }
    }

    /// Folds a record again from the changes that lie here, in place of its snapshot.
    pub(crate) async fn refold(self: &Rc<Self>, record: RecordId) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        if self.on_screen().contains(&record) {
            return Ok(());
        }
        local.forget_snapshot(record).await?;
        self.records.forget(record);
        self.bring(record).await?;
        let refreshed: Vec<_> = self.refreshed(record).into_iter().collect();
        self.show_summaries(refreshed.iter().map(|it| (it.record, it.summary.clone())));
        self.keep_refreshed(refreshed).await?;
        self.tell_tabs(&Word::Wrote { records: vec![record], anew: true });
        self.look_soon(record);
        Ok(())
    }

    /// Drops what is here of a record, so that the server brings it whole: it has every change.
    pub(crate) async fn reread(&self, record: RecordId) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        if local.drop_to_reread(record).await? {
            self.let_go([record].into());
        }
        Ok(())
    }
}
