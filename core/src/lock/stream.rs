//! The body of an age file: pieces of 64 KiB, each sealed under its number, the last one marked.

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;

use super::header::FILE_KEY_BYTES;

const PIECE_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;

/// Gives the key of the body.
pub(super) fn key(file_key: &[u8; FILE_KEY_BYTES], nonce: &[u8; 16]) -> [u8; 32] {
    let mut key = [0; 32];
    // It fails only for keys longer than any of ours.
    Hkdf::<Sha256>::new(Some(nonce), file_key).expand(b"payload", &mut key).ok();
    key
}

/// Seals bytes and appends them.
pub(super) fn seal(key: &[u8; 32], bytes: &[u8], file: &mut Vec<u8>) {
    let cipher = ChaCha20Poly1305::new(key.into());
    let mut pieces: Vec<&[u8]> = bytes.chunks(PIECE_BYTES).collect();
    if pieces.is_empty() {
        pieces.push(&[]);
    }
    let last = pieces.len().saturating_sub(1);
    for (number, piece) in pieces.into_iter().enumerate() {
        let sealed = cipher.encrypt(&nonce(number, number == last), piece);
        // It fails only for pieces longer than any of ours.
        file.extend(sealed.unwrap_or_default());
    }
}

/// Opens sealed bytes; nothing where a piece is missing, in another place or changed.
pub(super) fn open(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<u8>> {
    let cipher = ChaCha20Poly1305::new(key.into());
    let pieces = sealed.chunks(PIECE_BYTES + TAG_BYTES);
    let last = pieces.len().checked_sub(1)?;
    let mut bytes = Vec::with_capacity(sealed.len());
    for (number, piece) in pieces.enumerate() {
        let opened = cipher.decrypt(&nonce(number, number == last), piece).ok()?;
        if opened.is_empty() && number > 0 {
            return None;
        }
        bytes.extend(opened);
    }
    Some(bytes)
}

/// Eleven bytes of number, then whether it is the last piece.
fn nonce(number: usize, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    let number = u64::try_from(number).unwrap_or(u64::MAX).to_be_bytes();
    for (to, from) in nonce.iter_mut().skip(3).zip(number) {
        *to = from;
    }
    if let Some(mark) = nonce.last_mut() {
        *mark = u8::from(is_last);
    }
    nonce.into()
}
