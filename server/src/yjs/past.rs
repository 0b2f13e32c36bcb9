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
                let news = is_news.then(|| update.clone());
                match self.text.hear(update) {
                    Ok(()) => note.texts.extend(news),
                    Err(cause) => {
                        let code = cause.code();
                        tracing::warn!(code, "an admitted update does not fit its text");
                    }
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

#[cfg(test)]
mod tests {
    use talkoot_core::author::{Author, Slot};
    use talkoot_core::change::Op;
    use talkoot_core::id::AccountId;
    use talkoot_core::schema::Kind;
    use talkoot_core::sign::ReplicaKey;
    use talkoot_core::text::edit::Edit;
    use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};

    use super::*;

    #[tokio::test]
    async fn y14_an_update_that_does_not_fit_is_told_to_nobody() {
        let record = RecordId([1; 16]);
        let author = Author { account: AccountId([2; 16]), key: ReplicaKey::from_seed(&[3; 32]) };
        let line = Edit::AppendParagraph { text: "Talkoot".to_owned() };
        let good = TextDocument::new(7).edit("body", &line).unwrap();
        let text = |update| Op::Text { schema: TEXT_SCHEMA_VERSION, update };
        let ops = vec![Op::Create { kind: Kind::Document }, text(good.clone()), text(vec![9; 9])];
        let slot = Slot { counter: 1, previous: 0, stamp: Stamp::default() };
        let (change, signed) = author.write(slot, record, ops);
        let (id, author) = (change.id, author.account);
        let stored = StoredChange { id, record, author, arrived_ms: 0, signed };
        let past = Past::fold(record, Mode::Text, vec![(1, stored)], 0).await.unwrap();
        assert_eq!(past.notes[0].texts, [good]);
    }
}
