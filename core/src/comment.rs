//! Open comments: what somebody without an account says of a published practice or document.
//!
//! A comment is held apart, by the server, until somebody decides about it who may write the
//! thing. Published, it is an entry of a list of its record ([`field_of`]), written by whoever
//! published it: so it is folded, synced, shown and handed out like everything else. What was
//! removed from it was never in a change.

pub mod personal;

use sha2::{Digest as _, Sha256};

use crate::access::{Caller, may_edit_in};
use crate::change::Op;
use crate::id::{CommentId, ItemId, RecordId};
use crate::limits::{COMMENT_CHARS_MAX, COMMENT_LINE_CHARS_MAX, ITEMS_MAX};
use crate::record::{Deed, FieldState, ItemState, Record};
use crate::schema::{Kind, document_field, open_comment_field as field, practice_field};
use crate::value::{Scalar, Value};

/// What somebody typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub subject: String,
    pub name: String,
    /// A title or an organisation; empty where none was told.
    pub organisation: String,
    pub words: String,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedFault {
    #[error("a subject, a name and a comment are needed")]
    Missing,
    #[error(
        "a line has at most {COMMENT_LINE_CHARS_MAX} characters, a comment {COMMENT_CHARS_MAX}"
    )]
    TooLong,
}

/// A comment that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub item: ItemId,
    pub typed: Typed,
    /// When it was written, as its writer's device believed.
    pub written_ms: u64,
    /// When the server took it in.
    pub arrived_ms: u64,
    /// Who published it, and when.
    pub published: Deed,
}

/// A comment as its moderator decided to publish it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    pub id: CommentId,
    /// The words as they are to be read: what is personal was taken out.
    pub typed: Typed,
    pub written_ms: u64,
    pub arrived_ms: u64,
}

impl Typed {
    /// Gives what was typed as it is kept: without space around it and without signs that nothing
    /// shows (rule OC2).
    pub fn checked(&self) -> Result<Self, TypedFault> {
        let line = |text: &str| tidy(text, |it| it == '\n' || it == '\t');
        let checked = Self {
            subject: line(&self.subject),
            name: line(&self.name),
            organisation: line(&self.organisation),
            words: tidy(&self.words, |_| false),
        };
        let Self { subject, name, organisation, words } = &checked;
        if [subject, name, words].iter().any(|it| says_nothing(it)) {
            return Err(TypedFault::Missing);
        }
        let is_long = |text: &String| text.chars().count() > COMMENT_LINE_CHARS_MAX;
        let too_long = [subject, name, organisation].into_iter().any(is_long)
            || words.chars().count() > COMMENT_CHARS_MAX;
        if too_long { Err(TypedFault::TooLong) } else { Ok(checked) }
    }
}

/// Takes out what shows nothing, makes every end of a line the same, and `space` of what ends
/// a line where there is only one.
fn tidy(text: &str, is_space: impl Fn(char) -> bool) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let shown = text.chars().filter(|it| matches!(it, '\n' | '\t') || shows(*it));
    let text: String = shown.map(|it| if is_space(it) { ' ' } else { it }).collect();
    personal::without_marks(text.trim())
}

/// Says whether a text has nothing in it that shows by itself.
fn says_nothing(text: &str) -> bool {
    !text.chars().any(|it| shows(it) && !joins(it) && !it.is_whitespace())
}

/// Says whether a sign shows nothing by itself but stands in words and drawn signs: it joins its
/// neighbours, parts them, or says how the one before it is drawn.
fn joins(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Says whether a sign shows anything, or joins what shows; what turns the direction of all that
/// follows it does neither.
pub fn shows(sign: char) -> bool {
    let turns_or_hides = matches!(
        sign,
        // A hyphen, a joiner and a mark of direction that are not seen.
        '\u{ad}' | '\u{34f}' | '\u{61c}'
        // Fillers of Hangul, and a cell of Braille without a point.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}'
        // Vowels of Khmer that are not to be written, and what chooses a form in Mongolian.
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        // Spaces without width, marks and turns of direction.
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        // What steers shorthand and notes, and tags.
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
    );
    !sign.is_control() && !turns_or_hides
}

/// Gives the field of a kind that holds open comments, where it takes any.
pub fn field_of(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Practice => Some(practice_field::OPEN_COMMENTS),
        Kind::Document => Some(document_field::OPEN_COMMENTS),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            None
        }
    }
}

/// Says whether anybody may comment on a record: it is published, and of a kind that takes
/// comments.
pub fn is_open(record: &Record) -> bool {
    let takes = record.kind.and_then(field_of).is_some();
    takes && record.is_published() && !record.is_trashed()
}

/// Says whether the list of a record's comments holds as many as any list may: the gate refuses
/// one more, so nobody is asked for it.
pub fn is_full(record: &Record) -> bool {
    let state = record.kind.and_then(field_of).and_then(|tag| record.field(tag));
    state.is_some_and(|it| it.items.values().filter(|it| it.is_there()).count() >= ITEMS_MAX)
}

/// Says whether a caller decides about the comments on a record of a kind that belongs to a
/// project, or to none: whoever may edit it (rule OC6).
pub fn may_moderate(caller: &Caller, kind: Kind, project: Option<RecordId>) -> bool {
    field_of(kind).is_some() && may_edit_in(caller, kind, project)
}

/// Names the entry that a comment becomes: two who publish it make one (rule OC9).
pub fn item_of(comment: CommentId) -> ItemId {
    let digest: [u8; 32] =
        Sha256::new_with_prefix("open comment").chain_update(comment.0).finalize().into();
    ItemId(digest.first_chunk().map_or(0, |start| u64::from_be_bytes(*start)))
}

/// Gives the operations that publish a comment; none where it is published.
pub fn publish(record: &Record, comment: &Approved) -> Vec<Op> {
    let Some(tag) = record.kind.and_then(field_of) else { return Vec::new() };
    let item = item_of(comment.id);
    let known = record.field(tag).and_then(|state| state.items.get(&item));
    if known.is_some_and(ItemState::is_there) {
        return Vec::new();
    }
    record.append_items(tag, [(item, value(comment))])
}

fn value(comment: &Approved) -> Value {
    let Approved { typed, written_ms, arrived_ms, .. } = comment;
    let text = |text: &String| (!text.is_empty()).then(|| Scalar::Text(text.clone()));
    let parts = [
        (field::SUBJECT, text(&typed.subject)),
        (field::NAME, text(&typed.name)),
        (field::ORGANISATION, text(&typed.organisation)),
        (field::WORDS, text(&typed.words)),
        (field::WRITTEN, Some(Scalar::Moment(*written_ms))),
        (field::ARRIVED, Some(Scalar::Moment(*arrived_ms))),
    ];
    Value::Entry(parts.into_iter().filter_map(|(tag, scalar)| Some((tag, scalar?))).collect())
}

/// Lists what was published of a record's comments, the first written first.
pub fn comments(record: &Record) -> Vec<Comment> {
    let state = record.kind.and_then(field_of).and_then(|tag| record.field(tag));
    let items = state.map(FieldState::items).unwrap_or_default();
    let mut comments: Vec<Comment> =
        items.into_iter().filter_map(|(item, said)| read(state?, item, said)).collect();
    comments.sort_by_key(|it| (it.written_ms, it.item));
    comments
}

fn read(state: &FieldState, item: ItemId, said: &Value) -> Option<Comment> {
    let text = |tag| said.part(tag).and_then(Scalar::as_text).unwrap_or_default().to_owned();
    let at = |tag| match said.part(tag) {
        Some(Scalar::Moment(at_ms)) => *at_ms,
        Some(_) | None => 0,
    };
    let (change, write) = state.items.get(&item)?.value.live().into_iter().next()?;
    let published = Deed { stamp: write.stamp, change, author: write.author };
    let typed = Typed {
        subject: text(field::SUBJECT),
        name: text(field::NAME),
        organisation: text(field::ORGANISATION),
        words: text(field::WORDS),
    };
    let (written_ms, arrived_ms) = (at(field::WRITTEN), at(field::ARRIVED));
    Some(Comment { item, typed, written_ms, arrived_ms, published })
}

#[cfg(test)]
mod tests;
