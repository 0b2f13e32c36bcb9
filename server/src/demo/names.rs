//! Names that follow from the keys in the data, so that addresses stay the same.

use sha2::{Digest as _, Sha256};
use talkoot_core::id::{AccountId, ItemId, RecordId};

/// Names an account.
pub(super) fn account(key: &str) -> AccountId {
    AccountId(start(&["account", key]))
}

/// Names a project.
pub(super) fn project(key: &str) -> RecordId {
    record("project", key)
}

/// Names a record of any kind.
pub(super) fn record(kind: &str, key: &str) -> RecordId {
    RecordId(start(&["record", kind, key]))
}

/// Names the place-th entry of a list.
pub(super) fn item(record: RecordId, field: u16, place: usize) -> ItemId {
    let bytes: [u8; 8] = start(&["item", &record.to_string(), &format!("{field}/{place}")]);
    ItemId(u64::from_be_bytes(bytes))
}

/// Gives the Yjs client that seeds a text: never 0 or 1, which belong to nobody and to readers.
pub(super) fn text_client(record: RecordId, field: u16) -> u64 {
    let bytes: [u8; 4] = start(&["text", &record.to_string(), &field.to_string()]);
    u64::from(u32::from_be_bytes(bytes).max(2))
}

fn start<const N: usize>(parts: &[&str]) -> [u8; N] {
    let text = format!("talkoot example programme/{}", parts.join("/"));
    let mut bytes = [0; N];
    for (to, from) in bytes.iter_mut().zip(Sha256::digest(text)) {
        *to = from;
    }
    bytes
}
