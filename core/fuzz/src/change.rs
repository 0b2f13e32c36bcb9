//! Any bytes as changes of one record: read, written, judged, folded in any order.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Role, admit};
use talkoot_core::change::Change;
use talkoot_core::choice::choices;
use talkoot_core::codec::{decode_change, encode, encode_change};
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::{Applied, Record};

use super::chance::Chance;
use super::script::Script;

/// The record that every change is made to be about.
pub const RECORD: RecordId = RecordId([9; 16]);
/// The account that every change is made to be by.
pub const AUTHOR: AccountId = AccountId([3; 16]);

/// Most changes of one input.
const CHANGES_MAX: usize = 64;

/// Reads changes, lets the gate choose, and folds what it took in several orders.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let mut changes = Vec::new();
    while script.goes_on() && changes.len() < CHANGES_MAX {
        let Ok(change) = decode_change(script.bytes()) else { continue };
        let written = encode_change(&change);
        let again = decode_change(&written);
        assert_eq!(again.as_ref(), Ok(&change), "a change survives its bytes");
        changes.push(change);
    }
    fold_all(&changes);
    let admitted = admitted(changes);
    let expected = fold(&admitted);
    let mut chance = Chance::new(bytes.len() as u64);
    for _ in 0..2 {
        let mut order = admitted.clone();
        for at in 1..order.len() {
            order.swap(at, chance.below(at.saturating_add(1)));
        }
        assert_eq!(fold(&order), expected, "the fold forgets the order");
    }
    reload(&admitted);
}

/// What no gate has seen is folded as well: total, and once.
fn fold_all(changes: &[Change]) {
    let mut open = OpenRecord::new(RECORD);
    for change in changes {
        open.apply(change);
        assert_eq!(open.apply(change), Applied::Known, "a second time changes nothing");
    }
    assert!(open.text.is_whole());
    assert!(choices(&open.record).len() <= changes.len().saturating_mul(256));
}

/// Gives the changes that the gate lets in, one after another, as the server asks it.
fn admitted(changes: Vec<Change>) -> Vec<Change> {
    let caller =
        Caller { account: Some(AUTHOR), role: Role::Coordinator, projects: BTreeSet::new() };
    let mut record = Record::new(RECORD);
    let mut taken = BTreeSet::new();
    let mut admitted = Vec::new();
    for change in changes {
        let change = Change { record: RECORD, author: AUTHOR, ..change };
        // The server refuses another change with an identity that it knows.
        if taken.contains(&change.id) || admit(&caller, Some(&record), &change).is_err() {
            continue;
        }
        let applied = record.apply(&change);
        assert!(matches!(applied, Applied::Folded { .. }), "what enters is folded: {applied:?}");
        taken.insert(change.id);
        admitted.push(change);
    }
    assert_eq!(record.waiting(), 0, "nothing that entered waits");
    admitted
}

fn fold(changes: &[Change]) -> Vec<u8> {
    let mut record = Record::new(RECORD);
    for change in changes {
        record.apply(change);
    }
    encode(&record)
}

/// A record that is written down and read between any two changes is the same record.
fn reload(changes: &[Change]) {
    let mut kept = OpenRecord::new(RECORD);
    let mut reloaded = OpenRecord::new(RECORD);
    for change in changes {
        assert_eq!(kept.apply(change), reloaded.apply(change));
        let again = OpenRecord::from_snapshot(&reloaded.snapshot());
        let Ok(again) = again else {
            assert!(again.is_ok(), "a snapshot loads: {:?}", again.err());
            return;
        };
        reloaded = again;
        assert_eq!(kept.canonical(), reloaded.canonical(), "a snapshot is the record");
    }
}
