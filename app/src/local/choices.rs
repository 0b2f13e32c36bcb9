//! What a person chose in a review and did not carry out yet: a review can go on another day.

use talkoot_core::id::{AccountId, RecordId};

use super::database::{Mode, StoreError};
use super::letters::{of_bytes, to_bytes};
use super::schema::{Local, META};
use crate::device::memory;

/// Above this nothing is written ahead, because `localStorage` is small and slow: texts of a
/// hundred pages.
const AHEAD_BYTES_MAX: usize = 1_024 * 1_024;

/// Where what was chosen lies until it is stored: IndexedDB needs time that a page being closed
/// does not have (rule P70).
#[derive(Clone, Debug)]
pub(crate) struct ChoicesAhead {
    name: String,
}

impl ChoicesAhead {
    /// Names the place of a review: its account, its copy.
    pub(crate) fn new(account: AccountId, copy: RecordId) -> Self {
        Self { name: format!("talkoot.review.{account}.{copy}") }
    }

    /// Keeps what is chosen now. Where it is too much nothing older stays.
    pub(crate) fn keep(&self, bytes: &[u8]) {
        if bytes.len() > AHEAD_BYTES_MAX || !memory::keep(&self.name, &of_bytes(bytes)) {
            memory::forget(&self.name);
        }
    }

    /// Reads what was chosen and is not known to be stored.
    pub(crate) fn read(&self) -> Option<Vec<u8>> {
        to_bytes(&memory::read(&self.name)?)
    }

    /// Forgets what is stored by now, unless something else was chosen meanwhile.
    pub(crate) fn forget(&self, bytes: &[u8]) {
        if memory::read(&self.name).is_some_and(|left| left == of_bytes(bytes)) {
            memory::forget(&self.name);
        }
    }
}

impl Local {
    /// Reads what was chosen in the review of a copy.
    pub(crate) async fn choices(&self, copy: RecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let tx = self.begin(&[META], Mode::Read)?;
        let bytes = tx.get(META, &name(copy))?.bytes().await?;
        tx.complete().await?;
        Ok(bytes)
    }

    /// Keeps what was chosen, in place of what was chosen before.
    pub(crate) async fn keep_choices(
        &self,
        copy: RecordId,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::Write)?;
        tx.put(META, &name(copy), bytes)?;
        tx.complete().await
    }

    /// Forgets what was chosen.
    pub(crate) async fn forget_choices(&self, copy: RecordId) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::Write)?;
        tx.delete(META, &name(copy))?;
        tx.complete().await
    }
}

fn name(copy: RecordId) -> Vec<u8> {
    format!("review.{copy}").into_bytes()
}
