//! Bytes in and out: every format starts with its version, every failure is an error.
//!
//! The encoding is CBOR by `minicbor`, whose integer keys are the tag table:
//! a later version adds keys, and readers skip those that they do not know.

use minicbor::{Decode, Encode};

use crate::change::Change;
use crate::limits::{CHANGE_BYTES_MAX, MESSAGE_BYTES_MAX};

/// The version of every format here. Raised only when old readers would misread.
pub const FORMAT: u8 = 1;

/// Why bytes could not be read. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("there is nothing to read")]
    Empty,
    #[error("format {format} is newer than this program knows")]
    Newer { format: u8 },
    #[error("{bytes} bytes are more than the {bytes_max} allowed")]
    TooLarge { bytes: usize, bytes_max: usize },
    #[error("the bytes do not follow the format")]
    Malformed,
    #[error("{bytes} bytes follow the end")]
    Trailing { bytes: usize },
}

/// Writes a change.
pub fn encode_change(change: &Change) -> Vec<u8> {
    encode(change)
}

/// Reads a change; total over all bytes.
pub fn decode_change(bytes: &[u8]) -> Result<Change, DecodeError> {
    decode(bytes, CHANGE_BYTES_MAX)
}

/// Writes anything of this crate that has a format: its version, then its body.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = vec![FORMAT];
    // A `Vec` takes every byte, so this cannot fail.
    minicbor::encode(value, &mut bytes).ok();
    bytes
}

/// Reads what [`encode`] wrote, if it is no larger than `bytes_max`.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8], bytes_max: usize) -> Result<T, DecodeError> {
    if bytes.len() > bytes_max {
        return Err(DecodeError::TooLarge { bytes: bytes.len(), bytes_max });
    }
    let (format, body) = bytes.split_first().ok_or(DecodeError::Empty)?;
    if *format != FORMAT {
        return Err(DecodeError::Newer { format: *format });
    }
    let mut decoder = minicbor::Decoder::new(body);
    let value = decoder.decode().map_err(|_| DecodeError::Malformed)?;
    match body.len().saturating_sub(decoder.position()) {
        0 => Ok(value),
        bytes => Err(DecodeError::Trailing { bytes }),
    }
}

/// Reads a message of the wire.
pub fn decode_message<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, DecodeError> {
    decode(bytes, MESSAGE_BYTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplicaId;
    use crate::sample;
    use proptest::prelude::*;

    #[test]
    fn c2_bytes_of_a_later_format_are_told_apart_from_damage() {
        let mut bytes = encode_change(&sample::create(ReplicaId([1; 16]), 1));
        bytes[0] = FORMAT + 1;
        assert_eq!(decode_change(&bytes), Err(DecodeError::Newer { format: FORMAT + 1 }));
        assert_eq!(decode_change(&[]), Err(DecodeError::Empty));
    }

    #[test]
    fn c3_bytes_after_the_end_are_refused() {
        let mut bytes = encode_change(&sample::create(ReplicaId([1; 16]), 1));
        bytes.push(0);
        assert_eq!(decode_change(&bytes), Err(DecodeError::Trailing { bytes: 1 }));
    }

    /// Says whether bytes are refused, or read as a change that survives being written again.
    fn holds_together(bytes: &[u8]) -> bool {
        decode_change(bytes)
            .map_or(true, |change| decode_change(&encode_change(&change)) == Ok(change))
    }

    proptest! {
        #[test]
        fn c1_a_change_survives_its_bytes(change in sample::any_change()) {
            prop_assert_eq!(decode_change(&encode_change(&change)), Ok(change));
        }

        #[test]
        fn c4_no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut framed = vec![FORMAT];
            framed.extend(&bytes);
            prop_assert!(holds_together(&framed));
        }

        #[test]
        fn c4_a_damaged_change_is_read_as_something_or_refused(
            change in sample::any_change(), at: prop::sample::Index, flip in 1..=255_u8,
        ) {
            let mut bytes = encode_change(&change);
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            prop_assert!(holds_together(&bytes));
        }
    }
}
