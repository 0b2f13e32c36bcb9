//! How often an address failed to sign in, whichever accounts it tried.
//!
//! Kept in memory: it is the pace that counts, and a server that starts anew may
//! forget it. What is kept of an account lies in the database.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::store::Attempt;

/// Failures that one address may have in a window: an office that mistypes, and not a list.
const FAILURES_MAX: u32 = 60;
/// How long failures count, in milliseconds.
const WINDOW_MS: u64 = 15 * 60_000;
/// Addresses that are kept; beyond them all are forgotten, and nobody is kept out.
const ADDRESSES_MAX: usize = 10_000;

#[derive(Clone, Copy, Debug)]
struct Failures {
    since_ms: u64,
    count: u32,
}

/// The failures of each address.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<HashMap<IpAddr, Failures>>);

impl Guesses {
    /// Counts an attempt as failed, if the address may try once more.
    pub fn count(&self, address: IpAddr, now_ms: u64) -> Attempt {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= ADDRESSES_MAX && !kept.contains_key(&address) {
            kept.retain(|_, it| now_ms < it.since_ms.saturating_add(WINDOW_MS));
            if kept.len() >= ADDRESSES_MAX {
                kept.clear();
            }
        }
        let failures = kept.entry(address).or_insert(Failures { since_ms: now_ms, count: 0 });
        let ends_ms = failures.since_ms.saturating_add(WINDOW_MS);
        if now_ms >= ends_ms {
            *failures = Failures { since_ms: now_ms, count: 0 };
        } else if failures.count >= FAILURES_MAX {
            return Attempt::Wait { wait_ms: ends_ms.saturating_sub(now_ms) };
        }
        failures.count = failures.count.saturating_add(1);
        Attempt::Allowed
    }

    /// Takes the last attempt back: it was no failure.
    pub fn forgive(&self, address: IpAddr) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failures) = kept.get_mut(&address) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a21_who_signs_in_is_not_counted_and_a_window_ends() {
        let (guesses, address) = (Guesses::default(), IpAddr::from([198, 51, 100, 1]));
        for _ in 0..1_000 {
            assert_eq!(guesses.count(address, 5), Attempt::Allowed);
            guesses.forgive(address);
        }
        let allowed = (0..100).filter(|_| guesses.count(address, 6) == Attempt::Allowed);
        assert_eq!(allowed.count(), usize::try_from(FAILURES_MAX).unwrap());
        assert_eq!(guesses.count(address, 6 + WINDOW_MS), Attempt::Allowed);
    }

    #[test]
    fn a21_no_more_addresses_are_kept_than_are_bounded() {
        let guesses = Guesses::default();
        for it in 0..u32::try_from(ADDRESSES_MAX).unwrap() + 5 {
            guesses.count(IpAddr::from(it.to_be_bytes()), 5);
        }
        assert!(guesses.0.lock().unwrap().len() <= ADDRESSES_MAX);
    }
}
