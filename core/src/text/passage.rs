//! A formatted text as a value: for what is said about a text rather than in it.
//!
//! It is the update that seeds an empty text, so it loses nothing, is judged like every other
//! text before yrs sees it, and needs no reader of its own.

use minicbor::{Decoder, Encoder};

use super::document::TextDocument;
use super::node::Block;
use super::seed::seed_update;

/// The field that a passage fills.
const FIELD: &str = "passage";
/// The Yjs client that it is written under; it meets no other text.
const CLIENT: u64 = 1;

/// Writes a text as a value; the same text gives the same bytes.
pub fn write(blocks: &[Block]) -> Vec<u8> {
    seed_update(CLIENT, FIELD, blocks)
}

/// Reads what [`write`] wrote; `None` for bytes that are no text.
pub fn read(bytes: &[u8]) -> Option<Vec<Block>> {
    let mut document = TextDocument::new(0);
    document.apply(bytes).ok()?;
    Some(document.blocks(FIELD))
}

/// Writes a text within another value's bytes.
///
/// # Errors
///
/// Returns what the writer says.
pub fn encode<C, W: minicbor::encode::Write>(
    blocks: &[Block],
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), minicbor::encode::Error<W::Error>> {
    e.bytes(&write(blocks))?;
    Ok(())
}

/// Reads what [`encode`] wrote.
///
/// # Errors
///
/// Returns that the bytes are no text.
pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Vec<Block>, minicbor::decode::Error> {
    read(d.bytes()?).ok_or_else(|| minicbor::decode::Error::message("no text"))
}
