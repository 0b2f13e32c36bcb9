//! Locking with a passphrase: the age format (`age-encryption.org/v1`), one scrypt recipient.
//!
//! A locked file opens with `age -d` and any other tool of that format, so nobody depends on this
//! program to read what they carry. Written from the format's specification on the primitives
//! that the age crate stands on; files of that crate are among the tests, both ways. How much
//! work a file may ask for is bounded before it is done. Chance comes from outside.

mod passphrase;
mod stretching;

use base64ct::{Base64Unpadded, Encoding as _};
use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

pub use self::passphrase::check_passphrase;
pub use self::stretching::Stretching;
use crate::limits::{TRANSFER_FILE_BYTES_MAX, TRANSFER_WORK_LOG2, TRANSFER_WORK_LOG2_MAX};

/// Bytes of chance that locking takes.
pub const CHANCE_BYTES: usize = 48;

const VERSION: &str = "age-encryption.org/v1\n";
const STANZA: &str = "-> scrypt ";
/// What the salt of scrypt begins with, so that no other program's salt is ever the same.
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
/// Bytes of the key that everything else of a file hangs on.
const FILE_KEY_BYTES: usize = 16;
/// Bytes of a checksum behind each chunk.
const TAG_BYTES: usize = 16;
/// Bytes of a chunk before it is sealed.
const CHUNK_BYTES: usize = 64 * 1_024;
/// Longest header with one recipient, in bytes.
const HEADER_BYTES_MAX: usize = 512;
/// Most that locking adds: a header, a nonce, and a tag for each chunk.
const ADDED_BYTES_MAX: usize =
    HEADER_BYTES_MAX + 16 + TAG_BYTES * (TRANSFER_FILE_BYTES_MAX / CHUNK_BYTES + 1);

/// Why a locked file cannot be opened. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    #[error("the passphrase does not open the file")]
    Passphrase,
    #[error("the file is not locked with a passphrase in a way that is known here")]
    Unknown,
    #[error("opening the file takes more work (2^{work_log2}) than is allowed")]
    TooMuchWork { work_log2: u8 },
    #[error("{size} bytes are more than the {size_max} allowed")]
    TooBig { size: usize, size_max: usize },
    #[error("a passphrase has at least {chars_min} characters")]
    TooShort { chars_min: usize },
    #[error("the locked file is damaged or its end is missing")]
    Damaged,
}

impl LockError {
    /// The stable code that the screen explains.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Passphrase => "transfer_wrong_passphrase",
            Self::Unknown => "transfer_lock_unknown",
            Self::TooMuchWork { .. } => "transfer_too_much_work",
            Self::TooBig { .. } => "transfer_too_big",
            Self::TooShort { .. } => "transfer_passphrase_short",
            Self::Damaged => "transfer_damaged",
        }
    }
}

/// Begins to lock: makes a key of a passphrase and fresh bytes that nobody can guess. It takes
/// half a second, as each guess at the passphrase does; it can be done in pieces (rule J19).
pub fn locking(passphrase: &str, chance: &[u8; CHANCE_BYTES]) -> Result<Stretching, LockError> {
    check_passphrase(passphrase)?;
    locking_with_work(passphrase, chance, TRANSFER_WORK_LOG2)
}

/// Locks a file with the key that was made with the same fresh bytes (rule J15).
pub fn lock(
    file: &[u8],
    key: Stretching,
    chance: &[u8; CHANCE_BYTES],
) -> Result<Vec<u8>, LockError> {
    let Chance { file_key, salt, nonce } = Chance::of(chance)?;
    let work_log2 = key.work_log2();
    let wrapped = cipher(&key.key()?).encrypt(&Nonce::default(), &file_key[..]);
    let wrapped = wrapped.map_err(|_| LockError::Damaged)?;
    let encode = Base64Unpadded::encode_string;
    let covered =
        format!("{VERSION}{STANZA}{} {work_log2}\n{}\n---", encode(&salt), encode(&wrapped));
    let sum = mac(&file_key, covered.as_bytes())?.finalize().into_bytes();
    let mut locked = format!("{covered} {}\n", encode(&sum)).into_bytes();
    locked.extend(nonce);
    seal_payload(&payload_key(&file_key, &nonce)?, file, &mut locked)?;
    Ok(locked)
}

/// Begins to open a file: makes a key of the passphrase as the file asks for it.
pub fn unlocking(locked: &[u8], passphrase: &str) -> Result<Stretching, LockError> {
    let size_max = TRANSFER_FILE_BYTES_MAX + ADDED_BYTES_MAX;
    if locked.len() > size_max {
        return Err(LockError::TooBig { size: locked.len(), size_max });
    }
    let header = Header::read(locked)?;
    Stretching::begin(passphrase, &salted(&header.salt), header.work_log2)
}

/// Opens a file with the key that was made for it (rule J15).
pub fn unlock(locked: &[u8], key: Stretching) -> Result<Vec<u8>, LockError> {
    let header = Header::read(locked)?;
    let file_key = cipher(&key.key()?).decrypt(&Nonce::default(), &header.wrapped[..]);
    let file_key: [u8; FILE_KEY_BYTES] =
        file_key.map_err(|_| LockError::Passphrase)?.try_into().map_err(|_| LockError::Damaged)?;
    let mac = mac(&file_key, header.covered)?;
    mac.verify_slice(&header.mac).map_err(|_| LockError::Damaged)?;
    open_payload(&file_key, header.payload)
}

fn locking_with_work(
    passphrase: &str,
    chance: &[u8; CHANCE_BYTES],
    work_log2: u8,
) -> Result<Stretching, LockError> {
    let Chance { salt, .. } = Chance::of(chance)?;
    Stretching::begin(passphrase, &salted(&salt), work_log2)
}

/// What fresh bytes are used for.
struct Chance {
    file_key: [u8; FILE_KEY_BYTES],
    salt: [u8; 16],
    nonce: [u8; 16],
}

impl Chance {
    fn of(bytes: &[u8; CHANCE_BYTES]) -> Result<Self, LockError> {
        let (parts, _) = bytes.as_chunks::<16>();
        let [file_key, salt, nonce] = *parts else { return Err(LockError::Damaged) };
        Ok(Self { file_key, salt, nonce })
    }
}

fn salted(salt: &[u8; 16]) -> Vec<u8> {
    [SALT_LABEL, salt].concat()
}

/// What stands before the payload.
struct Header<'a> {
    salt: [u8; 16],
    work_log2: u8,
    wrapped: [u8; FILE_KEY_BYTES + TAG_BYTES],
    /// What the checksum is of.
    covered: &'a [u8],
    mac: [u8; 32],
    payload: &'a [u8],
}

impl<'a> Header<'a> {
    fn read(locked: &'a [u8]) -> Result<Self, LockError> {
        let mut lines = Lines { bytes: locked, at: 0 };
        if lines.next()? != VERSION.trim_end() {
            return Err(LockError::Unknown);
        }
        let stanza = lines.next()?.strip_prefix(STANZA).ok_or(LockError::Unknown)?;
        let (salt, work) = stanza.split_once(' ').ok_or(LockError::Unknown)?;
        let (salt, wrapped) = (decode(salt)?, decode(lines.next()?)?);
        let before = lines.at;
        let mac = lines.next()?.strip_prefix("--- ").ok_or(LockError::Unknown)?;
        let covered = locked.get(..before.saturating_add(3)).ok_or(LockError::Damaged)?;
        let payload = locked.get(lines.at..).ok_or(LockError::Damaged)?;
        Ok(Self { salt, work_log2: read_work(work)?, wrapped, covered, mac: decode(mac)?, payload })
    }
}

/// A number without sign or leading zero, and no larger than is allowed.
fn read_work(text: &str) -> Result<u8, LockError> {
    let is_number = text.bytes().all(|digit| digit.is_ascii_digit()) && !text.starts_with('0');
    let number: Option<u64> = text.parse().ok().filter(|_| is_number);
    let work_log2 = u8::try_from(number.ok_or(LockError::Damaged)?).unwrap_or(u8::MAX);
    let is_allowed = work_log2 <= TRANSFER_WORK_LOG2_MAX;
    if is_allowed { Ok(work_log2) } else { Err(LockError::TooMuchWork { work_log2 }) }
}

/// Reads the short lines of a header.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a str, LockError> {
        let rest = self.bytes.get(self.at..HEADER_BYTES_MAX.min(self.bytes.len()));
        let rest = rest.ok_or(LockError::Damaged)?;
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or(LockError::Damaged)?;
        let line = rest.get(..end).and_then(|line| core::str::from_utf8(line).ok());
        self.at = self.at.saturating_add(end).saturating_add(1);
        line.ok_or(LockError::Damaged)
    }
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], LockError> {
    let mut bytes = [0; N];
    let decoded = Base64Unpadded::decode(text, &mut bytes).map_err(|_| LockError::Damaged)?;
    if decoded.len() == N { Ok(bytes) } else { Err(LockError::Damaged) }
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*key))
}

fn mac(file_key: &[u8; FILE_KEY_BYTES], covered: &[u8]) -> Result<Hmac<Sha256>, LockError> {
    let key = derive(file_key, None, b"header")?;
    let mut mac =
        <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).map_err(|_| LockError::Damaged)?;
    mac.update(covered);
    Ok(mac)
}

fn payload_key(file_key: &[u8; FILE_KEY_BYTES], nonce: &[u8; 16]) -> Result<[u8; 32], LockError> {
    derive(file_key, Some(nonce), b"payload")
}

fn derive(file_key: &[u8], salt: Option<&[u8]>, label: &[u8]) -> Result<[u8; 32], LockError> {
    let mut key = [0; 32];
    let hkdf = Hkdf::<Sha256>::new(salt, file_key);
    hkdf.expand(label, &mut key).map_err(|_| LockError::Damaged)?;
    Ok(key)
}

/// Counts the chunks; the last one is marked, so that none can be cut off.
fn chunk_nonce(place: u64, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    let (_, counter) = nonce.split_at_mut(3);
    for (to, from) in counter.iter_mut().zip(place.to_be_bytes()) {
        *to = from;
    }
    if let Some(last) = counter.last_mut() {
        *last = u8::from(is_last);
    }
    Nonce::from(nonce)
}

fn seal_payload(key: &[u8; 32], file: &[u8], into: &mut Vec<u8>) -> Result<(), LockError> {
    let cipher = cipher(key);
    let mut chunks = file.chunks(CHUNK_BYTES).peekable();
    let mut place = 0_u64;
    loop {
        let chunk = chunks.next().unwrap_or_default();
        let is_last = chunks.peek().is_none();
        let sealed = cipher.encrypt(&chunk_nonce(place, is_last), chunk);
        into.extend(sealed.map_err(|_| LockError::Damaged)?);
        place = place.saturating_add(1);
        if is_last {
            return Ok(());
        }
    }
}

fn open_payload(file_key: &[u8; FILE_KEY_BYTES], payload: &[u8]) -> Result<Vec<u8>, LockError> {
    let (nonce, sealed) = payload.split_first_chunk().ok_or(LockError::Damaged)?;
    let cipher = cipher(&payload_key(file_key, nonce)?);
    let mut chunks = sealed.chunks(CHUNK_BYTES + TAG_BYTES).peekable();
    let mut file = Vec::new();
    let mut place = 0_u64;
    while let Some(chunk) = chunks.next() {
        let is_last = chunks.peek().is_none();
        let opened = cipher.decrypt(&chunk_nonce(place, is_last), chunk);
        let opened = opened.map_err(|_| LockError::Damaged)?;
        // Only an empty file ends with an empty chunk.
        if opened.is_empty() && place > 0 {
            return Err(LockError::Damaged);
        }
        file.extend(opened);
        place = place.saturating_add(1);
    }
    if place == 0 { Err(LockError::Damaged) } else { Ok(file) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PASSPHRASE: &str = "kahvi ja pulla";
    const CHANCE: [u8; CHANCE_BYTES] = [7; CHANCE_BYTES];
    const WORDS: &[u8] = b"Sovittiin kahvista.";
    /// Written by the age crate (0.11.5).
    const BY_AGE: &[u8] = include_bytes!("../../fixtures/transfer/locked_by_age.age");
    const EMPTY_BY_AGE: &[u8] = include_bytes!("../../fixtures/transfer/empty_by_age.age");
    /// Written by `lock`, and opened by the age crate when it was kept.
    const BY_US: &[u8] = include_bytes!("../../fixtures/transfer/locked_by_us.age");

    fn lock_with_work(file: &[u8], work_log2: u8) -> Vec<u8> {
        let key = locking_with_work(PASSPHRASE, &CHANCE, work_log2).unwrap();
        lock(file, key, &CHANCE).unwrap()
    }

    /// Locks with little work, so that many cases are tried.
    fn quick(file: &[u8]) -> Vec<u8> {
        lock_with_work(file, 4)
    }

    fn unlock(locked: &[u8], passphrase: &str) -> Result<Vec<u8>, LockError> {
        super::unlock(locked, unlocking(locked, passphrase)?)
    }

    /// Replaces a part of the header, which is text.
    fn with(from: &str, to: &str) -> Vec<u8> {
        let file = quick(WORDS);
        let at = file.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        [&file[..at], to.as_bytes(), &file[at + from.len()..]].concat()
    }

    #[test]
    fn j15_what_standard_tools_lock_is_opened_and_what_is_locked_is_as_they_open_it() {
        assert_eq!(unlock(BY_AGE, PASSPHRASE), Ok(WORDS.to_vec()));
        assert_eq!(unlock(EMPTY_BY_AGE, PASSPHRASE), Ok(Vec::new()));
        assert_eq!(lock_with_work(WORDS, 10), BY_US);
    }

    #[test]
    fn j15_another_passphrase_opens_nothing() {
        assert_eq!(unlock(&quick(WORDS), "kahvi ja pullaa"), Err(LockError::Passphrase));
        assert_eq!(unlock(&quick(WORDS), ""), Err(LockError::Passphrase));
    }

    #[test]
    fn j15_every_length_comes_back_and_every_cut_is_seen() {
        for length in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let file: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            let locked = quick(&file);
            assert!(locked.len() <= file.len() + ADDED_BYTES_MAX);
            assert_eq!(unlock(&locked, PASSPHRASE).unwrap(), file);
            for cut in [1, TAG_BYTES, TAG_BYTES + 1, CHUNK_BYTES + TAG_BYTES] {
                let Some(rest) = locked.len().checked_sub(cut) else { continue };
                assert!(unlock(&locked[..rest], PASSPHRASE).is_err(), "{length} cut by {cut}");
            }
        }
        let locked = quick(WORDS);
        for length in 0..locked.len() {
            assert!(unlock(&locked[..length], PASSPHRASE).is_err(), "{length}");
        }
    }

    #[test]
    fn j15_a_file_that_asks_for_too_much_work_is_refused_before_it_is_done() {
        for work in ["19", "63", "64", "999", "18446744073709551615"] {
            let refused = unlock(&with(" 4\n", &format!(" {work}\n")), PASSPHRASE);
            assert!(matches!(refused, Err(LockError::TooMuchWork { .. })), "{work}: {refused:?}");
        }
        for work in ["0", "04", "+4", "", "4 4", "99999999999999999999"] {
            let refused = unlock(&with(" 4\n", &format!(" {work}\n")), PASSPHRASE);
            assert_eq!(refused, Err(LockError::Damaged), "{work}");
        }
    }

    #[test]
    fn j15_another_kind_of_lock_is_told_apart() {
        let cases =
            [with("v1", "v2"), with("scrypt", "X25519"), with("\n---", "\n-> scrypt a 4\n---")];
        for locked in cases {
            assert_eq!(unlock(&locked, PASSPHRASE), Err(LockError::Unknown));
        }
        assert_eq!(unlock(b"TALKOOT", PASSPHRASE), Err(LockError::Damaged));
    }

    proptest! {
        #[test]
        fn j15_a_twisted_lock_is_refused(at: prop::sample::Index, bit in 0..8_u8) {
            let mut locked = quick(WORDS);
            // The cost is written in the header; a twist of it would only slow this down.
            let cost = locked.windows(3).position(|part| part == b" 4\n").unwrap() + 1;
            let at = at.index(locked.len());
            prop_assume!(at != cost);
            locked[at] ^= 1 << bit;
            prop_assert!(unlock(&locked, PASSPHRASE).is_err());
        }

        #[test]
        fn j15_no_bytes_break_the_opening(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut file = VERSION.as_bytes().to_vec();
            file.extend(bytes);
            prop_assert!(unlock(&file, PASSPHRASE).is_err());
        }
    }
}
