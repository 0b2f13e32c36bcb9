//! Base64 as age writes it: without padding in heads, with it in armour.

use super::UnlockError;

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";

/// Takes the armour off a file; nothing where it has none.
pub(super) fn strip(file: &[u8]) -> Result<Option<Vec<u8>>, UnlockError> {
    if !file.starts_with(BEGIN.as_bytes()) {
        return Ok(None);
    }
    let text = std::str::from_utf8(file).map_err(|_| UnlockError::Damaged)?;
    let inner = text.trim_end().strip_prefix(BEGIN).and_then(|text| text.strip_suffix(END));
    let signs: String = inner.ok_or(UnlockError::Damaged)?.split_ascii_whitespace().collect();
    decode(signs.trim_end_matches('=')).map(Some).ok_or(UnlockError::Damaged)
}

/// Writes bytes without padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
        let number = number << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = (number >> (18 - 6 * place)) & 63;
            let sign = usize::try_from(index).ok().and_then(|index| SIGNS.get(index));
            text.extend(sign.map(|sign| char::from(*sign)));
        }
    }
    text
}

/// Reads what [`encode`] writes, and nothing else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for chunk in text.as_bytes().chunks(4) {
        let mut number = 0_u32;
        for sign in chunk {
            let value = SIGNS.iter().position(|known| known == sign)?;
            number = (number << 6) | u32::try_from(value).ok()?;
        }
        let number = number << (6 * (4 - chunk.len()));
        let count = chunk.len().checked_sub(1).filter(|count| *count > 0)?;
        let [_, whole @ ..] = number.to_be_bytes();
        // Bits beyond the last byte have to be none, so that each text has one meaning.
        if whole.iter().skip(count).any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend(whole.iter().take(count));
    }
    Some(bytes)
}
