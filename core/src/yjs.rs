//! The words of y-websocket, so that any standard Yjs client can edit a text.
//!
//! One message a frame: sync (`y-protocols/sync`), awareness, and the server's
//! "permission denied" (`y-protocols/auth`). Reading is total and borrows; what
//! is inside an update or an awareness is scanned by [`crate::text::prescan`].
//! Nothing here knows of records or rights.

use std::collections::BTreeMap;

use crate::text::ScanError;
use crate::text::prescan::{Reader, encode_state_vector, push_number, scan_state_vector};

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const ASK_AWARENESS: u64 = 3;

const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;

/// What a client says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YjsMessage<'a> {
    /// "This is what I know; send me the rest."
    Know(BTreeMap<u64, u32>),
    /// What we lacked, or what was just written: both are V1 updates.
    Update(&'a [u8]),
    /// Who is here, to be scanned.
    Awareness(&'a [u8]),
    /// "Tell me who is here."
    AskAwareness,
    /// A word of an extension that this server does not have; passed over.
    Other,
}

/// Reads one frame.
pub fn read(frame: &[u8]) -> Result<YjsMessage<'_>, ScanError> {
    let mut reader = Reader::new(frame);
    let message = match reader.number()? {
        SYNC => sync(&mut reader)?,
        AWARENESS => YjsMessage::Awareness(bytes(&mut reader)?),
        ASK_AWARENESS => YjsMessage::AskAwareness,
        _ => return Ok(YjsMessage::Other),
    };
    match reader.remaining() {
        0 => Ok(message),
        _ => Err(ScanError::TrailingBytes { at: reader.at() }),
    }
}

fn sync<'a>(reader: &mut Reader<'a>) -> Result<YjsMessage<'a>, ScanError> {
    let at = reader.at();
    match reader.number()? {
        STEP_1 => Ok(YjsMessage::Know(scan_state_vector(bytes(reader)?)?)),
        STEP_2 | UPDATE => Ok(YjsMessage::Update(bytes(reader)?)),
        _ => Err(ScanError::ValueKind { at }),
    }
}

fn bytes<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], ScanError> {
    let count = reader.count()?;
    reader.take(count)
}

/// Writes "this is what I know; send me the rest".
pub fn know(clocks: &BTreeMap<u64, u32>) -> Vec<u8> {
    frame(&[SYNC, STEP_1], &encode_state_vector(clocks))
}

/// Writes what a client lacked, in answer to what it knew.
pub fn lacked(update: &[u8]) -> Vec<u8> {
    frame(&[SYNC, STEP_2], update)
}

/// Writes what somebody has just written.
pub fn update(update: &[u8]) -> Vec<u8> {
    frame(&[SYNC, UPDATE], update)
}

/// Writes who is here.
pub fn awareness(states: &[u8]) -> Vec<u8> {
    frame(&[AWARENESS], states)
}

/// Writes that the client may not write here; the code says why.
pub fn denied(code: &str) -> Vec<u8> {
    frame(&[AUTH, 0], code.as_bytes())
}

fn frame(words: &[u64], body: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(body.len() + 8);
    for word in words {
        push_number(&mut frame, *word);
    }
    push_number(&mut frame, body.len() as u64);
    frame.extend(body);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn y1_what_is_written_is_read_as_a_standard_client_would() {
        let clocks = BTreeMap::from([(7, 3), (1 << 40, 9)]);
        assert_eq!(read(&know(&clocks)), Ok(YjsMessage::Know(clocks)));
        assert_eq!(read(&lacked(&[0, 0])), Ok(YjsMessage::Update(&[0, 0])));
        assert_eq!(read(&update(&[0, 0])), Ok(YjsMessage::Update(&[0, 0])));
        assert_eq!(read(&awareness(&[0])), Ok(YjsMessage::Awareness(&[0])));
        assert_eq!(read(&[3]), Ok(YjsMessage::AskAwareness));
        // As lib0 writes them: a string is its length and its bytes.
        assert_eq!(denied("no"), [2, 0, 2, b'n', b'o']);
        assert_eq!(update(&[0, 0]), [0, 2, 2, 0, 0]);
    }

    #[test]
    fn y1_a_frame_that_lies_is_refused() {
        for bad in [&[][..], &[0], &[0, 3, 0], &[0, 2, 9, 1], &[0, 2, 1, 1, 1], &[3, 3]] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
        assert_eq!(read(&[2, 1]), Ok(YjsMessage::Other));
    }

    proptest! {
        #[test]
        fn y1_any_frame_is_read_or_refused(noise in prop::collection::vec(any::<u8>(), 0..80)) {
            drop(read(&noise));
        }
    }
}
