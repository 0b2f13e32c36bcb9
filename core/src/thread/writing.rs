//! What a person does in a thread, as operations.

use super::margin::Passage;
use super::{live_edits, live_standing, posted};
use crate::access::discussing::WORKSPACE;
use crate::change::Op;
use crate::change::discuss::{Discuss, Post, Standing, Words};
use crate::id::{AccountId, ChangeId, RecordId};
use crate::record::{PostState, Record, Said};
use crate::schema::{Kind, thread_field};
use crate::value::{Scalar, Value};

/// What a new thread is about and for whom it is.
///
/// One about a thing takes its circle over from there: `project` is the thing's, and `wide` says
/// whether everybody sees the thing (its summary is published, or belongs to no project).
#[derive(Clone, Debug, Default)]
pub struct Start<'a> {
    pub subject: &'a str,
    /// Whether it asks something, so that a post can be its answer.
    pub question: bool,
    /// The record that it is about, and the tag of its field where it is about a section.
    pub about: Option<(RecordId, Option<u16>)>,
    pub project: Option<RecordId>,
    /// Whether every account of the workspace sees it, or only the project.
    pub wide: bool,
    /// The passage of that section whose margin it stands in.
    pub passage: Option<Passage>,
}

impl Start<'_> {
    /// Gives the operations that begin a thread on a fresh `record`, with its first post.
    pub fn ops(&self, record: &Record, first: Post) -> Vec<Op> {
        let kind = if self.question { super::QUESTION } else { "topic" };
        let circle = if self.wide || self.project.is_none() { WORKSPACE } else { "project" };
        let (about, section) = self.about.unzip();
        let named = |record: RecordId| Value::One(Scalar::Record(record));
        let fields = [
            (thread_field::SUBJECT, Some(Value::text(self.subject.trim()))),
            (thread_field::KIND, Some(Value::code(kind))),
            (thread_field::PROJECT, self.project.map(named)),
            (thread_field::ABOUT, about.map(named)),
            (thread_field::SECTION, section.flatten().map(|tag| Value::text(&tag.to_string()))),
            (thread_field::CIRCLE, Some(Value::code(circle))),
        ];
        let fields = fields.into_iter().filter_map(|(tag, value)| Some((tag, value?)));
        let mut ops = vec![Op::Create { kind: Kind::Thread }];
        ops.extend(fields.map(|(tag, value)| record.set_field(tag, value)));
        ops.extend(self.passage.iter().flat_map(|passage| passage.ops(record)));
        ops.push(post(first));
        ops
    }
}

/// Gives a thread another subject, in place of those that its writer saw.
pub fn rename(subject: &str, seen: Vec<ChangeId>) -> Op {
    let value = Value::text(subject.trim());
    Op::SetField { field: thread_field::SUBJECT, value, replaces: seen }
}

/// Lists the writes of a subject that show: what its reader sees, and another subject replaces.
pub fn subjects_shown(record: &Record) -> Vec<ChangeId> {
    let subject = record.field(thread_field::SUBJECT);
    subject.map(|state| state.single.replaces()).unwrap_or_default()
}

/// Says something. The change that brings it is the post's name, so one change has one post.
pub fn post(post: Post) -> Op {
    Op::Discuss { deed: Discuss::Post { post } }
}

/// Says a post of one's own in other words, in place of all that it says now.
pub fn edit(record: &Record, post: ChangeId, words: Words) -> Op {
    edit_over(post, words, edits_shown(record, post))
}

/// Says a post of one's own in other words, in place of the edits that its writer saw.
pub fn edit_over(post: ChangeId, words: Words, seen: Vec<ChangeId>) -> Op {
    Op::Discuss { deed: Discuss::Edit { post, words, replaces: seen } }
}

/// Lists the edits of a post that show: what its writer sees, and an edit replaces.
pub fn edits_shown(record: &Record, post: ChangeId) -> Vec<ChangeId> {
    let live =
        posted(record, post).map(|(state, posted)| names_of(live_edits(state, posted.author)));
    live.unwrap_or_default()
}

/// Takes a post back: one's own, or as a moderator ([`crate::access::may_moderate`]) another's.
pub fn retract(record: &Record, post: ChangeId, moderated: bool) -> Op {
    stand(record, post, Standing { retracted: true, moderated })
}

/// Takes that back. What a moderator took back only a moderator restores.
pub fn restore(record: &Record, post: ChangeId, moderated: bool) -> Op {
    stand(record, post, Standing { retracted: false, moderated })
}

/// Puts a word (a code of the list `reaction`) beside a post, or takes one's own away.
pub fn react(record: &Record, by: AccountId, post: ChangeId, word: &str, given: bool) -> Op {
    let said = state(record, post).and_then(|it| it.reactions.get(&(by, word.to_owned())));
    let replaces = said.map(Said::replaces).unwrap_or_default();
    Op::Discuss { deed: Discuss::React { post, word: word.to_owned(), given, replaces } }
}

/// Says which post answers the question, or that none does; settles what two said unknowing.
pub fn answer(record: &Record, post: Option<ChangeId>) -> Op {
    let said = record.discussion.as_ref().map(|discussion| &discussion.answer);
    let replaces = said.map(Said::replaces).unwrap_or_default();
    Op::Discuss { deed: Discuss::Answer { post, replaces } }
}

fn stand(record: &Record, post: ChangeId, standing: Standing) -> Op {
    let replaces =
        posted(record, post).map(|(state, posted)| names_of(live_standing(state, posted.author)));
    let replaces = replaces.unwrap_or_default();
    Op::Discuss { deed: Discuss::Retract { post, standing, replaces } }
}

/// Names what is alive, so that a new saying replaces it.
fn names_of<T>(live: Vec<(ChangeId, T)>) -> Vec<ChangeId> {
    live.into_iter().map(|(id, _)| id).collect()
}

fn state(record: &Record, post: ChangeId) -> Option<&PostState> {
    record.discussion.as_ref()?.posts.get(&post)
}
