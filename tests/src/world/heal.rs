//! The end of a run: everything is mended, and the world comes to rest.

use talkoot_core::sync::message::PROTOCOL;

use super::device::Device;
use super::simulation::World;

/// Deliveries and turns after which a healed world must have come to rest.
const REST_TURNS_MAX: u32 = 60_000;
/// How often a device may have to try again.
const TRIES_MAX: u32 = 40;
/// What the coordinator, whose rights nobody takes, does after everything is mended.
const COORDINATOR_ACTS: usize = 9;

impl World {
    /// Mends everything, and goes on until nobody has anything to say.
    pub(super) fn heal(&mut self) {
        self.story.tell("everything is mended".to_owned());
        self.server_disk_full = false;
        self.power_goes = None;
        if !self.server.runs() {
            self.server.start();
        }
        for place in 0..self.devices.len() {
            self.network.swallow(place, false);
            if let Some(device) = self.devices.get_mut(place) {
                device.disk.full = false;
                // What it was told while its disk took nothing, it hears again after a start.
                if device.disk.failed > 0 && !device.disk.owed.is_empty() {
                    device.crash();
                }
                // Its person loads the new version, if it was an old one.
                if device.protocol != PROTOCOL {
                    device.protocol = PROTOCOL;
                    device.crash();
                }
            }
            self.hang_up_at(place);
        }
        self.end_blink();
        self.put_rights_right();
        self.server.recheck();
        self.come_to_rest();
        self.look_at_what_rotted();
        // Life goes on: what the misfortunes left must be good enough to build on.
        for place in (0..self.devices.len()).chain([0; COORDINATOR_ACTS]) {
            self.act(place);
        }
        self.come_to_rest();
        self.clear_desks();
    }

    /// Has every moderator look once more: what is public by now is let go.
    fn clear_desks(&mut self) {
        self.is_mended = true;
        for place in 0..self.devices.len() {
            self.list_held(place);
            self.rest();
            self.say_published(place);
            self.rest();
        }
    }

    fn hang_up_at(&mut self, place: usize) {
        if let Some(line) = self.network.line_of(place) {
            self.network.cut(place);
            self.server.hang_up(line);
            self.lose_line(place, None);
        }
    }

    /// Goes on until every device is up to date, or keeps what the server leaves for good.
    pub(super) fn come_to_rest(&mut self) {
        for _ in 0..TRIES_MAX {
            let stored = self.server.store.head();
            self.rest();
            let is_restless = |it: &&Device| !it.is_content() && !it.is_turned_away();
            let devices = self.devices.iter().filter(is_restless);
            let (kept, restless): (Vec<&Device>, Vec<&Device>) =
                devices.partition(|device| device.keeps_owed());
            let took = stored != self.server.store.head();
            if restless.is_empty() && (kept.is_empty() || !took) {
                return;
            }
            let places = |of: Vec<&Device>| of.iter().map(|it| it.place).collect::<Vec<usize>>();
            let (kept, restless) = (places(kept), places(restless));
            // What the server left is offered anew on the next line.
            for place in kept {
                self.hang_up_at(place);
                self.help_device(place);
            }
            for place in restless {
                self.help_device(place);
            }
        }
    }

    /// Lets everything happen in order until nothing is left to happen.
    fn rest(&mut self) {
        for _ in 0..REST_TURNS_MAX {
            self.settle();
            let busy = (0..self.devices.len())
                .find(|place| self.devices.get(*place).is_some_and(|device| !device.is_idle()));
            if let Some(place) = busy {
                self.turn_device(place);
            } else if self.server.store.door.waiting() > 0 {
                self.let_through(0, Ok(()));
            } else if let Some(line) = self.server.attentive().first() {
                self.server.turn(*line, &mut self.chance);
            } else if let Some(frame) = self.network.oldest() {
                self.arrive(frame.line, frame.load);
            } else {
                return;
            }
        }
        self.story.tell("the world does not come to rest".to_owned());
    }
}
