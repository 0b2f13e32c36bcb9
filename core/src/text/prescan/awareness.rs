//! Awareness updates: who is in a text now, in the words of y-protocols.
//!
//! The states are JSON that JavaScript parses on every device that gets them.
//! What they say of a person is the editor's to judge; here they are bounded.

use super::reader::Reader;
use super::state_vector::push_number;
use super::{CLIENT_END, ScanError, json};
use crate::limits::PRESENCE_BYTES_MAX;

/// Most editors in one awareness update: a full room.
const STATES_MAX: usize = 1_000;
/// How deep the JSON of a state may nest.
const DEPTH_MAX: usize = 16;
/// Largest awareness update, in bytes: a full room with cursors.
const BYTES_MAX: usize = 256 * 1_024;

/// One editor's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwarenessState<'a> {
    /// The Yjs client id.
    pub client: u64,
    /// Grows with each state of the client.
    pub clock: u32,
    /// JSON; `null` takes leave.
    pub json: &'a str,
}

/// Reads an awareness update; total over all bytes.
pub fn scan_awareness(bytes: &[u8]) -> Result<Vec<AwarenessState<'_>>, ScanError> {
    if bytes.len() > BYTES_MAX {
        return Err(ScanError::TooLarge { bytes: bytes.len(), max: BYTES_MAX });
    }
    let mut reader = Reader::new(bytes);
    let count = reader.count()?;
    if count > STATES_MAX {
        return Err(ScanError::TooManyClients { count, max: STATES_MAX });
    }
    let mut states = Vec::new();
    for _ in 0..count {
        let client = reader.number()?;
        if client >= CLIENT_END {
            return Err(ScanError::ClientTooLarge { client });
        }
        let clock = reader.number_u32()?;
        let at = reader.at();
        let json = reader.text()?;
        if json.len() > PRESENCE_BYTES_MAX {
            return Err(ScanError::TooLarge { bytes: json.len(), max: PRESENCE_BYTES_MAX });
        }
        json::check(json, at, DEPTH_MAX)?;
        states.push(AwarenessState { client, clock, json });
    }
    match reader.remaining() {
        0 => Ok(states),
        _ => Err(ScanError::TrailingBytes { at: reader.at() }),
    }
}

/// Writes an awareness update.
pub fn encode_awareness(states: &[AwarenessState<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    push_number(&mut bytes, states.len() as u64);
    for state in states {
        push_number(&mut bytes, state.client);
        push_number(&mut bytes, u64::from(state.clock));
        push_number(&mut bytes, state.json.len() as u64);
        bytes.extend(state.json.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn y1_awareness_reads_back_and_what_would_throw_is_refused() {
        let here = AwarenessState { client: 7, clock: 3, json: r#"{"user":{"name":"Anna"}}"# };
        let gone = AwarenessState { client: 8, clock: 1, json: "null" };
        let bytes = encode_awareness(&[here, gone]);
        assert_eq!(scan_awareness(&bytes), Ok(vec![here, gone]));
        let broken = encode_awareness(&[AwarenessState { json: "{", ..here }]);
        assert_eq!(scan_awareness(&broken), Err(ScanError::ValueKind { at: 3 }));
        let long = format!("\"{}\"", "a".repeat(PRESENCE_BYTES_MAX));
        let long = encode_awareness(&[AwarenessState { json: &long, ..here }]);
        assert!(matches!(scan_awareness(&long), Err(ScanError::TooLarge { .. })));
        assert!(scan_awareness(&[0xff, 0xff, 0x03]).is_err(), "more states than bytes");
    }

    proptest! {
        #[test]
        fn y1_any_bytes_are_read_as_awareness_or_refused(
            noise in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            if let Ok(states) = scan_awareness(&noise) {
                let written = encode_awareness(&states);
                prop_assert_eq!(scan_awareness(&written), Ok(states));
            }
        }
    }
}
