//! Passwords: argon2id with the parameters that OWASP recommends.
//!
//! Hashing takes 19 MB and tens of milliseconds, so it runs on a thread that
//! may block, a few at a time. An unknown e-mail costs the same as a known one.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::chance::{self, NoChance};

/// Shortest password that may be set, in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password that is read, in bytes: hashing more would be a way to keep us busy.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// Memory for one hash, in KiB.
const MEMORY_KIB: u32 = 19_456;
/// Rounds over that memory.
const ROUNDS: u32 = 2;
/// Threads that one hash uses.
const LANES: u32 = 1;
/// Hashes at the same time: each keeps a core busy.
const AT_ONCE: usize = 2;
/// Random bytes beside the password.
const SALT_BYTES: usize = 16;

/// Why a password could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    #[error("a password has at most {PASSWORD_BYTES_MAX} bytes")]
    TooLong,
    #[error("there was not enough memory to hash the password")]
    Memory,
    #[error(transparent)]
    Chance(#[from] NoChance),
}

/// Checks passwords, a few at a time.
#[derive(Debug)]
pub struct Passwords {
    turns: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// Builds the checker.
    pub fn new() -> Self {
        Self { turns: Semaphore::new(AT_ONCE) }
    }

    /// Checks a password; without a hash it works as long and says no.
    pub async fn fits(&self, password: String, hash: Option<String>) -> bool {
        let Ok(turn) = self.turns.acquire().await else { return false };
        let checked = spawn_blocking(move || check(&password, hash.as_deref())).await;
        drop(turn);
        checked.unwrap_or(false)
    }
}

fn check(password: &str, hash: Option<&str>) -> bool {
    if password.len() > PASSWORD_BYTES_MAX {
        return false;
    }
    if let Some(hash) = hash {
        return hasher()
            .is_some_and(|hasher| hasher.verify_password(password.as_bytes(), hash).is_ok());
    }
    // Hashing costs what checking costs, so the time tells nobody which e-mails exist.
    drop(hash_with(password, &[0; SALT_BYTES]));
    false
}

/// Hashes a new password into PHC form. Blocks for tens of milliseconds.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(PasswordError::TooShort);
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordError::TooLong);
    }
    hash_with(password, &chance::bytes::<SALT_BYTES>()?)
}

/// Makes a password that a person can type: four groups of five letters and digits.
pub fn generate() -> Result<String, NoChance> {
    // Without letters that a person could take for another: 31^20 possibilities, 99 bits.
    const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let mut password = String::new();
    while password.len() < 23 {
        for byte in chance::bytes::<32>()? {
            // A multiple of the number of letters, so that each is as likely.
            let letter = (byte < 248).then(|| LETTERS.get(usize::from(byte) % LETTERS.len()));
            match letter.flatten() {
                Some(letter) if password.len() < 23 => {
                    if matches!(password.len(), 5 | 11 | 17) {
                        password.push('-');
                    }
                    password.push(char::from(*letter));
                }
                _ => {}
            }
        }
    }
    Ok(password)
}

fn hash_with(password: &str, salt: &[u8]) -> Result<String, PasswordError> {
    let hasher = hasher().ok_or(PasswordError::Memory)?;
    let hash = hasher.hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|_| PasswordError::Memory)
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, ROUNDS, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn u1_a_password_fits_its_own_hash_only_and_the_hash_names_its_cost() {
        let hash = hash("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(check("correct horse battery", Some(&hash)));
        assert!(!check("correct horse batterY", Some(&hash)));
        assert!(!check("correct horse battery", None));
    }

    #[test]
    fn u1_short_and_endless_passwords_are_refused() {
        assert_eq!(hash("elevenchars"), Err(PasswordError::TooShort));
        assert_eq!(hash(&"a".repeat(PASSWORD_BYTES_MAX + 1)), Err(PasswordError::TooLong));
    }

    #[test]
    fn u1_a_generated_password_is_long_enough_and_never_the_same() {
        let (one, other) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5, 5]);
    }
}
