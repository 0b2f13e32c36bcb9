//! What goes wrong, and what people do about it.

use talkoot_core::access::Role;
use talkoot_core::sync::client::{Event, Line};
use talkoot_core::sync::message::{Close, PROTOCOL};
use talkoot_server::store::NewSession;

use super::super::device::Device;
use super::super::fault::Fault;
use super::super::person::PROJECTS;
use super::super::server::Left;
use super::{DAY_MS, World};

const TEN_YEARS_MS: u64 = 3_653 * DAY_MS;

/// A moment of the server's disk in which the power may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Something is written and not synced.
    Unsynced,
    /// Something is synced and not answered.
    Unanswered,
}

impl World {
    /// Something goes wrong.
    pub(super) fn misfortune(&mut self, place: usize) {
        match self.chance.below(58) {
            0..=5 => self.cut_line(place),
            6..=9 => self.crash_device(place),
            10..=12 => self.fill_device(place),
            13..=15 => self.partition(place),
            16 | 17 => self.jump_clock(place),
            18 => self.go_away(place),
            19 | 20 => self.end_session(place),
            21..=24 => self.change_rights(),
            25 => self.remove_device(place),
            26 => self.start_old_program(place),
            27..=30 => self.kill_server(false),
            31..=33 => self.kill_server(true),
            34 => self.power_goes = Some(Moment::Unsynced),
            35 => self.power_goes = Some(Moment::Unanswered),
            36 | 37 => self.server_disk_full = !self.server_disk_full,
            38..=43 => self.back_up(),
            44..=47 => self.restore(),
            48 | 49 => self.server.recheck(),
            50 | 51 => self.blink(),
            _ => self.rot(place),
        }
        self.settle();
    }

    fn cut_line(&mut self, place: usize) {
        let Some(line) = self.network.line_of(place) else { return };
        self.network.cut(place);
        // The server may believe for a while that the line stands.
        if self.chance.below(2) == 0 {
            self.server.hang_up(line);
        }
        self.lose_line(place, None);
        self.note(Fault::LineCut, place);
    }

    pub(super) fn note(&mut self, fault: Fault, place: usize) {
        self.tally.note(fault);
        self.story.tell(format!("{fault:?} {place}"));
    }

    pub(super) fn crash_device(&mut self, place: usize) {
        self.network.cut(place);
        if let Some(device) = self.devices.get_mut(place) {
            device.crash();
        }
        self.note(Fault::DeviceCrashed, place);
    }

    fn fill_device(&mut self, place: usize) {
        let Some(device) = self.devices.get_mut(place) else { return };
        device.disk.full = !device.disk.full;
        if device.disk.full {
            self.note(Fault::DeviceDiskFull, place);
        }
    }

    fn partition(&mut self, place: usize) {
        let begins = self.chance.below(2) == 0;
        self.network.swallow(place, begins);
        if begins {
            self.note(Fault::Partition, place);
        }
    }

    fn jump_clock(&mut self, place: usize) {
        let ahead = i64::try_from(self.chance.below(2 * TEN_YEARS_MS)).unwrap_or(0);
        let skew_ms = ahead - i64::try_from(TEN_YEARS_MS).unwrap_or(0);
        if let Some(device) = self.devices.get_mut(place) {
            device.skew_ms = skew_ms;
        }
        self.note(Fault::ClockJumped, place);
    }

    fn go_away(&mut self, place: usize) {
        self.network.cut(place);
        self.pass_time(90 * DAY_MS);
        self.lose_line(place, None);
        self.note(Fault::LongAway, place);
    }

    /// Signs a device's person in, if the device has one.
    pub(super) fn sign_in(&mut self, place: usize) {
        let lasts_ms = (30 + self.chance.below(90)) * DAY_MS;
        let token_hash = self.chance.seed();
        let Some(device) = self.devices.get_mut(place) else { return };
        let Some(account) = device.caller().account else { return };
        let (now_ms, expires_ms) = (self.now_ms, self.now_ms + lasts_ms);
        let session = NewSession { token_hash, account, now_ms, expires_ms };
        self.server.store.people(|people| people.open_session(session));
        if let Some(token) = self.tokens.get_mut(place) {
            *token = Some(token_hash);
        }
        device.tell(Event::SignedIn);
    }

    fn end_session(&mut self, place: usize) {
        let Some(token) = self.tokens.get(place).copied().flatten() else { return };
        self.server.store.people(|people| people.end_session(token));
        self.note(Fault::SessionEnded, place);
    }

    /// The command line on the server changes what somebody may do; connections hear of it later.
    pub(super) fn change_rights(&mut self) {
        let accounts = self.server.store.people(|people| people.accounts());
        let at = 1 + self.chance.index(accounts.len() - 1);
        let Some(account) = accounts.get(at) else { return };
        let kind = self.chance.below(3);
        let project = PROJECTS.get(self.chance.index(PROJECTS.len())).copied();
        self.mean_rights(account.id);
        self.server.store.people(|people| {
            people.change(account.id, |account| match (kind, project) {
                (1.., Some(project)) => {
                    if !account.projects.remove(&project) {
                        account.projects.insert(project);
                    }
                }
                _ if account.role == Role::Member => account.role = Role::Reader,
                _ => account.role = Role::Member,
            });
        });
        self.note(Fault::RightsChanged, at);
    }

    /// A person removes a device, say a lost one. The first device of each stays.
    fn remove_device(&mut self, place: usize) {
        let Some(device) = self.devices.get(place) else { return };
        let Some(account) = device.caller().account else { return };
        let own = |at: &usize| {
            self.devices.get(*at).is_some_and(|it| it.caller().account == Some(account))
        };
        let is_first = !(0..place).any(|at| own(&at));
        let replica = device.key().replica();
        if !is_first && self.server.store.people(|people| people.remove_device(account, replica)) {
            self.removed.insert(place);
            self.note_lost();
            self.note(Fault::DeviceRemoved, place);
        }
    }

    /// A cached program from before the present conversation starts.
    fn start_old_program(&mut self, place: usize) {
        self.crash_device(place);
        if let Some(device) = self.devices.get_mut(place) {
            device.protocol = PROTOCOL - 1;
        }
        self.note(Fault::OldProgram, place);
    }

    pub(super) fn kill_server(&mut self, power_cut: bool) {
        if !self.server.runs() {
            return;
        }
        let unanswered = self.waits_at_the_door("answer");
        let unsynced = self.waits_at_the_door("second write") || self.waits_at_the_door("sync");
        let left = self.server.die(power_cut.then_some(&mut self.chance));
        for place in self.network.cut_all() {
            self.lose_line(place, None);
        }
        self.note(
            match (power_cut, left) {
                (false, _) => Fault::ServerKilled,
                (true, Left::Nothing) => Fault::PowerCutNothingLost,
                (true, Left::Lost) => Fault::PowerCutLost,
                (true, Left::Torn) => Fault::PowerCutTorn,
                (true, Left::Kept) => Fault::PowerCutKept,
            },
            0,
        );
        if unanswered {
            self.tally.note(Fault::DiedUnanswered);
        }
        if unsynced {
            self.tally.note(Fault::DiedUnsynced);
        }
    }

    /// Says whether a moment is now.
    pub(super) fn has_come(&self, moment: Moment) -> bool {
        match moment {
            Moment::Unsynced => self.server.store.is_unsynced(),
            Moment::Unanswered => self.waits_at_the_door("answer"),
        }
    }

    fn waits_at_the_door(&self, wanted: &str) -> bool {
        let door = &self.server.store.door;
        (0..door.waiting()).any(|place| door.name(place) == wanted)
    }

    /// Lets the timer of a device go off, if its time has come: most people need no help.
    pub(super) fn ring(&mut self, place: usize) {
        let now_ms = self.now_ms;
        let is_due =
            |device: &Device| device.wake_at_ms.is_some_and(|at_ms| at_ms <= device.now_ms(now_ms));
        if self.server.runs() && self.devices.get(place).is_some_and(is_due) {
            self.help_device(place);
        }
    }

    /// Somebody or something helps: the server is started, a person tries again or signs in.
    pub(super) fn help(&mut self, place: usize) {
        if !self.server.runs() {
            self.server.start();
            self.story.tell("server: starts".to_owned());
            return;
        }
        let frees = self.chance.below(6) == 0;
        if let Some(device) = self.devices.get_mut(place).filter(|_| frees) {
            device.disk.full = false;
        }
        self.help_device(place);
    }

    /// Does what a person or a timer would do on a device that has no line.
    pub(crate) fn help_device(&mut self, place: usize) {
        let Some(device) = self.devices.get_mut(place) else { return };
        match device.line() {
            Line::Held(Close::SignedOut) => self.sign_in(place),
            Line::Held(Close::TooOld) => {
                // The person loads the new version.
                device.crash();
                device.protocol = PROTOCOL;
            }
            Line::Held(_) => {}
            Line::Down { .. } => {
                let now_ms = device.now_ms(self.now_ms);
                match device.wake_at_ms.filter(|at| *at <= now_ms) {
                    Some(_) => {
                        device.wake_at_ms = None;
                        device.tell(Event::Woke { now_ms });
                    }
                    None => device.tell(Event::TryNow),
                }
            }
            Line::Up => device.tell(Event::PageShown),
            // A person is patient for a while.
            Line::Opening { .. } | Line::Greeting { .. } if self.chance.below(4) > 0 => {}
            Line::Opening { .. } | Line::Greeting { .. } => device.tell(Event::TryNow),
        }
    }
}
