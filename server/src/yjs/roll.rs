//! Who is in a text, as far as they say: kept for those who come, never stored.
//!
//! A state belongs to whoever said it first; nobody speaks for somebody else.
//! Standard clients repeat what they hear of others, so most of what comes is
//! known and passed over.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use talkoot_core::id::ReplicaId;
use talkoot_core::text::ScanError;
use talkoot_core::text::prescan::{AwarenessState, encode_awareness, scan_awareness};

use super::mail::PeerId;

/// Editors that one connection may speak for: one, and some that it has just left.
const STATES_OF_ONE_MAX: usize = 8;
/// Editors in one room.
const STATES_MAX: usize = 1_000;
/// How long a device is here after it said so. Nobody tells when one has gone: a tab that is
/// killed speaks through another that lives on. An editor says it again every 15 s.
const DEVICE_SILENCE_MAX: Duration = Duration::from_secs(45);
/// What takes leave.
const GONE: &str = "null";

/// Who says that an editor is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    Peer(PeerId),
    Device(ReplicaId),
}

#[derive(Debug)]
struct State {
    owner: Owner,
    clock: u32,
    json: String,
    heard_at: Instant,
}

/// The editors of one text.
#[derive(Debug, Default)]
pub(super) struct Roll {
    states: BTreeMap<u64, State>,
}

impl Roll {
    /// Takes an awareness update in and gives what of it is news, if anything.
    pub(super) fn hear(
        &mut self,
        owner: Owner,
        bytes: &[u8],
        now: Instant,
    ) -> Result<Option<Vec<u8>>, ScanError> {
        let states = scan_awareness(bytes)?;
        let news: Vec<_> =
            states.into_iter().filter(|state| self.take(owner, state, now)).collect();
        Ok((!news.is_empty()).then(|| encode_awareness(&news)))
    }

    fn take(&mut self, owner: Owner, said: &AwarenessState<'_>, now: Instant) -> bool {
        let AwarenessState { client, clock, json } = *said;
        if let Some(known) = self.states.get_mut(&client) {
            let is_newer = clock > known.clock || (clock == known.clock && json == GONE);
            let is_news = known.owner == owner && is_newer && known.json != json;
            let renews = known.owner == owner && is_newer;
            if renews && json == GONE {
                self.states.remove(&client);
            } else if renews {
                known.clock = clock;
                known.heard_at = now;
                json.clone_into(&mut known.json);
            }
            // A renewed state says that the editor is still here, so it is passed on as well.
            return is_news || renews;
        }
        let of_one = self.states.values().filter(|state| state.owner == owner).count();
        if json == GONE || of_one >= STATES_OF_ONE_MAX || self.states.len() >= STATES_MAX {
            return false;
        }
        self.states.insert(client, State { owner, clock, json: json.to_owned(), heard_at: now });
        true
    }

    /// Takes leave for somebody whose connection has gone.
    pub(super) fn leave(&mut self, owner: Owner) -> Option<Vec<u8>> {
        self.take_leave(|state| state.owner == owner)
    }

    /// Takes leave for the devices that have not said for a while that they are here.
    pub(super) fn leave_silent(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.take_leave(|state| {
            let silence = now.saturating_duration_since(state.heard_at);
            matches!(state.owner, Owner::Device(_)) && silence > DEVICE_SILENCE_MAX
        })
    }

    fn take_leave(&mut self, has_gone: impl Fn(&State) -> bool) -> Option<Vec<u8>> {
        let gone: Vec<(u64, u32)> = self
            .states
            .iter()
            .filter(|(_, state)| has_gone(state))
            .map(|(client, state)| (*client, state.clock.saturating_add(1)))
            .collect();
        for (client, _) in &gone {
            self.states.remove(client);
        }
        let leaving = gone.iter().map(|(client, clock)| AwarenessState {
            client: *client,
            clock: *clock,
            json: GONE,
        });
        let leaving: Vec<_> = leaving.collect();
        (!leaving.is_empty()).then(|| encode_awareness(&leaving))
    }

    /// Gives everybody who is here, if anybody is.
    pub(super) fn all(&self) -> Option<Vec<u8>> {
        let states = self.states.iter().map(|(client, state)| AwarenessState {
            client: *client,
            clock: state.clock,
            json: &state.json,
        });
        let states: Vec<_> = states.collect();
        (!states.is_empty()).then(|| encode_awareness(&states))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Owner = Owner::Peer(1);
    const BEN: Owner = Owner::Peer(2);

    fn said(client: u64, clock: u32, json: &str) -> Vec<u8> {
        encode_awareness(&[AwarenessState { client, clock, json }])
    }

    #[test]
    fn y6_nobody_speaks_for_somebody_else() {
        let (mut roll, now) = (Roll::default(), Instant::now());
        let here = said(7, 1, r#"{"user":"Anna"}"#);
        assert_eq!(roll.hear(ANNA, &here, now), Ok(Some(here.clone())));
        assert_eq!(roll.hear(BEN, &here, now), Ok(None), "an echo is no news");
        assert_eq!(roll.hear(BEN, &said(7, 2, r#"{"user":"Ben"}"#), now), Ok(None));
        assert_eq!(roll.hear(BEN, &said(7, 3, "null"), now), Ok(None));
        assert_eq!(roll.all(), Some(here));
    }

    #[test]
    fn y6_whoever_goes_is_gone_for_all() {
        let (mut roll, now) = (Roll::default(), Instant::now());
        roll.hear(ANNA, &said(7, 1, "{}"), now).unwrap();
        roll.hear(BEN, &said(8, 1, "{}"), now).unwrap();
        assert_eq!(roll.leave(ANNA), Some(said(7, 2, "null")));
        assert_eq!(roll.leave(ANNA), None);
        assert_eq!(roll.hear(BEN, &said(8, 2, "null"), now), Ok(Some(said(8, 2, "null"))));
        assert_eq!(roll.all(), None);
    }

    #[test]
    fn y6_one_connection_fills_no_room() {
        let (mut roll, now) = (Roll::default(), Instant::now());
        let heard =
            (0..100).filter(|client| roll.hear(ANNA, &said(*client, 1, "{}"), now) != Ok(None));
        assert_eq!(heard.count(), STATES_OF_ONE_MAX);
    }

    #[test]
    fn y15_a_device_that_falls_silent_is_gone_and_makes_room() {
        let (mut roll, now) = (Roll::default(), Instant::now());
        let device = Owner::Device(ReplicaId([7; 16]));
        roll.hear(ANNA, &said(99, 1, "{}"), now).unwrap();
        for tab in 0..8 {
            assert!(roll.hear(device, &said(tab, 1, "{}"), now).unwrap().is_some());
        }
        assert_eq!(roll.hear(device, &said(8, 1, "{}"), now), Ok(None));
        let later = now + DEVICE_SILENCE_MAX;
        roll.hear(device, &said(0, 2, "{}"), later).unwrap();
        assert_eq!(roll.leave_silent(later), None);
        let gone = roll.leave_silent(later + Duration::from_secs(1)).unwrap();
        assert_eq!(scan_awareness(&gone).unwrap().len(), 7, "all but the one that said it again");
        assert!(roll.hear(device, &said(8, 1, "{}"), later).unwrap().is_some());
        assert_eq!(scan_awareness(&roll.all().unwrap()).unwrap().len(), 3);
    }
}
