//! The edit that follows from what a section said and what it is to say.
//!
//! Two who decide alike without knowing of each other would each write the words, and they would
//! stand there twice. So such an edit carries a Yjs client that is named by its bytes: who sees
//! the same and decides the same brings the same edit, and a program that cuts a text otherwise
//! brings one of another name, never other words under the same one.

use sha2::{Digest as _, Sha256};

use super::document::{TextDocument, TextError};
use super::node::Block;

/// The Yjs client under which an edit is tried; no edit is ever brought under it.
const TRIED_CLIENT: u64 = 1;

/// Gives the edit after which a field of the text with this state says what is wanted; `None`
/// where it says it.
///
/// # Errors
///
/// Returns why the state does not load, or why the edit is none that others would take.
pub fn agreed(state: &[u8], field: &str, wanted: &[Block]) -> Result<Option<Vec<u8>>, TextError> {
    let Some((tried, known)) = written(state, TRIED_CLIENT, field, wanted)? else {
        return Ok(None);
    };
    // An edit that was taken back since can be the one that is wanted now: it needs another name,
    // because under its own it is known already.
    let names = (0..=u32::MAX).map(|turn| name(&tried, turn));
    let client = names.into_iter().find(|client| !known.contains(client)).unwrap_or(TRIED_CLIENT);
    Ok(written(state, client, field, wanted)?.map(|(update, _)| update))
}

/// Gives what a field says after an edit that was made on `seen`, with what came into it since.
///
/// # Errors
///
/// Returns why the states do not fit onto each other; only bytes that lie do that.
pub fn saying(
    seen: &[u8],
    field: &str,
    wanted: &[Block],
    now: &[u8],
) -> Result<Vec<Block>, TextError> {
    let mut text = TextDocument::from_state(TRIED_CLIENT, now)?;
    if let Some(update) = agreed(seen, field, wanted)? {
        text.apply(&update)?;
    }
    Ok(text.blocks(field))
}

type Written = Option<(Vec<u8>, Vec<u64>)>;

/// Writes under a client; gives the edit, with the clients that were known before it.
fn written(state: &[u8], client: u64, field: &str, wanted: &[Block]) -> Result<Written, TextError> {
    let mut text = TextDocument::from_state(client, state)?;
    let known = text.state_vector().into_keys().collect();
    let update = text.rewrite(&[(field, wanted.to_vec())])?;
    Ok(update.map(|update| (update, known)))
}

/// Names an edit by its bytes. As wide as the clients that Yjs rolls dice for.
fn name(edit: &[u8], turn: u32) -> u64 {
    let digest = Sha256::new().chain_update(edit).chain_update(turn.to_be_bytes()).finalize();
    let first = digest.iter().take(4);
    first.fold(0, |number, byte| number << 8 | u64::from(*byte))
}
