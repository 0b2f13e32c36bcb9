//! A run of people, devices and core's two machines as text: equal on every machine, native or
//! WebAssembly.
//!
//! `cargo xtask test` prints it from both and compares. The people and devices are those of
//! the simulated world; only the server is smaller, because the real one is native.

mod meeting;

use std::fmt::Write as _;

use talkoot_core::access::{Caller, Role};
use talkoot_core::id::AccountId;
use talkoot_core::sync::client::Event;

use self::meeting::Meeting;
use crate::world::device::{Device, Says};
use crate::world::{Chance, person};

/// Rounds of one traced run: in each, somebody acts and somebody may meet the others.
const ROUNDS: u32 = 150;
/// Clocks of the devices, apart by years.
const SKEWS_MS: [i64; 3] = [0, 315_360_000_000, -315_360_000_000];

/// Gives one line for each record at the end of a run: its name and the digest of its bytes.
pub fn trace(seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let mut meeting = Meeting::default();
    let mut devices: Vec<Device> = (1..=3).map(|number| device(number, &mut chance)).collect();
    let mut now_ms = 1_600_000_000_000;
    for _ in 0..ROUNDS {
        now_ms += chance.below(5_000);
        let place = chance.index(devices.len());
        if let Some(device) = devices.get_mut(place) {
            person::act(device, false, &mut chance, now_ms);
            if chance.below(6) == 0 {
                meet(device, &mut meeting, now_ms);
            }
            if chance.below(40) == 0 {
                device.crash();
            }
        }
    }
    // Twice, so that the first learns of what the last brought.
    for _ in 0..2 {
        for device in &mut devices {
            meet(device, &mut meeting, now_ms);
        }
    }
    written(seed, &devices, &meeting)
}

fn device(number: u8, chance: &mut Chance) -> Device {
    let account = Some(AccountId([number; 16]));
    let role = if number == 1 { Role::Coordinator } else { Role::Member };
    let caller = Caller { account, role, projects: person::PROJECTS.into() };
    let mut device = Device::new(usize::from(number), caller, chance.seed());
    device.skew_ms = SKEWS_MS.get(usize::from(number) - 1).copied().unwrap_or(0);
    device
}

/// Lets a device talk until neither side has anything to say.
fn meet(device: &mut Device, meeting: &mut Meeting, now_ms: u64) {
    meeting.hang_up();
    device.tell(Event::Closed { code: None, now_ms, chance: 0 });
    device.tell(Event::TryNow);
    while !device.is_idle() {
        match device.turn(now_ms) {
            Some(Says::Open) => device.hear(Event::Opened),
            Some(Says::Message(message)) => {
                for answer in meeting.hear(&device.caller(), message) {
                    device.hear(Event::Received(answer));
                }
            }
            Some(Says::Close) | None => {}
        }
    }
}

fn written(seed: u64, devices: &[Device], meeting: &Meeting) -> String {
    let made: usize = devices.iter().map(|device| device.made.len()).sum();
    let apart = devices.iter().filter(|device| {
        let here = device.records().iter().map(|(id, open)| (*id, open.digest()));
        !here.eq(meeting.records().iter().map(|(id, open)| (*id, open.digest())))
    });
    // A `String` takes every character, so writing to it cannot fail.
    let mut text = format!("seed {seed}: {made} changes, {} devices apart\n", apart.count());
    for (record, open) in meeting.records() {
        write!(text, "{record} ").ok();
        for byte in open.digest() {
            write!(text, "{byte:02x}").ok();
        }
        text.push('\n');
    }
    text
}

/// The same run, called from JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = trace)]
pub fn trace_in_wasm(seed: u32) -> String {
    trace(u64::from(seed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z1_a_trace_is_equal_twice_and_its_devices_are_not_apart() {
        for seed in 0..10 {
            assert_eq!(trace(seed), trace(seed));
            let first = trace(seed);
            assert!(first.contains(" 0 devices apart"), "{first}");
            assert!(first.lines().count() > 5, "{first}");
        }
    }
}
