//! How long to wait before trying the line again: full jitter, so that many
//! devices that lost the server together do not come back together.

/// The shortest possible wait between two attempts, in milliseconds.
pub const RETRY_DELAY_MIN_MS: u64 = 1_000;
/// The longest possible wait between two attempts, in milliseconds.
pub const RETRY_DELAY_MAX_MS: u64 = 60_000;

/// Gives the wait after a number of failures in a row; `chance` is any random number.
pub(super) fn delay_ms(failures: u32, chance: u64) -> u64 {
    let ceiling_ms = RETRY_DELAY_MIN_MS.saturating_mul(2_u64.saturating_pow(failures));
    let ceiling_ms = ceiling_ms.min(RETRY_DELAY_MAX_MS);
    RETRY_DELAY_MIN_MS / 2 + chance % ceiling_ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn n4_a_wait_stays_within_its_bounds(failures: u32, chance: u64) {
            let delay_ms = delay_ms(failures, chance);
            prop_assert!((RETRY_DELAY_MIN_MS / 2..=RETRY_DELAY_MAX_MS + 500).contains(&delay_ms));
        }
    }
}
