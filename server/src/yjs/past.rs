//! What a text has become, folded from its past; a long one away from the threads that serve.

use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::record::{Applied, Record};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::RelayedText;
use tokio::task::spawn_blocking;

use super::door::Mode;
use crate::store::{StoreError, StoredChange};

/// Bytes of changes that are folded where they are: a thread would cost more.
const SHORT_BYTES_MAX: usize = 32 * 1_024;
/// Updates of a text that are merged where they are.
const UNMERGED_MAX: usize = 256;

/// A text and its record, as the log tells them.
pub(super) struct Past {
    pub(super) text: RelayedText,
    pub(super) folded: Record,
    pub(super) seen: u64,
    pub(super) notes: Vec<Note>,
}

/// One change, as far as a room needs to know of it.
pub(super) struct Note {
    pub(super) sequence: u64,
    pub(super) id: ChangeId,
    pub(super) stamp: Stamp,
    /// Its updates, if it is news.
    pub(super) texts: Vec<Vec<u8>>,
}

impl Past {
    /// Folds the changes of a record; those after `told` are news.
    pub(super) async fn fold(
        record: RecordId,
        mode: Mode,
        changes: Vec<(u64, StoredChange)>,
        told: u64,
    ) -> Result<Self, StoreError> {
        let bytes: usize = changes.iter().map(|(_, change)| change.signed.body.len()).sum();
        let fold = move || Self::folded(record, mode, &changes, told);
        if bytes <= SHORT_BYTES_MAX {
            return fold();
        }
        spawn_blocking(fold).await.map_err(|_| StoreError::Closed)?
    }

    fn folded(
        record: RecordId,
        mode: Mode,
        changes: &[(u64, StoredChange)],
        told: u64,
    ) -> Result<Self, StoreError> {
        let (text, folded) = (RelayedText::new(mode.texts()), Record::new(record));
        let mut past = Self { text, folded, seen: 0, notes: Vec::with_capacity(changes.len()) };
        for (sequence, stored) in changes {
            past.take(*sequence, stored, *sequence > told)?;
        }
        if past.text.is_loose() && past.text.compact().is_err() {
            tracing::error!(%record, "a text does not come back from its own bytes");
        }
        Ok(past)
    }

    fn take(
        &mut self,
        sequence: u64,
        stored: &StoredChange,
        is_news: bool,
    ) -> Result<(), StoreError> {
        let change = stored.signed.open();
        let change = change.map_err(|_| StoreError::Corrupt { table: "log" })?;
        let mut note = Note { sequence, id: change.id, stamp: change.stamp, texts: Vec::new() };
        if let Applied::Folded { texts } = self.folded.apply(&change) {
            for update in texts {
                note.texts.extend(is_news.then(|| update.clone()));
                if let Err(cause) = self.text.hear(update) {
                    tracing::warn!(code = cause.code(), "an admitted update does not fit its text");
                }
            }
        }
        self.notes.push(note);
        self.seen = sequence;
        Ok(())
    }
}

/// Brings a text into one piece, so that giving it out takes no time.
///
/// An error means that the text is gone from here; the log still has it.
pub(super) async fn settle(text: &mut RelayedText) -> Result<(), StoreError> {
    if text.unmerged() <= UNMERGED_MAX {
        return Ok(());
    }
    let empty = RelayedText::new(text.policy());
    let mut loose = std::mem::replace(text, empty);
    let settling = spawn_blocking(move || {
        // What cannot be folded is merged when it is given out.
        let folded = loose.compact();
        (loose, folded)
    });
    let (settled, folded) = settling.await.map_err(|_| StoreError::Closed)?;
    if let Err(cause) = folded {
        tracing::error!(code = cause.code(), "a text does not come back from its own bytes");
    }
    *text = settled;
    Ok(())
}
