//! What a person chose in a review and did not carry out yet: a review can go on another day.

use talkoot_core::id::RecordId;

use super::database::{Mode, StoreError};
use super::schema::{Local, META};

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
