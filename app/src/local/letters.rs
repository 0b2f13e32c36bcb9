//! The letters of a field of one value that is typed and is no change yet (rule L25).
//!
//! A pause makes a change of them. Until that is stored they lie in `localStorage`,
//! as the journal of a text does, and what a sudden end left is stored at the next start.

use minicbor::{Decode, Encode};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::value::Value;

use crate::device::memory;

const BEGIN: &str = "talkoot.letters.";
/// What one value or form takes at most, in bytes: a long section.
const BYTES_MAX: usize = 1_024 * 1_024;

/// The place of one field that somebody types in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    name: String,
    record: RecordId,
    field: u16,
}

impl Letters {
    /// Names the place of a field: its account, its record, its tag.
    pub(crate) fn new(account: AccountId, record: RecordId, field: u16) -> Self {
        Self { name: format!("{BEGIN}{account}.{record}.{field}"), record, field }
    }

    /// Finds what an account typed and never stored.
    pub(crate) fn left_behind(account: AccountId) -> Vec<Self> {
        let begin = format!("{BEGIN}{account}.");
        let names = memory::names(&begin).into_iter();
        let left = names.filter_map(|name| {
            let (record, field) = name.strip_prefix(&begin)?.split_once('.')?;
            let (record, field) = (record.parse().ok()?, field.parse().ok()?);
            Some(Self { name, record, field })
        });
        left.collect()
    }

    /// The record that was written to.
    pub(crate) fn record(&self) -> RecordId {
        self.record
    }

    /// The tag of the field that was written to.
    pub(crate) fn field(&self) -> u16 {
        self.field
    }

    /// Keeps what is typed now.
    pub(crate) fn keep(&self, value: &Value) {
        memory::keep(&self.name, &written(value));
    }

    /// Reads what was typed.
    pub(crate) fn read(&self) -> Option<Value> {
        read(&memory::read(&self.name)?)
    }

    /// Forgets what was typed, unless something else was typed meanwhile.
    pub(crate) fn forget(&self, value: &Value) {
        if memory::read(&self.name).is_some_and(|left| left == written(value)) {
            memory::forget(&self.name);
        }
    }

    /// Forgets what cannot be read.
    pub(crate) fn clear(&self) {
        memory::forget(&self.name);
    }
}

/// Writes anything that has a format as text.
pub(crate) fn written<T: Encode<()>>(value: &T) -> String {
    of_bytes(&codec::encode(value))
}

/// Reads what [`written`] wrote; total over every text.
pub(crate) fn read<T: for<'b> Decode<'b, ()>>(text: &str) -> Option<T> {
    codec::decode(&to_bytes(text)?, BYTES_MAX).ok()
}

/// Writes bytes as text: two letters a byte.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    let letter = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

/// Reads what [`of_bytes`] wrote.
pub(super) fn to_bytes(text: &str) -> Option<Vec<u8>> {
    let halves: Option<Vec<u8>> =
        text.chars().map(|letter| u8::try_from(letter.to_digit(16)?).ok()).collect();
    let halves = halves?;
    let pairs = halves.chunks_exact(2);
    let bytes =
        pairs.filter_map(|pair| Some(pair.first()?.checked_mul(16)?.saturating_add(*pair.last()?)));
    Some(bytes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l25_what_was_typed_in_a_field_survives_its_text() {
        for value in [Value::Empty, Value::text("Ääni kuuluu,\nvielä kerran 🌱"), Value::code("fi")]
        {
            assert_eq!(read(&written(&value)), Some(value));
        }
        assert_eq!(read::<Value>("01zz"), None);
        assert_eq!(read::<Value>("0"), None);
    }
}
