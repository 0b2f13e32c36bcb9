//! One run: chance decides what happens next, one thing at a time.

mod carrying;
mod misfortune;
pub(super) mod moderating;
mod restoring;
mod rotting;
mod temper;
mod watching;

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::sync::client::Event;
use talkoot_core::sync::message::ServerMessage;
use talkoot_server::store::{Account, StoreError, TokenHash};

use self::carrying::Carrying;
use self::misfortune::Moment;
use self::moderating::Moderating;
use self::restoring::Restoring;
use self::rotting::Rotten;
use self::temper::{Blink, Temper};
use self::watching::Era;
use super::Chance;
use super::device::{Deed, Device, Says, nobody};
use super::fault::Fault;
use super::network::{Load, Network};
use super::outcome::{Outcome, Story, Tally};
use super::person::{self, PROJECTS};
use super::sabotage::Sabotage;
use super::server::{Asks, Out, Server};

/// A day, in milliseconds.
pub(super) const DAY_MS: u64 = 86_400_000;
/// Operations of the server's disk of which one fails.
const DISK_FAILS_ONE_IN: u64 = 300;

/// What may happen in one step: an answer takes the server many operations of its disk, and a
/// conversation that is never answered meets no misfortune.
const TURNS_MAX: u64 = 4;
const FRAMES_MAX: u64 = 3;
const DISK_OPERATIONS_MAX: u64 = 24;

/// Everything there is.
pub struct World {
    pub(super) chance: Chance,
    pub(super) now_ms: u64,
    pub(super) server: Server,
    pub(super) server_disk_full: bool,
    /// When the power goes next, if it does.
    pub(super) power_goes: Option<Moment>,
    temper: Temper,
    blink: Option<Blink>,
    carrying: Option<Carrying>,
    pub(super) moderating: Option<Moderating>,
    pub(super) is_mended: bool,
    pub(super) devices: Vec<Device>,
    /// The cookie of each device.
    pub(super) tokens: Vec<Option<TokenHash>>,
    /// Devices that their person removed: they never write again.
    pub(super) removed: BTreeSet<usize>,
    pub(super) restoring: Restoring,
    rotten: Rotten,
    /// When each device was told that something of a record is stored.
    told: BTreeMap<(usize, RecordId), Era>,
    /// What was wrong before the end.
    pub(super) complaints: Vec<String>,
    pub(super) network: Network,
    pub(super) tally: Tally,
    pub(super) story: Story,
    /// What the server said of changes, whether anybody heard it or not.
    pub(super) acknowledged: BTreeSet<ChangeId>,
    pub(super) refused: BTreeMap<ChangeId, String>,
    /// What came to some device on a stick: the server may hear of it from anybody.
    pub(super) carried: BTreeSet<ChangeId>,
}

/// The people: what each is, in which projects, and on how many devices.
const PEOPLE: [(Role, &[usize], usize); 4] = [
    (Role::Coordinator, &[], 1),
    (Role::Member, &[0], 2),
    (Role::Member, &[0, 1], 2),
    (Role::Reader, &[1], 1),
];

impl World {
    /// Makes a world of two to four people with three to six devices, one perhaps without account.
    pub fn new(seed: u64) -> Self {
        Self::sabotaged(seed, None)
    }

    /// Makes a world whose product is broken in one way.
    pub fn sabotaged(seed: u64, sabotage: Option<Sabotage>) -> Self {
        let mut chance = Chance::new(seed);
        let talks = sabotage.is_none_or(Sabotage::is_of_talk);
        let server = Server::new(chance.next(), sabotage);
        let temper = Temper::of(&mut chance);
        let mut world = Self {
            now_ms: 1_600_000_000_000,
            server,
            server_disk_full: false,
            power_goes: None,
            temper,
            blink: None,
            carrying: None,
            moderating: talks.then(|| Moderating::new(seed)),
            is_mended: false,
            devices: Vec::new(),
            tokens: Vec::new(),
            removed: BTreeSet::new(),
            restoring: Restoring::default(),
            rotten: Rotten::new(),
            told: BTreeMap::new(),
            complaints: Vec::new(),
            network: Network::default(),
            tally: Tally::default(),
            story: Story::default(),
            acknowledged: BTreeSet::new(),
            refused: BTreeMap::new(),
            carried: BTreeSet::new(),
            chance,
        };
        world.server.set_clock(world.now_ms);
        world.server.start();
        if sabotage == Some(Sabotage::SameRights) {
            world.server.store.people(super::server::accounts::People::keep_rights_number);
        }
        world.settle_people(sabotage);
        world
    }

    fn settle_people(&mut self, sabotage: Option<Sabotage>) {
        let people = 2 + self.chance.index(3);
        let devices_max = 3 + self.chance.index(4);
        let mut callers: Vec<Caller> = Vec::new();
        for turn in 0..2 {
            for (number, (role, projects, devices)) in PEOPLE.iter().take(people).enumerate() {
                let projects = projects.iter().filter_map(|at| PROJECTS.get(*at).copied());
                let id = AccountId([u8::try_from(number).unwrap_or(0) + 1; 16]);
                let (role, projects) = (*role, projects.collect::<BTreeSet<_>>());
                if turn == 0 {
                    let (email, name) = (format!("{number}@example.org"), format!("P{number}"));
                    let projects = projects.clone();
                    let account = Account { id, email, name, role, projects, rights: 1 };
                    self.server.store.people(|people| people.add(account));
                }
                if turn < *devices {
                    callers.push(Caller { account: Some(id), role, projects });
                }
            }
        }
        callers.truncate(devices_max);
        if callers.len() < 3 || self.chance.below(3) == 0 {
            callers.push(nobody());
        }
        for (place, caller) in callers.into_iter().enumerate() {
            let mut device = Device::new(place, caller, self.chance.seed());
            device.sabotage = sabotage;
            // A program from before the present text schema.
            device.text_schema -= u16::from(self.chance.below(6) == 0);
            self.devices.push(device);
            self.tokens.push(None);
            self.sign_in(place);
        }
    }

    /// Lets chance act for a number of steps, then heals everything and lets it come to rest.
    pub fn run(mut self, steps: u32) -> Outcome {
        for _ in 0..steps {
            self.step();
        }
        self.tally.acknowledged_before = self.acknowledged.len();
        self.heal();
        self.outcome()
    }

    fn step(&mut self) {
        self.pass_time(self.chance.clone().below(4_000));
        let place = self.chance.index(self.devices.len());
        match self.chance.below(100) {
            0..=9 => self.act(place),
            10..=33 => self.in_a_row(TURNS_MAX, Self::turn_busy_device),
            34..=54 => self.in_a_row(FRAMES_MAX, Self::deliver),
            55..=94 => self.in_a_row(DISK_OPERATIONS_MAX, Self::let_server_work),
            95 => self.act_by_temper(place),
            96 | 97 => self.help(place),
            98 => self.misfortune(place),
            _ => self.look(place),
        }
        self.pass_blink();
        self.carry();
        self.moderate();
        self.ring(place);
    }

    /// Does something some times in a row: what is quick in life is quick here.
    fn in_a_row(&mut self, most: u64, mut work: impl FnMut(&mut Self)) {
        for _ in 0..=self.chance.below(most) {
            work(self);
        }
    }

    pub(super) fn pass_time(&mut self, ms: u64) {
        self.now_ms += ms;
        self.server.set_clock(self.now_ms);
    }

    /// Has a person do something.
    pub(super) fn act(&mut self, place: usize) {
        let Some(device) = self.devices.get_mut(place) else { return };
        let deed = person::act(device, self.temper == Temper::Eager, &mut self.chance, self.now_ms);
        match deed {
            Deed::Saved | Deed::Nothing => {}
            Deed::Refused => self.tally.refused_here += 1,
            Deed::NotSaved => self.tally.not_saved += 1,
        }
        if deed != Deed::Nothing {
            let counter = device.disk.counter;
            let record = device.made.last_key_value().map(|(_, made)| made.record.to_string());
            self.story.tell(format!("device {place}: {deed:?} {counter} on {record:?}"));
        }
        if deed == Deed::Saved {
            self.watch_writing(place);
        }
    }

    fn turn_busy_device(&mut self) {
        let is_busy = |place: &usize| self.devices.get(*place).is_some_and(|it| !it.is_idle());
        let busy: Vec<usize> = (0..self.devices.len()).filter(is_busy).collect();
        if let Some(place) = busy.get(self.chance.index(busy.len())) {
            self.turn_device(*place);
        }
    }

    /// Has a device do one thing.
    pub(super) fn turn_device(&mut self, place: usize) {
        let Some(device) = self.devices.get_mut(place) else { return };
        let (taken_before, log_before) = (device.disk.taken, device.disk.cursor.log);
        match device.turn(self.now_ms) {
            Some(Says::Open) => {
                let account = device.caller().account.map(|account| account.to_string());
                let token = self.tokens.get(place).copied().flatten();
                self.network.open(place, Asks { token, account });
                self.story.tell(format!("device {place}: opens a line"));
            }
            Some(Says::Close) => self.network.close(place),
            Some(Says::Message(message)) => {
                if let Some(line) = self.network.line_of(place) {
                    self.network.send(line, Load::Up(message));
                }
            }
            None => {}
        }
        self.watch(place, log_before);
        self.may_die(place, taken_before);
    }

    fn deliver(&mut self) {
        let (frame, fault) = self.network.pick(&mut self.chance);
        if let Some(fault) = fault {
            self.tally.note(fault);
        }
        if let Some(frame) = frame {
            self.arrive(frame.line, frame.load);
        }
    }

    /// Brings something to the end of its line.
    pub(super) fn arrive(&mut self, line: u64, load: Load) {
        self.story.tell(format!("line {line}: {}", load.name()));
        match load {
            Load::Open(_) if !self.server.runs() => self.close_at_device(line, None),
            Load::Open(asks) => self.server.open(line, asks),
            Load::Up(message) => self.server.hear(line, message),
            Load::HangUp => self.server.hang_up(line),
            Load::Accepted => self.tell_device(line, Event::Opened),
            Load::Down(message) => self.tell_device(line, Event::Received(message)),
            Load::Closed(code) => self.close_at_device(line, code),
        }
        self.settle();
    }

    fn tell_device(&mut self, line: u64, event: Event) {
        let place = self.network.device_at(line);
        if let Some(device) = place.and_then(|place| self.devices.get_mut(place)) {
            device.hear(event);
        }
    }

    fn close_at_device(&mut self, line: u64, code: Option<u16>) {
        if let Some(place) = self.network.device_at(line) {
            self.network.cut(place);
            self.lose_line(place, code);
        }
    }

    /// Tells a device that its line is gone.
    pub(super) fn lose_line(&mut self, place: usize, code: Option<u16>) {
        let chance = self.chance.next();
        if let Some(device) = self.devices.get_mut(place) {
            let now_ms = device.now_ms(self.now_ms);
            device.hear(Event::Closed { code, now_ms, chance });
        }
    }

    /// Lets an operation of the server's disk through, or a connection turn to something.
    fn let_server_work(&mut self) {
        let waiting = self.server.store.door.waiting();
        let attentive = self.server.attentive();
        let choices = waiting + attentive.len();
        if choices == 0 {
            return;
        }
        let choice = self.chance.index(choices);
        if let Some(line) = choice.checked_sub(waiting).and_then(|at| attentive.get(at)) {
            self.server.turn(*line, &mut self.chance);
        } else if self.power_goes.is_some_and(|moment| self.has_come(moment)) {
            self.power_goes = None;
            self.kill_server(true);
        } else {
            let answer = self.disk_answer(choice);
            self.let_through(choice, answer);
        }
        self.settle();
    }

    /// Lets one operation of the server's disk through.
    pub(super) fn let_through(&mut self, place: usize, answer: Result<(), StoreError>) {
        let name = self.server.store.door.name(place);
        self.story.tell(format!("server: {name} {answer:?}"));
        self.server.let_through(place, answer);
    }

    fn disk_answer(&mut self, place: usize) -> Result<(), StoreError> {
        let name = self.server.store.door.name(place);
        let writes = matches!(name, "write" | "second write" | "sync");
        if writes && self.server_disk_full {
            self.tally.note(Fault::ServerDiskFull);
            return Err(StoreError::Full);
        }
        if name != "people" && name != "answer" && self.chance.below(DISK_FAILS_ONE_IN) == 0 {
            self.tally.note(Fault::ServerDiskFailed);
            return Err(StoreError::Failed { code: 10 });
        }
        Ok(())
    }

    /// Polls the server and sends on what it says.
    pub(super) fn settle(&mut self) {
        self.settle_lines();
        self.hear_replies();
    }

    fn settle_lines(&mut self) {
        for (line, out) in self.server.settle() {
            let load = match out {
                Out::Accepted => Load::Accepted,
                Out::Closed(code) => Load::Closed(Some(code)),
                Out::Said(message) => {
                    self.note_answer(&message);
                    Load::Down(message)
                }
            };
            if self.network.device_at(line).is_some() {
                self.network.send(line, load);
            }
        }
    }

    fn note_answer(&mut self, message: &ServerMessage) {
        match message {
            ServerMessage::Stored(ids) => self.acknowledged.extend(ids),
            ServerMessage::Refused { id: Some(id), code } => {
                self.story.tell(format!("server: refuses {} as {code}", id.counter));
                self.refused.insert(*id, code.clone());
            }
            ServerMessage::Refused { .. }
            | ServerMessage::Welcome(_)
            | ServerMessage::Entries(_)
            | ServerMessage::Present { .. }
            | ServerMessage::Compared { .. }
            | ServerMessage::People(_) => {}
        }
    }
}
