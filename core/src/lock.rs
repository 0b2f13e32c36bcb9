//! A passphrase on a file, in the age format (age-encryption.org/v1) with its scrypt recipient.
//!
//! Whoever has the passphrase opens such a file with any age tool, and what such a tool locked
//! with a passphrase opens here. Only that recipient is known: keys are not our subject. The
//! chance that a lock needs comes from outside; how hard the passphrase is to guess is a number
//! in the file, and one that asks for too much memory is refused before anything is done.

mod armor;
mod header;
mod stream;

use self::header::{FILE_KEY_BYTES, Header};

/// How hard a passphrase is to guess: 2^15 blocks of 1 KiB, a third of a second on a phone.
const WORK_LOG2: u8 = 15;
/// The hardest that is opened: what age's own tool writes, with 256 MiB of memory.
const WORK_LOG2_MAX: u8 = 18;

/// What a lock is made of besides the passphrase, fresh for each file.
#[derive(Clone, Debug)]
pub struct Chance {
    pub file_key: [u8; FILE_KEY_BYTES],
    pub salt: [u8; 16],
    pub nonce: [u8; 16],
}

/// Why a locked file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    #[error("the passphrase does not open the file")]
    Passphrase,
    #[error("the file is locked for keys, not with a passphrase")]
    OtherLock,
    #[error("opening it would need more memory than is allowed")]
    TooHard { work_log2: u8 },
    #[error("the locked file is damaged")]
    Damaged,
}

/// Locks bytes with a passphrase.
pub fn lock(bytes: &[u8], passphrase: &str, chance: &Chance) -> Vec<u8> {
    lock_with(bytes, passphrase, chance, WORK_LOG2)
}

fn lock_with(bytes: &[u8], passphrase: &str, chance: &Chance, work_log2: u8) -> Vec<u8> {
    let mut file = Header::seal(passphrase, chance, work_log2);
    file.extend(chance.nonce);
    stream::seal(&stream::key(&chance.file_key, &chance.nonce), bytes, &mut file);
    file
}

/// Opens a locked file, bare or armoured.
pub fn unlock(file: &[u8], passphrase: &str) -> Result<Vec<u8>, UnlockError> {
    let bare = armor::strip(file)?;
    let file = bare.as_deref().unwrap_or(file);
    let (header, rest) = Header::read(file)?;
    if header.work_log2 > WORK_LOG2_MAX {
        return Err(UnlockError::TooHard { work_log2: header.work_log2 });
    }
    let file_key = header.open(passphrase)?;
    let (nonce, sealed) = rest.split_first_chunk::<16>().ok_or(UnlockError::Damaged)?;
    stream::open(&stream::key(&file_key, nonce), sealed).ok_or(UnlockError::Damaged)
}

#[cfg(test)]
mod tests;
