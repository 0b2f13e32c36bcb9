//! The outside of a transfer file: what it is, how long, whole, by whom.
//!
//! Shape: mark (8), format (1), packing (1), length of the packed part (4), length of the body
//! (4), the packer's key (32), its signature (64), checksum (32), packed part. Numbers are big
//! endian. The checksum is the SHA-256 of everything but the mark, the signature and itself;
//! the signature covers the checksum. Both lengths are judged before anything is unpacked, so
//! a file asks for no more memory than it says and no more than is allowed.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use sha2::{Digest as _, Sha256};

use super::{TooMuch, TransferError, check_size};
use crate::limits::{TRANSFER_BODY_BYTES_MAX, TRANSFER_FILE_BYTES_MAX, TRANSFER_RATIO_MAX};
use crate::sign::{PublicKey, ReplicaKey};

/// The start of every transfer file. Its odd bytes show when somebody sent it as text.
const MARK: [u8; 8] = *b"\x89TALKO\r\n";
/// The version of the frame. Raised only when old readers would misread.
const FORMAT: u8 = 1;
/// The body as it is.
const PLAIN: u8 = 0;
/// The body by raw deflate.
const DEFLATE: u8 = 1;
/// How hard to pack: further levels cost twice the time for a hundredth.
const LEVEL: u8 = 6;
/// Bytes before the packed part.
const HEAD_BYTES: usize = 8 + 1 + 1 + 4 + 4 + 32 + 64 + 32;
/// What a packer signs begins with this; no change begins so.
const STATEMENT: &[u8] = b"talkoot transfer file";
/// How files begin that the age format locks, bare and as text.
const LOCKED: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// Packs, sums up and signs a body.
pub(super) fn write(body: &[u8], key: &ReplicaKey) -> Result<Vec<u8>, TooMuch> {
    let too_much = |size| TooMuch { size, size_max: TRANSFER_FILE_BYTES_MAX };
    let packed = compress_to_vec(body, LEVEL);
    // What packs too well to be believed travels as it is.
    let is_believed = packed.len() < body.len() && fits_ratio(packed.len(), body.len());
    let (packing, packed) = if is_believed { (DEFLATE, &packed[..]) } else { (PLAIN, body) };
    let size = packed.len().saturating_add(HEAD_BYTES);
    check_size(size, TRANSFER_FILE_BYTES_MAX)?;
    let length = |of: &[u8]| u32::try_from(of.len()).map_err(|_| too_much(of.len()));
    let head = Head {
        packing,
        packed_bytes: length(packed)?,
        body_bytes: length(body)?,
        key: key.public(),
    };
    let sum = head.sum(packed);
    let mut file = Vec::with_capacity(size);
    file.extend(MARK);
    file.extend(head.bytes());
    file.extend(key.sign_statement(&statement(&sum)));
    file.extend(sum);
    file.extend(packed);
    Ok(file)
}

/// Judges a file from the outside and gives its body and the key of its packer.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<u8>, PublicKey), TransferError> {
    let mut rest = Reader { bytes, at: 0 };
    check_mark(bytes)?;
    rest.take::<8>()?;
    let [format] = rest.take()?;
    match format {
        FORMAT => {}
        0 => return Err(TransferError::Damaged),
        format => return Err(TransferError::TooNew { format }),
    }
    let [packing] = rest.take()?;
    let (packed_bytes, body_bytes) = (rest.length()?, rest.length()?);
    let key = PublicKey(rest.take()?);
    let signature: [u8; 64] = rest.take()?;
    let said_sum: [u8; 32] = rest.take()?;
    let packed = check_lengths(bytes, packing, packed_bytes, body_bytes)?;
    let as_u32 = |length: usize| u32::try_from(length).map_err(|_| TransferError::Damaged);
    let (packed_bytes, body_length) = (as_u32(packed_bytes)?, as_u32(body_bytes)?);
    let sum = Head { packing, packed_bytes, body_bytes: body_length, key }.sum(packed);
    let is_signed = key.verify_statement(&statement(&sum), &signature).is_ok();
    if sum != said_sum || !is_signed {
        return Err(TransferError::Damaged);
    }
    Ok((unpack(packing, packed, body_bytes)?, key))
}

/// What the checksum covers beside the packed part.
struct Head {
    packing: u8,
    packed_bytes: u32,
    body_bytes: u32,
    key: PublicKey,
}

impl Head {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT, self.packing];
        bytes.extend(self.packed_bytes.to_be_bytes());
        bytes.extend(self.body_bytes.to_be_bytes());
        bytes.extend(self.key.0);
        bytes
    }

    fn sum(&self, packed: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.bytes()).chain_update(packed).finalize().into()
    }
}

fn statement(sum: &[u8; 32]) -> Vec<u8> {
    [STATEMENT, sum].concat()
}

fn check_mark(bytes: &[u8]) -> Result<(), TransferError> {
    if bytes.starts_with(&MARK) {
        Ok(())
    } else if LOCKED.iter().any(|locked| bytes.starts_with(locked)) {
        Err(TransferError::Locked)
    } else if MARK.starts_with(bytes) {
        Err(TransferError::Truncated { bytes: bytes.len(), bytes_needed: HEAD_BYTES })
    } else {
        Err(TransferError::Foreign)
    }
}

/// Judges what a file says of its size, and gives the packed part.
fn check_lengths(
    bytes: &[u8],
    packing: u8,
    packed_bytes: usize,
    body_bytes: usize,
) -> Result<&[u8], TransferError> {
    let bytes_needed = packed_bytes.saturating_add(HEAD_BYTES);
    for (size, size_max) in
        [(bytes_needed, TRANSFER_FILE_BYTES_MAX), (body_bytes, TRANSFER_BODY_BYTES_MAX)]
    {
        if size > size_max {
            return Err(TransferError::TooBig { size, size_max });
        }
    }
    if packing == DEFLATE && !fits_ratio(packed_bytes, body_bytes) {
        let size_max = packed_bytes.saturating_mul(TRANSFER_RATIO_MAX);
        return Err(TransferError::TooBig { size: body_bytes, size_max });
    }
    if bytes.len() > bytes_needed {
        return Err(TransferError::Damaged);
    }
    let packed = bytes.get(HEAD_BYTES..bytes_needed);
    packed.ok_or(TransferError::Truncated { bytes: bytes.len(), bytes_needed })
}

fn fits_ratio(packed_bytes: usize, body_bytes: usize) -> bool {
    body_bytes <= packed_bytes.saturating_mul(TRANSFER_RATIO_MAX)
}

fn unpack(packing: u8, packed: &[u8], body_bytes: usize) -> Result<Vec<u8>, TransferError> {
    let body = match packing {
        PLAIN => packed.to_vec(),
        DEFLATE => {
            decompress_to_vec_with_limit(packed, body_bytes).map_err(|_| TransferError::Damaged)?
        }
        _ => return Err(TransferError::Damaged),
    };
    if body.len() == body_bytes { Ok(body) } else { Err(TransferError::Damaged) }
}

/// Takes one piece after the other from the head.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], TransferError> {
        let until = self.at.saturating_add(N);
        let piece = self.bytes.get(self.at..until).and_then(|piece| piece.try_into().ok());
        self.at = until;
        let (bytes, bytes_needed) = (self.bytes.len(), HEAD_BYTES);
        piece.ok_or(TransferError::Truncated { bytes, bytes_needed })
    }

    fn length(&mut self) -> Result<usize, TransferError> {
        let length = u32::from_be_bytes(self.take()?);
        usize::try_from(length).map_err(|_| TransferError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ReplicaKey {
        ReplicaKey::from_seed(&[7; 32])
    }

    /// Words that pack to about a third.
    fn body() -> Vec<u8> {
        (0..400_u32).flat_map(|n| n.wrapping_mul(n).to_string().into_bytes()).collect()
    }

    /// Writes a frame with lengths of its own, whole and signed.
    fn frame(packing: u8, packed: &[u8], body_bytes: u32) -> Vec<u8> {
        let packed_bytes = u32::try_from(packed.len()).unwrap();
        let head = Head { packing, packed_bytes, body_bytes, key: key().public() };
        let sum = head.sum(packed);
        let signature = key().sign_statement(&statement(&sum));
        [&MARK[..], &head.bytes(), &signature, &sum, packed].concat()
    }

    #[test]
    fn j2_a_whole_file_gives_its_body_and_says_who_packed_it() {
        for body in [body(), Vec::new(), vec![0; 100_000], vec![7; 3]] {
            let file = write(&body, &key()).unwrap();
            assert_eq!(read(&file), Ok((body, key().public())));
        }
    }

    #[test]
    fn j3_a_file_that_ends_early_says_so_at_every_length() {
        let file = write(&body(), &key()).unwrap();
        for length in 0..file.len() {
            let read = read(&file[..length]);
            assert!(matches!(read, Err(TransferError::Truncated { .. })), "{length}: {read:?}");
        }
        assert_eq!(read(&[&file[..], b"x"].concat()), Err(TransferError::Damaged));
    }

    #[test]
    fn j3_no_bit_of_a_file_turns_unseen() {
        let file = write(&body(), &key()).unwrap();
        for at in 0..file.len() * 8 {
            let mut turned = file.clone();
            turned[at / 8] ^= 1 << (at % 8);
            assert!(read(&turned).is_err(), "bit {at}");
        }
    }

    #[test]
    fn j3_what_is_not_ours_is_locked_or_is_newer_is_called_so() {
        let file = write(&body(), &key()).unwrap();
        let mut newer = file;
        newer[8] = FORMAT + 1;
        let cases: [(&[u8], TransferError); 5] = [
            (b"PK\x03\x04", TransferError::Foreign),
            (b"SQLite format 3\0", TransferError::Foreign),
            (b"age-encryption.org/v1\n-> scrypt", TransferError::Locked),
            (b"-----BEGIN AGE ENCRYPTED FILE-----\n", TransferError::Locked),
            (&newer, TransferError::TooNew { format: 2 }),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(bytes), Err(expected));
        }
    }

    #[test]
    fn j4_a_bomb_is_refused_before_it_is_unpacked() {
        let zeros = vec![0; 10_000_000];
        let packed = compress_to_vec(&zeros, LEVEL);
        let honest = frame(DEFLATE, &packed, 10_000_000);
        assert!(matches!(read(&honest), Err(TransferError::TooBig { size: 10_000_000, .. })));
        let lying = frame(DEFLATE, &packed, 1_000);
        assert_eq!(read(&lying), Err(TransferError::Damaged), "it unpacks to more than it says");
        let boasting = frame(DEFLATE, &packed, u32::MAX);
        assert!(matches!(read(&boasting), Err(TransferError::TooBig { .. })));
        let endless = [&MARK[..], &[FORMAT, DEFLATE], &[0xff; 8], &[0; 128]].concat();
        assert!(matches!(read(&endless), Err(TransferError::TooBig { .. })));
        assert_eq!(read(&frame(9, b"x", 1)), Err(TransferError::Damaged), "unknown packing");
    }
}
