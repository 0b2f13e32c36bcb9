//! Days and weeks of mail: each has a number, and in each at most one mail comes.
//!
//! A day of mail begins at four o'clock UTC, which is six or seven in the morning in Finland, and a
//! week on such a Monday.

use crate::store::Every;

const HOUR_MS: u64 = 3_600_000;
/// When a day of mail begins.
const BEGIN_MS: u64 = 4 * HOUR_MS;
const DAY_MS: u64 = 24 * HOUR_MS;
/// The first of January 1970 was a Thursday: three days of its week were over.
const DAYS_BEFORE: u64 = 3;

/// The first wait after a refusal; each one more doubles it.
const WAIT_MS: u64 = 5 * 60_000;
/// The longest wait.
const WAIT_MAX_MS: u64 = 12 * HOUR_MS;

/// Numbers the day or week of a moment.
pub fn number(every: Every, at_ms: u64) -> u64 {
    let day = at_ms.saturating_sub(BEGIN_MS) / DAY_MS;
    match every {
        Every::Day => day,
        Every::Week => day.saturating_add(DAYS_BEFORE) / 7,
    }
}

/// Says how long to wait after so many refusals.
pub fn wait_ms(refusals: u32) -> u64 {
    let doubled = 1_u64.checked_shl(refusals.min(16)).unwrap_or(u64::MAX);
    WAIT_MS.saturating_mul(doubled).min(WAIT_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::moment;

    #[test]
    fn md2_a_day_begins_at_four_and_a_week_on_monday() {
        let at = |text: &str| moment::read(text).unwrap();
        let same = |every, one: &str, two: &str| number(every, at(one)) == number(every, at(two));
        for (every, one, two, expected) in [
            (Every::Day, "2026-11-28T04:00:00Z", "2026-11-29T03:59:59Z", true),
            (Every::Day, "2026-11-28T03:59:59Z", "2026-11-28T04:00:00Z", false),
            // The 30th of November 2026 is a Monday.
            (Every::Week, "2026-11-30T04:00:00Z", "2026-12-07T03:59:59Z", true),
            (Every::Week, "2026-11-30T03:59:59Z", "2026-11-30T04:00:00Z", false),
        ] {
            assert_eq!(same(every, one, two), expected, "{one} {two}");
        }
        assert_eq!(number(Every::Day, 0), 0);
    }

    #[test]
    fn md7_waits_grow_up_to_half_a_day() {
        let waits: Vec<u64> = (0..20).map(wait_ms).collect();
        assert_eq!(waits[..3], [300_000, 600_000, 1_200_000]);
        assert!(waits.is_sorted());
        assert_eq!((waits[19], wait_ms(u32::MAX)), (43_200_000, 43_200_000));
    }
}
