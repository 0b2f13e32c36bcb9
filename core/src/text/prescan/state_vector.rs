//! State vectors: up to which clock each Yjs client is known.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{CLIENT_END, CLOCK_END, Policy, ScanError};

/// Reads a state vector; total over all bytes.
pub fn scan_state_vector(bytes: &[u8]) -> Result<BTreeMap<u64, u32>, ScanError> {
    let max = Policy::STATE.clients_max;
    let mut reader = Reader::new(bytes);
    let count = reader.count()?;
    if count > max {
        return Err(ScanError::TooManyClients { count, max });
    }
    let mut clocks = BTreeMap::new();
    for _ in 0..count {
        let client = reader.number()?;
        if client >= CLIENT_END {
            return Err(ScanError::ClientTooLarge { client });
        }
        let clock = reader.number_u32()?;
        if clock >= CLOCK_END {
            return Err(ScanError::ClockOverflow { client });
        }
        if clocks.insert(client, clock).is_some() {
            return Err(ScanError::ClientTwice { client });
        }
    }
    match reader.remaining() {
        0 => Ok(clocks),
        _ => Err(ScanError::TrailingBytes { at: reader.at() }),
    }
}

/// Writes a state vector.
pub fn encode_state_vector(clocks: &BTreeMap<u64, u32>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(clocks.len() * 8 + 2);
    push_number(&mut bytes, clocks.len() as u64);
    for (client, clock) in clocks {
        push_number(&mut bytes, *client);
        push_number(&mut bytes, u64::from(*clock));
    }
    bytes
}

/// Writes a number of 7 bits a byte, lowest first, as lib0 does.
pub(crate) fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn y1_a_state_vector_reads_back_and_any_bytes_are_read_or_refused(
            clocks in prop::collection::btree_map(0..CLIENT_END, 0..CLOCK_END, 0..20),
            noise in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            prop_assert_eq!(scan_state_vector(&encode_state_vector(&clocks)), Ok(clocks));
            drop(scan_state_vector(&noise));
        }
    }

    #[test]
    fn y1_a_state_vector_that_lies_is_refused() {
        let refused = |bytes: &[u8]| scan_state_vector(bytes).is_err();
        assert!(refused(&[]));
        assert!(refused(&[0xff, 0xff, 0xff, 0xff, 0x0f]), "more clients than bytes");
        assert!(refused(&[2, 1, 1, 1, 2]), "a client twice");
        assert!(refused(&[1, 1, 0x80, 0x80, 0x80, 0x80, 0x08]), "a clock beyond its end");
        assert!(refused(&[1, 1, 1, 0]), "bytes after the end");
    }
}
