//! The work that a passphrase costs, done in slices beside a page that lives.

use talkoot_core::transfer::lock::Stretching;

use crate::device;
use crate::device::listen::is_visible;

/// How long one slice may keep the browser, in milliseconds.
const SLICE_MS: f64 = 16.0;
/// The same in a page that nobody sees: there a browser lets a program go on once a second.
const SLICE_HIDDEN_MS: f64 = 500.0;
/// Rounds done between two looks at the clock: under a millisecond.
const ROUNDS: usize = 64;

/// Makes the key (rule P65).
pub(super) async fn stretched(mut key: Stretching) -> Stretching {
    loop {
        // The page says first that work is under way.
        device::breathe().await;
        let slice_ms = if is_visible() { SLICE_MS } else { SLICE_HIDDEN_MS };
        let began_ms = device::running_ms();
        while device::running_ms() - began_ms < slice_ms {
            if key.work(ROUNDS) {
                return key;
            }
        }
    }
}
