//! What a sudden end left: summaries behind their changes, letters not stored.

use std::rc::Rc;

use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::text::{TextDocument, merge_updates};
use talkoot_core::value::Value;

use super::set_aside::value_text;
use super::{Desk, WriteFault, write};
use crate::local::{Journal, Letters, StoreError};

impl Desk {
    /// Finishes what a sudden end left: summaries behind their changes, letters not stored.
    pub(super) async fn mend(self: &Rc<Self>) {
        if let Err(cause) = self.mend_summaries().await {
            self.note_fault(cause);
        }
        let Some(account) = self.local().ok().and_then(|local| local.account) else { return };
        self.mend_texts(account).await;
        for letters in Letters::left_behind(account) {
            self.mend_field(&letters).await;
        }
    }

    async fn mend_texts(self: &Rc<Self>, account: AccountId) {
        for journal in Journal::left_behind(account) {
            let updates = journal.read();
            if updates.is_empty() {
                journal.keep(&[]);
                continue;
            }
            let Ok(update) = merge_updates(&updates) else { continue };
            let is_settled = match write::text(self, journal.record(), update).await {
                Ok(()) => true,
                // What it stood on was refused meanwhile: its words are kept aside.
                Err(WriteFault::Refused { code }) => {
                    self.keep_letters_aside(journal.record(), code, &updates).await.is_ok()
                }
                // What cannot be stored now stays where it is for the next start.
                Err(WriteFault::NotReady | WriteFault::StillComing | WriteFault::Store(_)) => false,
            };
            // A living tab may have written on in it meanwhile.
            if is_settled && journal.read() == updates {
                journal.keep(&[]);
            }
        }
    }

    /// Makes a change of what was typed in a field (rule L25).
    async fn mend_field(self: &Rc<Self>, letters: &Letters) {
        let (record, field) = (letters.record(), letters.field());
        let Some(value) = letters.read() else { return letters.clear() };
        let typed = value.clone();
        let intent = move |record: &Record| {
            let stored = record.field(field).and_then(|state| state.value());
            let is_new = stored.unwrap_or(&Value::Empty) != &typed;
            is_new.then(|| record.set_field(field, typed)).into_iter().collect()
        };
        let is_settled = match write::change(self, record, intent).await {
            Ok(()) => true,
            Err(WriteFault::Refused { code }) => {
                self.keep_words_aside(record, code, value_text(&value)).await.is_ok()
            }
            Err(WriteFault::NotReady | WriteFault::StillComing | WriteFault::Store(_)) => false,
        };
        if is_settled {
            letters.forget(&value);
        }
    }

    /// Keeps letters aside with the text that they were typed into, as far as they fit.
    async fn keep_letters_aside(
        self: &Rc<Self>,
        record: RecordId,
        code: &'static str,
        updates: &[Vec<u8>],
    ) -> Result<(), StoreError> {
        let state = self.records.with(record, |loaded| loaded.open.text.state());
        let text = state.and_then(|state| TextDocument::from_state(1, &state).ok());
        let mut text = text.unwrap_or_else(|| TextDocument::new(1));
        for update in updates {
            text.apply(update).ok();
        }
        self.keep_typed_aside(record, code, &text.state()).await
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
