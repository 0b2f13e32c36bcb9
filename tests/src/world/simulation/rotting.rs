//! A change that a device has lost from its disk, and how comparing with the server heals that.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::id::{ChangeId, RecordId};

use super::World;
use crate::world::device::Device;
use crate::world::fault::Fault;

/// What each device has lost of each record. What was healed stays listed.
pub(crate) type Rotten = BTreeMap<(usize, RecordId), BTreeSet<ChangeId>>;

impl World {
    /// A change is lost from the disk of a device, or of the next that has one to lose. What is in
    /// its memory shows it until it starts again.
    pub(super) fn rot(&mut self, place: usize) {
        let places = (place..self.devices.len()).chain(0..place);
        for place in places {
            let Some(device) = self.devices.get_mut(place) else { return };
            let Some((record, id)) = device.disk.rot(&mut self.chance) else { continue };
            self.rotten.entry((place, record)).or_default().insert(id);
            self.note_lost();
            self.note(Fault::Rot, place);
            if self.chance.below(2) == 0 {
                self.crash_device(place);
            }
            return;
        }
    }

    /// Has a person leave a record, which is compared then: of several that have rotted, one.
    pub(super) fn look(&mut self, place: usize) {
        let rotten = self.rotten.range((place, RecordId([0; 16]))..=(place, RecordId([255; 16])));
        let mut records: Vec<RecordId> = rotten.map(|((_, record), _)| *record).collect();
        let Some(device) = self.devices.get_mut(place) else { return };
        if records.is_empty() || self.chance.below(2) == 0 {
            records = device.records().keys().copied().collect();
        }
        if let Some(record) = records.get(self.chance.index(records.len())) {
            device.look(*record);
            self.story.tell(format!("device {place}: looks at {record}"));
        }
    }

    /// Starts every device that has lost something, and has its person look at that.
    pub(crate) fn look_at_what_rotted(&mut self) {
        let rotten: Vec<(usize, RecordId)> = self.rotten.keys().copied().collect();
        for place in rotten.iter().map(|(place, _)| *place).collect::<BTreeSet<usize>>() {
            self.crash_device(place);
        }
        if !rotten.is_empty() {
            self.come_to_rest();
        }
        for (place, record) in rotten {
            self.devices.get_mut(place).into_iter().for_each(|device| device.look(record));
            self.come_to_rest();
        }
    }

    /// Gives what a device has lost of a record, if anything.
    pub(crate) fn rotten_of(
        &self,
        device: &Device,
        record: RecordId,
    ) -> Option<&BTreeSet<ChangeId>> {
        self.rotten.get(&(device.place, record))
    }
}
