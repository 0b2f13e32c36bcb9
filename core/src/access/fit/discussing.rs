//! Whether what is said in a thread, or noted in a notebook, has a form and keeps within bounds.

use super::FitError;
use crate::change::discuss::{Discuss, Mention, Post, Words};
use crate::change::note::Note;
use crate::change::{Change, Op};
use crate::id::{AccountId, ChangeId, RecordId};
use crate::limits::{
    MENTIONS_MAX, NOTES_MAX, POST_CHARS_MAX, POSTS_MAX, QUOTE_CHARS_MAX, REPLACED_MAX, SAYINGS_MAX,
    VERSION_REPLICAS_MAX,
};
use crate::record::{PostState, Record, Said};
use crate::schema::{Kind, area};

/// A name for the one thing that an operation says something about.
type Key<'a> = (u8, Option<ChangeId>, Option<&'a str>);

/// Checks what somebody does in a thread.
pub(super) fn check_deed(
    kind: Kind,
    before: &Record,
    author: AccountId,
    deed: &Discuss,
) -> Result<(), FitError> {
    let fits = kind == Kind::Thread
        && deed.replaces().len() <= REPLACED_MAX
        && has_room(before, author, deed)
        && match deed {
            Discuss::Post { post } => is_post(post),
            Discuss::Edit { words, .. } => are_words(words),
            Discuss::React { word, .. } => area::labels("reaction", word).is_some(),
            Discuss::Retract { .. } | Discuss::Answer { .. } => true,
        };
    if fits { Ok(()) } else { Err(FitError::Discussing) }
}

/// Checks a note; it stands in its author's notebook ([`check_notebook`]).
pub(super) fn check_note(kind: Kind, before: &Record, note: &Note) -> Result<(), FitError> {
    let has_room = |record: &RecordId| {
        let notes = before.notes.as_ref();
        notes.is_none_or(|notes| notes.len() < NOTES_MAX || notes.contains_key(record))
    };
    let fits = kind == Kind::Notebook
        && match note {
            Note::Read { thread, until } => {
                has_room(thread) && until.replicas() <= VERSION_REPLICAS_MAX
            }
            Note::Follow { record, replaces, .. } => {
                has_room(record) && replaces.len() <= REPLACED_MAX
            }
        };
    if fits { Ok(()) } else { Err(FitError::Discussing) }
}

/// A notebook has the name that follows from its account, and nothing else has such a name
/// (rule DI12).
pub(super) fn check_notebook(kind: Kind, change: &Change) -> Result<(), FitError> {
    let is_own = change.record == RecordId::notebook_of(change.author);
    let fits = if kind == Kind::Notebook { is_own } else { !change.record.is_notebook() };
    if fits { Ok(()) } else { Err(FitError::Notebook) }
}

/// Each thing is said once in a change, so that a change id names one saying.
pub(super) fn check_said_once(change: &Change, place: usize, op: &Op) -> Result<(), FitError> {
    let key = key_of(op);
    let twice = key.is_some() && change.ops.iter().take(place).any(|other| key_of(other) == key);
    if twice { Err(FitError::Discussing) } else { Ok(()) }
}

fn key_of(op: &Op) -> Option<Key<'_>> {
    let Op::Discuss { deed } = op else { return None };
    Some(match deed {
        Discuss::Post { .. } => (0, None, None),
        Discuss::Edit { post, .. } => (1, Some(*post), None),
        Discuss::Retract { post, .. } => (2, Some(*post), None),
        Discuss::React { post, word, .. } => (3, Some(*post), Some(word)),
        Discuss::Answer { .. } => (4, None, None),
    })
}

/// Whoever says the same thing over and over would let a post grow for ever.
fn has_room(before: &Record, author: AccountId, deed: &Discuss) -> bool {
    let Some(discussion) = &before.discussion else { return true };
    let said = |count: &dyn Fn(&PostState) -> usize| {
        let state = deed.post().and_then(|post| discussion.posts.get(&post));
        let is_new = deed.post().is_some() && state.is_none();
        let count = state.map_or(0, count);
        count < SAYINGS_MAX && (!is_new || discussion.posts.len() < POSTS_MAX)
    };
    match deed {
        Discuss::Post { .. } => discussion.posts.len() < POSTS_MAX,
        Discuss::Edit { .. } => said(&|state| state.edits.len()),
        Discuss::Retract { .. } => said(&|state| state.standing.len()),
        Discuss::React { word, .. } => {
            said(&|state| state.reactions.get(&(author, word.clone())).map_or(0, Said::len))
        }
        Discuss::Answer { .. } => discussion.answer.len() < SAYINGS_MAX,
    }
}

fn is_post(post: &Post) -> bool {
    let quoted = post.quote.as_ref().is_none_or(|quote| is_text(&quote.passage, QUOTE_CHARS_MAX));
    quoted && are_words(&post.words)
}

/// Words say something, and their mentions lie in them, one behind the other.
fn are_words(words: &Words) -> bool {
    let chars = words.text.chars().count();
    let ends = words.mentions.iter().map(|mention| mention.until);
    let starts = std::iter::once(0).chain(ends);
    let behind = |(mention, after): (&Mention, u32)| {
        mention.from >= after
            && mention.from < mention.until
            && usize::try_from(mention.until).is_ok_and(|until| until <= chars)
    };
    is_text(&words.text, POST_CHARS_MAX)
        && words.mentions.len() <= MENTIONS_MAX
        && words.mentions.iter().zip(starts).all(behind)
}

fn is_text(text: &str, chars_max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= chars_max
}
