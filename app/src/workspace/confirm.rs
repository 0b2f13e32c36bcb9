//! What the server confirmed: changes that are safe there, people, agreement.

use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::ChangeId;
use talkoot_core::sync::message::Person;

use super::Desk;
use crate::device;
use crate::local::StoreError;
use crate::sync::Word;

impl Desk {
    /// Takes confirmed changes out of the outbox.
    pub(crate) async fn sent(self: &Rc<Self>, ids: &[ChangeId]) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        local.forget(ids).await?;
        self.waiting.forget(ids);
        self.show_waiting();
        self.tell_tabs(&Word::Sent(ids.to_vec()));
        self.note_synced().await
    }

    /// Notes the moment when neither side has anything for the other.
    pub(crate) async fn note_synced(&self) -> Result<(), StoreError> {
        if self.waiting.len() > 0 {
            return Ok(());
        }
        let Ok(local) = self.local() else { return Ok(()) };
        if local.owes().await? {
            return Ok(());
        }
        let now_ms = device::now_ms();
        self.shown.status.update(|status| status.last_synced_ms = Some(now_ms));
        local.keep_last_synced(now_ms).await
    }

    /// Keeps the people whose names may be shown.
    pub(crate) async fn keep_people(&self, people: Vec<Person>) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        local.keep_people(&people).await?;
        self.shown.people.set(local.people().await?);
        self.tell_tabs(&Word::PeopleChanged);
        Ok(())
    }

    /// Counts the changes that wait.
    pub(crate) fn waiting_count(&self) -> usize {
        self.waiting.len()
    }
}
