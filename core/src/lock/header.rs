//! The head of an age file: the version, one scrypt stanza, and a code over both.

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use scrypt::Params;
use sha2::Sha256;

use super::armor::{decode, encode};
use super::{Chance, UnlockError};

/// The key that everything of one file hangs on.
pub(super) const FILE_KEY_BYTES: usize = 16;
const VERSION: &str = "age-encryption.org/v1\n";
const SCRYPT: &str = "-> scrypt ";
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
/// The file key with its tag.
const WRAPPED_BYTES: usize = FILE_KEY_BYTES + 16;

/// A head that was read and not yet opened.
pub(super) struct Header<'a> {
    pub(super) work_log2: u8,
    salt: [u8; 16],
    wrapped: Vec<u8>,
    /// What the code covers.
    said: &'a [u8],
    code: Vec<u8>,
}

impl<'a> Header<'a> {
    /// Writes the head of a new file.
    pub(super) fn seal(passphrase: &str, chance: &Chance, work_log2: u8) -> Vec<u8> {
        let sealed = Self::try_seal(passphrase, chance, work_log2);
        // It fails only for a work that is none, and ours is a constant.
        sealed.unwrap_or_default()
    }

    fn try_seal(passphrase: &str, chance: &Chance, work_log2: u8) -> Option<Vec<u8>> {
        let wrapping = wrapping_key(passphrase, &chance.salt, work_log2)?;
        let cipher = ChaCha20Poly1305::new(&wrapping.into());
        let wrapped = cipher.encrypt(&Nonce::default(), &chance.file_key[..]).ok()?;
        let (salt, wrapped) = (encode(&chance.salt), encode(&wrapped));
        let said = format!("{VERSION}{SCRYPT}{salt} {work_log2}\n{wrapped}\n---");
        let code = code(&chance.file_key, said.as_bytes())?.finalize().into_bytes();
        Some(format!("{said} {}\n", encode(&code)).into_bytes())
    }

    /// Reads the head; gives what follows it.
    pub(super) fn read(file: &'a [u8]) -> Result<(Self, &'a [u8]), UnlockError> {
        let mut lines = Lines { rest: file };
        if lines.next()? != VERSION.trim_end() {
            return Err(UnlockError::Damaged);
        }
        let stanza = lines.next()?.strip_prefix(SCRYPT).ok_or(UnlockError::OtherLock)?;
        let (salt, work) = stanza.split_once(' ').ok_or(UnlockError::Damaged)?;
        let is_plain = !work.starts_with('0') && work.bytes().all(|sign| sign.is_ascii_digit());
        let work_log2 = work.parse().ok().filter(|_| is_plain).ok_or(UnlockError::Damaged)?;
        let salt = decode(salt).and_then(|salt| <[u8; 16]>::try_from(salt).ok());
        let salt = salt.ok_or(UnlockError::Damaged)?;
        let wrapped = decode(lines.next()?).filter(|it| it.len() == WRAPPED_BYTES);
        let wrapped = wrapped.ok_or(UnlockError::Damaged)?;
        let before = lines.rest.len();
        let code = lines.next()?.strip_prefix("--- ").and_then(decode);
        let code = code.ok_or(UnlockError::Damaged)?;
        let said = file.get(..file.len().saturating_sub(before).saturating_add("---".len()));
        let said = said.ok_or(UnlockError::Damaged)?;
        Ok((Self { work_log2, salt, wrapped, said, code }, lines.rest))
    }

    /// Opens the file key with a passphrase.
    pub(super) fn open(&self, passphrase: &str) -> Result<[u8; FILE_KEY_BYTES], UnlockError> {
        let wrapping = wrapping_key(passphrase, &self.salt, self.work_log2);
        let cipher = ChaCha20Poly1305::new(&wrapping.ok_or(UnlockError::Damaged)?.into());
        let opened = cipher.decrypt(&Nonce::default(), &self.wrapped[..]);
        let opened = opened.map_err(|_| UnlockError::Passphrase)?;
        let file_key = opened.try_into().map_err(|_| UnlockError::Damaged)?;
        let code = code(&file_key, self.said).ok_or(UnlockError::Damaged)?;
        code.verify_slice(&self.code).map_err(|_| UnlockError::Damaged)?;
        Ok(file_key)
    }
}

fn wrapping_key(passphrase: &str, salt: &[u8; 16], work_log2: u8) -> Option<[u8; 32]> {
    let params = Params::new(work_log2, 8, 1).ok()?;
    let salt = [SALT_LABEL, salt].concat();
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.as_bytes(), &salt, &params, &mut key).ok()?;
    Some(key)
}

/// Begins the code over a head.
fn code(file_key: &[u8; FILE_KEY_BYTES], said: &[u8]) -> Option<Hmac<Sha256>> {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, file_key).expand(b"header", &mut key).ok()?;
    Some(Hmac::<Sha256>::new_from_slice(&key).ok()?.chain_update(said))
}

/// Lines of a head, each ended by a line feed alone.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a str, UnlockError> {
        let end = self.rest.iter().position(|byte| *byte == b'\n').ok_or(UnlockError::Damaged)?;
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        std::str::from_utf8(line).map_err(|_| UnlockError::Damaged)
    }
}
