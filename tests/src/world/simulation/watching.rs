//! What must not happen even for a moment, because the end does not show it.
//!
//! What a device had stored and its person may see is not taken for out of sight (rule N11): it
//! would come back, but an open page would close under somebody's hands. And a device never
//! forgets which log it has read (rule N33): whether that matters only a restore would tell.

use talkoot_core::access::{self, Deal};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;

use super::World;
use crate::world::device::News;

/// What decides what a person sees: the number of his rights, and which log it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    rights: Option<u64>,
    log: u64,
}

impl World {
    /// Takes note of what happened on a device in one turn.
    pub(super) fn watch(&mut self, place: usize, log_before: u64) {
        let Some(device) = self.devices.get_mut(place) else { return };
        if log_before != 0 && device.disk.cursor.log == 0 {
            self.complaints.push(format!("device {place} forgot which log it has read"));
        }
        for news in device.news() {
            match news {
                News::Stored(record) => {
                    let era = self.era(place);
                    self.told.insert((place, record), era);
                }
                News::Forgot { record, at_end } => {
                    if log_before != self.server.store.log() {
                        // Pages of before a restore still arrived, and were right then.
                        self.note_lost_before_it_was_owed(place);
                    }
                    let told = self.told.get(&(place, record));
                    let is_of_now = told.is_some_and(|told| *told == self.era(place));
                    if at_end && is_of_now && self.is_steadily_seen(place, record) {
                        self.complaints.push(format!(
                            "device {place} forgot {record}, which had been stored and is in sight"
                        ));
                    }
                }
                News::Reread => self.tally.read_again += 1,
            }
        }
    }

    /// Takes note of what a person wrote: whoever does not have his own confirmed work on a record
    /// writes into a part of it (rule N35).
    pub(super) fn watch_writing(&mut self, place: usize) {
        let Some(device) = self.devices.get(place) else { return };
        let Some((id, made)) = device.made.last_key_value() else { return };
        let knew = made.knew.last(id.replica);
        let has_lost = self.rotten_of(device, made.record).is_some();
        let between = device.made.iter().filter(|(other, it)| {
            it.record == made.record && (knew + 1..id.counter).contains(&other.counter)
        });
        let mut confirmed = between.filter(|(other, _)| {
            let is_there = !self.restoring.missed.contains(other);
            self.acknowledged.contains(other) && is_there && !device.disk.is_aside(**other)
        });
        if !has_lost && let Some((lacks, _)) = confirmed.next() {
            let (counter, lacks, record) = (id.counter, lacks.counter, made.record);
            self.complaints.push(format!(
                "device {place} wrote {counter} into a part of {record}, which lacks its own {lacks}"
            ));
        }
    }

    fn era(&self, place: usize) -> Era {
        let account = self.devices.get(place).and_then(|device| device.caller().account);
        let accounts = self.server.store.people(|people| people.accounts());
        let own = accounts.iter().find(|it| Some(it.id) == account);
        Era { rights: own.map(|account| account.rights), log: self.server.store.log() }
    }

    /// Says whether a person sees a record, and nobody ever turned who sees it.
    fn is_steadily_seen(&self, place: usize, record: RecordId) -> bool {
        let Some(device) = self.devices.get(place) else { return false };
        let mut folded = Record::new(record);
        for stored in self.server.store.changes() {
            if stored.record == record
                && let Ok(change) = stored.signed.open()
            {
                folded.apply(&change);
            }
        }
        let sees = access::may(&self.caller_of(device), &folded, Deal::See);
        folded.kind.is_some() && sees && !self.server.store.has_turned(record)
    }
}
