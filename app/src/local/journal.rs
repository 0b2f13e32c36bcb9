//! The last letters: what was typed and is not stored yet, kept where a closing page can write.
//!
//! IndexedDB needs time that a page being closed does not have. So what waits
//! for its transaction also lies in `localStorage`, and is stored from there at
//! the next start if the transaction never came to be (rule L3). Storing the
//! same update twice is harmless.

use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};

use super::letters;
use crate::device::memory;

const BEGIN: &str = "talkoot.typing.";
/// Above this nothing is written: `localStorage` is small and slow, and what is pasted is stored
/// at the next moment.
const BYTES_MAX: usize = 256 * 1_024;

/// The place of one editing session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Journal {
    name: String,
    record: RecordId,
}

impl Journal {
    /// Names the place of a session: its account, its record, its Yjs client.
    pub(crate) fn new(account: AccountId, record: RecordId, client: u64) -> Self {
        Self { name: format!("{BEGIN}{account}.{record}.{client}"), record }
    }

    /// Finds what the sessions of an account left behind.
    pub(crate) fn left_behind(account: AccountId) -> Vec<Self> {
        let begin = format!("{BEGIN}{account}.");
        let names = memory::names(&begin).into_iter();
        let journals = names.filter_map(|name| {
            let record = name.strip_prefix(&begin)?.split('.').next()?.parse().ok()?;
            Some(Self { name, record })
        });
        journals.collect()
    }

    /// The record that was written to.
    pub(crate) fn record(&self) -> RecordId {
        self.record
    }

    /// Keeps the updates that are not stored; none empties the place.
    pub(crate) fn keep(&self, updates: &[Vec<u8>]) {
        let bytes: usize = updates.iter().map(Vec::len).sum();
        match bytes {
            0 => memory::forget(&self.name),
            _ if bytes > BYTES_MAX => {}
            _ => {
                memory::keep(&self.name, &write(updates));
            }
        }
    }

    /// Reads the updates.
    pub(crate) fn read(&self) -> Vec<Vec<u8>> {
        memory::read(&self.name).and_then(|text| read(&text)).unwrap_or_default()
    }
}

fn write(updates: &[Vec<u8>]) -> String {
    let updates: Vec<_> =
        updates.iter().map(|update| minicbor::bytes::ByteVec::from(update.clone())).collect();
    letters::of_bytes(&codec::encode(&updates))
}

fn read(text: &str) -> Option<Vec<Vec<u8>>> {
    let bytes = letters::to_bytes(text)?;
    let updates: Vec<minicbor::bytes::ByteVec> = codec::decode(&bytes, 2 * BYTES_MAX).ok()?;
    Some(updates.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l3_what_was_typed_survives_its_text() {
        let updates = vec![vec![0, 1, 255], vec![], (0..=255).collect()];
        assert_eq!(read(&write(&updates)), Some(updates));
    }

    #[test]
    fn l3_a_damaged_journal_is_none() {
        assert_eq!(read("01zz"), None);
        assert_eq!(read("0"), None);
    }
}
