//! Changes for the tests of this crate.

use std::collections::BTreeMap;

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::{Change, Op};
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;

/// Makes changes of one replica, counting as a device does.
pub(crate) struct Maker {
    pub(crate) author: Author,
    counter: u64,
    last: BTreeMap<RecordId, u64>,
}

impl Maker {
    /// Its account and its key follow from a number.
    pub(crate) fn new(number: u8) -> Self {
        let (account, key) = (AccountId([number; 16]), ReplicaKey::from_seed(&[number; 32]));
        Self { author: Author { account, key }, counter: 0, last: BTreeMap::new() }
    }

    /// Makes the next change.
    pub(crate) fn change(&mut self, record: RecordId, ops: Vec<Op>) -> (Change, SignedChange) {
        self.counter += 1;
        let previous = self.last.insert(record, self.counter).unwrap_or(0);
        let stamp = Stamp { wall_ms: 1_000 + self.counter, tick: 0 };
        self.author.write(Slot { counter: self.counter, previous, stamp }, record, ops)
    }
}

/// A folder of its own for one test, gone when the test ends.
pub(crate) struct TempFolder(pub(crate) std::path::PathBuf);

impl TempFolder {
    /// Makes an empty folder.
    pub(crate) fn new() -> Self {
        let name: [u8; 8] = crate::chance::bytes().unwrap();
        let name = format!("talkoot-test-{}", u64::from_be_bytes(name));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
