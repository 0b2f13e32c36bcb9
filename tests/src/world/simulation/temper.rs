//! What a world has more of than others: most worlds alone would see too little of each.

use talkoot_core::id::{AccountId, RecordId};

use super::World;
use crate::world::Chance;
use crate::world::device::Device;
use crate::world::fault::Fault;
use crate::world::person::PROJECTS;

/// Steps after which a right comes again at the latest.
const BLINK_STEPS_MAX: u64 = 200;
/// Transactions of a fragile device after which it dies, on average.
const DIES_ONE_IN: u64 = 10;

/// The temper of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    Even,
    /// Rights change and devices crash all the time, so that readings from the beginning are met
    /// and cut everywhere.
    Restless,
    /// Rights go and come again in a moment, and people write as soon as the first pages are here.
    Eager,
    /// Devices die between two transactions.
    Fragile,
    /// The server is restored again and again, above all while devices still give back or read
    /// everything again.
    Unlucky,
}

/// A right that was taken for a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blink {
    steps: u64,
    account: AccountId,
    project: RecordId,
}

impl Temper {
    pub(super) fn of(chance: &mut Chance) -> Self {
        match chance.below(8) {
            0 => Self::Restless,
            1 => Self::Eager,
            2 | 3 => Self::Fragile,
            4 => Self::Unlucky,
            _ => Self::Even,
        }
    }
}

impl World {
    /// Does what this world has more of than others.
    pub(super) fn act_by_temper(&mut self, place: usize) {
        match self.temper {
            Temper::Even | Temper::Fragile => {}
            Temper::Restless => match self.chance.below(4) {
                0 => self.change_rights(),
                1 => self.blink(),
                _ => self.crash_device(place),
            },
            Temper::Eager => {
                let reads = |device: &Device| device.disk.sight.pass.is_some();
                match self.devices.iter().position(reads) {
                    Some(place) => self.act(place),
                    None => self.blink(),
                }
            }
            Temper::Unlucky => self.restore_at_the_worst(),
        }
    }

    /// Restores the server while a device owes something, or has begun to read everything again.
    fn restore_at_the_worst(&mut self) {
        let owes = self.devices.iter().any(|device| !device.disk.owed.is_empty());
        let rereads = self.devices.iter().position(|device| device.rereads);
        if let Some(place) = rereads {
            self.crash_device(place);
            self.restore();
        } else if owes {
            self.note(Fault::RestoredAgain, 0);
            self.restore();
        } else if self.chance.below(4) == 0 {
            self.restore();
        } else {
            self.back_up();
        }
    }

    /// Takes a right from somebody who has it; it comes again in a moment.
    pub(super) fn blink(&mut self) {
        let accounts = self.server.store.people(|people| people.accounts());
        let project = PROJECTS.get(self.chance.index(PROJECTS.len())).copied();
        let has = |project: &RecordId| accounts.iter().find(|it| it.projects.contains(project));
        let found = project.and_then(|project| Some((has(&project)?.id, project)));
        let Some((account, project)) = found.filter(|_| self.blink.is_none()) else { return };
        self.set_project(account, project, false);
        let steps = 1 + self.chance.below(BLINK_STEPS_MAX);
        self.blink = Some(Blink { steps, account, project });
        self.note(Fault::RightsBlinked, 0);
    }

    /// Counts a step towards the return of the right that was taken.
    pub(super) fn pass_blink(&mut self) {
        let Some(blink) = &mut self.blink else { return };
        blink.steps = blink.steps.saturating_sub(1);
        if blink.steps == 0 {
            self.end_blink();
        }
    }

    /// Gives the right again that was taken for a moment.
    pub(crate) fn end_blink(&mut self) {
        if let Some(Blink { account, project, .. }) = self.blink.take() {
            self.set_project(account, project, true);
        }
    }

    fn set_project(&mut self, account: AccountId, project: RecordId, has: bool) {
        self.mean_rights(account);
        self.server.store.people(|people| {
            people.change(account, |account| {
                if has {
                    account.projects.insert(project);
                } else {
                    account.projects.remove(&project);
                }
            });
        });
        self.server.recheck();
    }

    /// Has a fragile device die, if it has taken a transaction in this turn and has more to do.
    pub(super) fn may_die(&mut self, place: usize, taken_before: u64) {
        let device = self.devices.get(place);
        let between = device.is_some_and(|it| it.disk.taken > taken_before && !it.is_idle());
        if self.temper == Temper::Fragile && between && self.chance.below(DIES_ONE_IN) == 0 {
            self.crash_device(place);
            self.note(Fault::DiedBetween, place);
        }
    }
}
