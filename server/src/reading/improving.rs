//! How much the original of a copy proposes to it: that takes two records to tell.

use talkoot_core::adopt;
use talkoot_core::change::Change;

use super::{Readings, open_of};
use crate::store::{ChangeStore, RecordRow, StoreError};

impl Readings {
    /// Counts what the original of a copy proposes to it, as of the rows of both.
    pub async fn improvements(
        &self,
        store: &dyn ChangeStore,
        copy: &RecordRow,
        original: &RecordRow,
    ) -> Result<usize, StoreError> {
        let turn = self.turns.acquire().await.map_err(|_| StoreError::Closed)?;
        let own = store.changes_of(copy.record, copy.changed).await?;
        let theirs = store.changes_of(original.record, original.changed).await?;
        let (copy, original) = (copy.record, original.record);
        let count = move || {
            let own = open_of(copy, own.iter().map(|it| &it.signed), |_| ());
            let now = open_of(original, theirs.iter().map(|it| &it.signed), |_| ());
            let changes = theirs.iter().filter_map(|it| it.signed.open().ok());
            adopt::waiting(&own, &now, &changes.collect::<Vec<Change>>())
        };
        let counted = self.at_place(count).await;
        drop(turn);
        counted
    }
}
