//! What came of trying a practice, told in a thread, becomes evidence or an adoption's result.
//!
//! One step, and the credit stays: the entry names who said it and where ([`PostId`]), so that
//! whoever reads the practice finds the post. The entry's own name follows from the post: two who
//! take the same post over at once write one entry.

use sha2::{Digest as _, Sha256};

use super::PostView;
use crate::change::Op;
use crate::id::{ChangeId, ItemId, RecordId};
use crate::limits::TEXT_CHARS_MAX;
use crate::record::Record;
use crate::schema::practice_field as field;
use crate::value::{PostId, Scalar, Value};

/// Gives the operations on a practice that add a post as evidence, with who said it and where;
/// none where that was done already, or the post was taken back (rule DI15).
pub fn as_evidence(practice: &Record, thread: RecordId, post: &PostView<'_>) -> Vec<Op> {
    let Some(words) = post.words else { return Vec::new() };
    let item = item_of(thread, post.id);
    let is_there = practice.field(field::EVIDENCE).is_some_and(|it| it.items.contains_key(&item));
    if is_there {
        return Vec::new();
    }
    let parts = [
        (field::EVIDENCE_RESULT, Scalar::Text(shortened(&words.text))),
        (field::EVIDENCE_AUTHOR, Scalar::Account(post.author)),
        (field::EVIDENCE_POST, Scalar::Post(PostId { thread, post: post.id })),
    ];
    practice.append_items(field::EVIDENCE, [(item, Value::Entry(parts.into()))])
}

/// Gives the operations on a practice that make what a post says the result of the adoption of the
/// project that tried it, with who said it and where; none where the practice has no such
/// adoption, its result is written already, or the post was taken back (rule DI15).
pub fn as_result(practice: &Record, thread: RecordId, post: &PostView<'_>) -> Vec<Op> {
    let (Some(words), Some(project)) = (post.words, post.tried.and_then(|it| it.project)) else {
        return Vec::new();
    };
    let adoptions = practice.field(field::ADOPTIONS).map(|it| it.items()).unwrap_or_default();
    let own = adoptions.into_iter().find_map(|(item, value)| {
        let Value::Entry(parts) = value else { return None };
        let of = parts.get(&field::ADOPTION_PROJECT)?.as_record()?;
        let is_over = parts.contains_key(&field::ADOPTION_UNTIL);
        (of == project && !is_over).then_some((item, parts))
    });
    let Some((item, parts)) = own else { return Vec::new() };
    let said = parts.get(&field::ADOPTION_RESULT).and_then(Scalar::as_text).unwrap_or_default();
    // One credit stands beside a result: words of others under it would not be theirs any more.
    if !said.trim().is_empty() {
        return Vec::new();
    }
    let mut parts = parts.clone();
    parts.insert(field::ADOPTION_RESULT, Scalar::Text(shortened(&words.text)));
    parts.insert(field::ADOPTION_AUTHOR, Scalar::Account(post.author));
    parts.insert(field::ADOPTION_POST, Scalar::Post(PostId { thread, post: post.id }));
    vec![practice.put_item(field::ADOPTIONS, item, Value::Entry(parts))]
}

/// A post may be longer than a field: what is cut stays in the post that the entry names.
fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= TEXT_CHARS_MAX {
        return text.to_owned();
    }
    let kept = TEXT_CHARS_MAX.saturating_sub(1);
    text.chars().take(kept).chain(['…']).collect()
}

/// Names an entry after a post.
fn item_of(thread: RecordId, post: ChangeId) -> ItemId {
    let digest = Sha256::new_with_prefix(thread.0)
        .chain_update(post.replica.0)
        .chain_update(post.counter.to_be_bytes())
        .finalize();
    let number = digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
    ItemId(number)
}
