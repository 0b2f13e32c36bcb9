//! Sticks: people carry files from device to device, in any order, again and again, damaged too.
//!
//! Who carries is decided by a chance of its own, and only in worlds that are asked for, so all
//! other worlds are as they were.

use talkoot_core::sign::ReplicaKey;
use talkoot_core::transfer::Maker;

use super::World;
use crate::world::Chance;
use crate::world::device::Device;
use crate::world::fault::Fault;

/// Steps between two things that people do with sticks, on average.
const ONE_IN: u64 = 12;
/// Sticks that are about.
const STICKS_MAX: usize = 8;

/// The sticks of a world.
#[derive(Debug)]
pub(super) struct Carrying {
    chance: Chance,
    sticks: Vec<Vec<u8>>,
}

impl World {
    /// Makes a world in which people carry files.
    pub fn carrying(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.carrying = Some(Carrying { chance: Chance::new(!seed), sticks: Vec::new() });
        world
    }

    /// Has somebody pack or take in a file, now and then.
    pub(super) fn carry(&mut self) {
        let Some(mut carrying) = self.carrying.take() else { return };
        if carrying.chance.below(ONE_IN) == 0 {
            let place = carrying.chance.index(self.devices.len());
            match carrying.chance.below(5) {
                0 | 1 => self.pack(place, &mut carrying),
                _ => self.unpack(place, &mut carrying),
            }
        }
        self.carrying = Some(carrying);
    }

    fn pack(&mut self, place: usize, carrying: &mut Carrying) {
        // Not everybody has heard the server's word for everybody.
        let knows_all = carrying.chance.below(4) > 0;
        let vouched = self.devices.iter().filter(|_| knows_all).filter_map(|device| {
            let holder =
                self.server.store.people(|people| people.holder(device.key().replica()))?;
            Some(Maker::vouched(holder.key, holder.account, &server_key()))
        });
        let unproven = self
            .devices
            .iter()
            .filter_map(|device| Some(Maker::unproven(device.key(), device.caller().account?)));
        let makers = unproven.chain(vouched).collect();
        let Some(device) = self.devices.get(place) else { return };
        let records: Vec<_> = device.records().keys().copied().collect();
        let record = records.get(carrying.chance.index(records.len() + 1)).copied();
        let mut file = device.pack(record, makers);
        if carrying.chance.below(8) == 0 && !file.is_empty() {
            let at = carrying.chance.index(file.len());
            file.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1);
        }
        carrying.sticks.push(file);
        if carrying.sticks.len() > STICKS_MAX {
            carrying.sticks.remove(0);
        }
        self.note(Fault::Packed, place);
    }

    fn unpack(&mut self, place: usize, carrying: &mut Carrying) {
        let Some(stick) = carrying.sticks.get(carrying.chance.index(carrying.sticks.len())) else {
            return;
        };
        let has_account = |device: &&mut Device| device.caller().account.is_some();
        let Some(device) = self.devices.get_mut(place).filter(has_account) else { return };
        match device.unpack(stick, server_key().public(), self.now_ms) {
            None => self.note(Fault::StickDamaged, place),
            Some(taken) if taken.is_empty() => self.note(Fault::NothingNew, place),
            Some(taken) => {
                self.carried.extend(taken);
                self.note(Fault::Carried, place);
            }
        }
    }
}

/// The key with which the server of these worlds vouches.
fn server_key() -> ReplicaKey {
    ReplicaKey::from_seed(&[200; 32])
}
