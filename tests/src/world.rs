//! The simulated world: people, devices, a network and a server, from one seed.
//!
//! Devices and server drive the real machines, gate and fold of the core; only
//! what the edges own (disk, line, clock, chance) is simulated here. Every run
//! of a seed is the same run. It ends with a healed network and the question
//! whether everybody holds the same bytes.

mod chance;
mod device;
mod network;
mod person;
mod server;

use std::collections::{BTreeMap, BTreeSet};

pub use chance::Chance;
use device::Device;
use network::Network;
use server::Server;
use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, RecordId};

/// The project that two of the three people belong to.
const PROJECT: RecordId = RecordId([0xAA; 16]);
/// Deliveries after which a healed world must have come to rest.
const REST_DELIVERIES_MAX: u32 = 20_000;

/// Everything there is.
pub struct World {
    chance: Chance,
    now_ms: u64,
    server: Server,
    devices: Vec<Device>,
    network: Network,
}

/// What a run showed, for the proof that work was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub changes_made: usize,
    pub changes_stored: usize,
    pub frames_lost: usize,
    pub frames_doubled: usize,
    pub frames_reordered: usize,
    pub crashes: usize,
    pub choices: usize,
    /// The digest of every record on the server, by record.
    pub digests: BTreeMap<RecordId, [u8; 32]>,
}

impl World {
    /// Makes a world of three devices: two of one project, one of none.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut server = Server::default();
        let circles = [BTreeSet::from([PROJECT]), BTreeSet::from([PROJECT]), BTreeSet::new()];
        let devices = circles.into_iter().enumerate().map(|(place, projects)| {
            let account = AccountId([u8::try_from(place).unwrap_or_default() + 1; 16]);
            let caller = Caller { account: Some(account), role: Role::Member, projects };
            Device::new(place, caller, chance.seed())
        });
        let devices: Vec<Device> = devices.collect();
        for device in &devices {
            server.vouch(device.key(), device.caller.clone());
        }
        Self { chance, now_ms: 1_600_000_000_000, server, devices, network: Network::default() }
    }

    /// Lets chance act for a number of steps, then heals the network and lets it come to rest.
    pub fn run(&mut self, steps: u32) -> Outcome {
        for _ in 0..steps {
            self.step();
        }
        self.heal();
        self.outcome()
    }

    fn step(&mut self) {
        self.now_ms += self.chance.below(5_000);
        let place = self.chance.index(self.devices.len());
        match self.chance.below(20) {
            0..=7 => self.act(place),
            8..=15 => self.deliver_with_faults(),
            16 => self.disconnect(place),
            17 | 18 => self.connect(place),
            _ => self.crash(place),
        }
    }

    fn act(&mut self, place: usize) {
        if let Some(device) = self.devices.get_mut(place) {
            person::act(device, &mut self.chance, PROJECT, self.now_ms);
            device.outbox_grew(&mut self.network);
        }
    }

    fn deliver_with_faults(&mut self) {
        if let Some(frame) = self.network.pick(&mut self.chance) {
            self.server_or_device(frame);
        }
    }

    fn server_or_device(&mut self, frame: network::Frame) {
        match frame {
            network::Frame::Up { place, message } => {
                let keys: Vec<_> = self.devices.iter().map(Device::key).collect();
                let replies = self.server.receive(place, &keys, message, self.now_ms);
                for (to, reply) in replies {
                    self.network.down(to, reply);
                }
            }
            network::Frame::Down { place, message } => {
                if let Some(device) = self.devices.get_mut(place) {
                    device.receive(message, &mut self.network, self.now_ms);
                }
            }
        }
    }

    fn disconnect(&mut self, place: usize) {
        self.network.cut(place);
        self.server.forget_conversation(place);
        let chance = self.chance.next();
        if let Some(device) = self.devices.get_mut(place) {
            device.closed(self.now_ms, chance);
        }
    }

    fn connect(&mut self, place: usize) {
        self.disconnect(place);
        if let Some(device) = self.devices.get_mut(place) {
            device.connect(&mut self.network);
        }
    }

    fn crash(&mut self, place: usize) {
        self.disconnect(place);
        if let Some(device) = self.devices.get_mut(place) {
            device.crash();
        }
    }

    fn heal(&mut self) {
        for place in 0..self.devices.len() {
            self.connect(place);
        }
        for _ in 0..REST_DELIVERIES_MAX {
            match self.network.oldest() {
                Some(frame) => self.server_or_device(frame),
                None => return,
            }
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome {
            changes_made: self.devices.iter().map(Device::made).sum(),
            changes_stored: self.server.stored(),
            frames_lost: self.network.lost,
            frames_doubled: self.network.doubled,
            frames_reordered: self.network.reordered,
            crashes: self.devices.iter().map(|device| device.crashes).sum(),
            choices: self.server.choices(),
            digests: self.server.digests(),
        }
    }

    /// Says what is wrong at the end, if anything (rules N1 to N3, F1).
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for device in &self.devices {
            complaints.extend(device.complaints());
            let visible = self.server.visible_digests(&device.caller);
            let held = device.digests();
            if visible != held {
                let server: BTreeSet<_> = visible.keys().collect();
                let here: BTreeSet<_> = held.keys().collect();
                complaints.push(format!(
                    "device {} holds other bytes than the server: only there {:?}, only here {:?}",
                    device.place,
                    server.difference(&here).collect::<Vec<_>>(),
                    here.difference(&server).collect::<Vec<_>>(),
                ));
            }
            let lost = device.made_ids().filter(|id| !self.server.has(*id)).count();
            if lost > 0 {
                complaints.push(format!("{lost} changes of device {} are lost", device.place));
            }
        }
        complaints
    }
}
