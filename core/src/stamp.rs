//! Hybrid time: a wall clock that never runs backwards on one device.
//!
//! A stamp orders writes for people ("later shows first"); it never decides
//! which of two writes lives. Wrong clocks therefore cost order, not words.

use minicbor::{Decode, Encode};

use crate::limits::CLOCK_AHEAD_MAX_MS;

/// When a change was made: wall time first, then a tick within the millisecond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01 UTC, as the maker's device believed.
    #[n(0)]
    pub wall_ms: u64,
    #[n(1)]
    pub tick: u32,
}

/// Gives the stamp of the next change, after `latest` (the latest seen here) at `now_ms`.
#[must_use]
pub fn next(latest: Stamp, now_ms: u64) -> Stamp {
    if now_ms > latest.wall_ms {
        return Stamp { wall_ms: now_ms, tick: 0 };
    }
    match latest.tick.checked_add(1) {
        Some(tick) => Stamp { wall_ms: latest.wall_ms, tick },
        None => Stamp { wall_ms: latest.wall_ms.saturating_add(1), tick: 0 },
    }
}

/// Takes a foreign stamp into account, unless it is too far ahead to be an honest clock.
#[must_use]
pub fn observe(latest: Stamp, seen: Stamp, now_ms: u64) -> Stamp {
    let too_far = seen.wall_ms > now_ms.saturating_add(CLOCK_AHEAD_MAX_MS);
    if too_far { latest } else { latest.max(seen) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn t2_a_clock_ten_years_ahead_does_not_drag_others_along() {
        let ahead = Stamp { wall_ms: 10_000 + CLOCK_AHEAD_MAX_MS + 1, tick: 0 };
        let mine = Stamp { wall_ms: 9_000, tick: 3 };
        assert_eq!(observe(mine, ahead, 10_000), mine);
    }

    proptest! {
        #[test]
        fn t1_time_never_runs_backwards(wall_ms: u64, tick: u32, now_ms: u64) {
            let latest = Stamp { wall_ms: wall_ms >> 1, tick };
            prop_assert!(next(latest, now_ms) > latest);
        }
    }
}
