//! A disk that takes nothing: the conversation rests a while instead of going round.
//!
//! An answer that the device cannot store leaves its change in the outbox, so the
//! same change would go out again at once, for as long as the disk is full. After each
//! refusal of the disk the wait is longer; whatever it takes again ends it.

use super::super::message::ClientMessage;
use super::super::retry::delay_ms;
use super::{Client, Effect, Filling, Line, read_outbox};

/// How long the disk has taken nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// How often in a row it refused.
    failures: u32,
    /// Until when nothing is sent that the disk would have to take an answer to.
    until_ms: Option<u64>,
}

impl Rest {
    /// Says whether the outbox has to wait.
    pub(super) fn is_on(self) -> bool {
        self.until_ms.is_some()
    }
}

/// The disk refused: what goes round rests until a timer goes off.
pub(super) fn disk_failed(client: &mut Client, now_ms: u64, chance: u64) -> Vec<Effect> {
    if let Some(at_ms) = client.rest.until_ms {
        // Several writes of one answer fail together; one timer is enough.
        return if at_ms <= now_ms { vec![Effect::WakeAt { at_ms }] } else { vec![] };
    }
    let failures = client.rest.failures.saturating_add(1);
    let at_ms = now_ms.saturating_add(delay_ms(failures, chance));
    client.rest = Rest { failures, until_ms: Some(at_ms) };
    vec![Effect::WakeAt { at_ms }]
}

/// The disk took something, so the next wait is short again; one that runs goes on to its end.
pub(super) fn disk_works(client: &mut Client) {
    client.rest.failures = 0;
}

/// A new line, or work of a person that was just stored: one try at once.
pub(super) fn try_once(client: &mut Client) {
    client.rest.until_ms = None;
}

/// A timer went off while the line stands.
pub(super) fn woke(client: &mut Client, now_ms: u64) -> Vec<Effect> {
    match client.rest.until_ms {
        Some(at_ms) if now_ms < at_ms => vec![Effect::WakeAt { at_ms }],
        Some(_) => {
            let mut effects = go_on(client);
            if client.filling == Filling::Nothing {
                // It may be owed still: that the server took it back could not be written down.
                effects.push(Effect::ReadOwed { after: 0 });
            }
            effects
        }
        None => vec![],
    }
}

/// Tries once more whatever the disk did not take: answers, the list of what is owed, pages.
pub(super) fn go_on(client: &mut Client) -> Vec<Effect> {
    try_once(client);
    if client.line != Line::Up {
        return vec![];
    }
    if client.filling == Filling::Listing {
        return vec![Effect::OweAll];
    }
    let is_missing = !client.caught_up && client.received == client.cursor;
    let missing = is_missing.then_some(Effect::Send(ClientMessage::Pull(client.cursor)));
    read_outbox(client).into_iter().chain(missing).collect()
}
