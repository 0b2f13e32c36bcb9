//! How long a passphrase is at least: whoever finds a file guesses at leisure.

use super::LockError;
use crate::limits::PASSPHRASE_CHARS_MIN;

/// Says whether a passphrase is long enough to lock with (rule J20). What somebody locked with
/// fewer characters elsewhere still opens.
pub fn check_passphrase(passphrase: &str) -> Result<(), LockError> {
    let is_long = passphrase.trim().chars().count() >= PASSPHRASE_CHARS_MIN;
    if is_long { Ok(()) } else { Err(LockError::TooShort { chars_min: PASSPHRASE_CHARS_MIN }) }
}

#[cfg(test)]
mod tests {
    use super::super::{CHANCE_BYTES, locking};
    use super::*;

    #[test]
    fn j20_a_file_is_locked_with_ten_characters_or_more() {
        for short in ["", "a", "kahvi", "  kahvi    ", "äääääääää "] {
            let refused = LockError::TooShort { chars_min: PASSPHRASE_CHARS_MIN };
            assert_eq!(locking(short, &[0; CHANCE_BYTES]).err(), Some(refused), "{short}");
        }
        assert_eq!(check_passphrase("ääääääääää"), Ok(()));
        assert_eq!(check_passphrase("kahvi ja pulla"), Ok(()));
    }
}
