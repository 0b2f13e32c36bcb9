//! A thread as people read it, and the operations that write in it.
//!
//! A thread is a record of the kind [`Kind::Thread`]. A screen that shows one folds it like any
//! record, asks [`Thread::of`] for everything that it draws, and commits what the functions here
//! give it. To begin one it makes a fresh [`RecordId`] and commits [`Start::ops`] on it: the
//! thread and its first post are one change. Lists need only [`ThreadSummary`] of the record's
//! summary. What is read and followed lies in the reader's [`crate::notebook`].
//!
//! ```
//! use talkoot_core::change::discuss::{Post, Words};
//! use talkoot_core::id::RecordId;
//! use talkoot_core::record::Record;
//! use talkoot_core::thread::{Start, Thread, post};
//!
//! let start = Start { subject: "Kuka kutsuu koolle?", question: true, ..Start::default() };
//! let first = Post { words: Words::plain("Onko joku jo päättänyt?"), ..Post::default() };
//! let ops = start.ops(&Record::new(RecordId([7; 16])), first);
//! assert_eq!(ops.len(), 5);
//! // Later, in the folded record: `post`, `edit`, `retract`, `react`, `answer`.
//! let reply = post(Post { words: Words::plain("Me."), ..Post::default() });
//! # let _ = (reply, Thread::of(&Record::new(RecordId([7; 16]))));
//! ```

mod calls;
mod experience;
pub mod margin;
mod order;
mod summary;
mod writing;

use std::collections::BTreeMap;

pub use calls::{Call, Why};
pub use experience::{as_evidence, as_result};
pub use margin::Margin;
pub use summary::{InMargin, ThreadSummary};
pub use writing::{
    Start, answer, edit, edit_over, edits_shown, post, react, rename, restore, retract,
    subjects_shown,
};

use crate::access::discussing::is_wide;
use crate::change::discuss::{Post, Quote, Standing, Tried, Words};
use crate::id::{AccountId, ChangeId, RecordId};
use crate::record::{Deed, Discussion, PostState, Record};
use crate::register::Write;
use crate::schema::{Kind, thread_field};
use crate::stamp::Stamp;
use crate::value::Value;

/// The code of a thread that asks something.
pub const QUESTION: &str = "question";

/// A thread as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread<'a> {
    pub subject: &'a str,
    /// Whether it asks something, so that a post can be its answer.
    pub question: bool,
    /// The record that it is about; none where it stands by itself.
    pub about: Option<RecordId>,
    /// The tag of the field of that record, where it is about a section.
    pub section: Option<u16>,
    /// The project that keeps it in order.
    pub project: Option<RecordId>,
    /// Whether every account of the workspace sees it, or only its project.
    pub wide: bool,
    /// What it says of a passage of that section, where it stands in the margin.
    pub margin: Option<Margin<'a>>,
    /// Who began it.
    pub asker: Option<AccountId>,
    /// The posts in the order in which everybody reads them (rule DI3), taken back or not.
    pub posts: Vec<PostView<'a>>,
    /// The posts that somebody said answer the question, the latest first: more than one where
    /// two said so without knowing of each other. [`answer`] settles it.
    pub answers: Vec<Answered>,
}

/// Who said that a post answers the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub post: ChangeId,
    pub by: Deed,
}

/// A post as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostView<'a> {
    /// Its name within the thread.
    pub id: ChangeId,
    pub author: AccountId,
    /// When it was written, as its author's device believed.
    pub written: Stamp,
    /// What it says now; absent once it was taken back.
    pub words: Option<&'a Words>,
    /// What else it says: its author's words on another device that did not know of these.
    pub beside: Vec<&'a Words>,
    /// When its words were changed last, if they were; of what was taken back nothing is told.
    pub edited: Option<Stamp>,
    /// The post that it answers, if that is here.
    pub reply_to: Option<ChangeId>,
    pub quote: Option<&'a Quote>,
    /// The practice that its author tried, if it tells of that.
    pub tried: Option<Tried>,
    /// Who took it back; a moderator where that is not its author.
    pub retracted: Option<Retracted>,
    /// Words beside it by their code, each with who gave it; none once it was taken back.
    pub reactions: BTreeMap<&'a str, Vec<AccountId>>,
    /// Whether it is an answer of the thread.
    pub answers: bool,
}

/// Who took a post back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retracted {
    pub by: Deed,
    /// Whether somebody did who keeps the thread in order.
    pub moderated: bool,
}

impl<'a> Thread<'a> {
    /// Reads a folded thread; none of a record of another kind.
    pub fn of(record: &'a Record) -> Option<Self> {
        if record.kind != Some(Kind::Thread) {
            return None;
        }
        let answers = answers(record);
        let value = |tag| record.field(tag).and_then(|field| field.value());
        Some(Self {
            subject: record.title().unwrap_or_default(),
            question: is_question(record),
            about: value(thread_field::ABOUT).and_then(Value::as_record),
            section: value(thread_field::SECTION).and_then(|value| value.as_text()?.parse().ok()),
            project: record.project(),
            wide: is_wide(record),
            margin: margin::of(record),
            asker: record.created.map(|deed| deed.author),
            posts: posts(record, &answers),
            answers,
        })
    }

    /// Finds a post by its name.
    pub fn post(&self, id: ChangeId) -> Option<&PostView<'a>> {
        self.posts.iter().find(|post| post.id == id)
    }
}

/// Lists what a post said, the first words first: what its author wrote each time, with when.
pub fn earlier_words(record: &Record, post: ChangeId) -> Vec<&Write<Words>> {
    let Some((state, posted)) = posted(record, post) else { return Vec::new() };
    let all = state.edits.all().into_iter().map(|(_, write)| write);
    all.filter(|write| write.author == posted.author).collect()
}

/// Gives the first words of a post, which [`earlier_words`] follow.
pub fn first_words(record: &Record, post: ChangeId) -> Option<&Words> {
    posted(record, post).map(|(_, posted)| &posted.value.words)
}

fn posted(record: &Record, post: ChangeId) -> Option<(&PostState, &Write<Post>)> {
    let state = record.discussion.as_ref()?.posts.get(&post)?;
    Some((state, state.posted.as_ref()?))
}

fn is_question(record: &Record) -> bool {
    let kind = record.field(thread_field::KIND).and_then(|field| field.value());
    kind.and_then(|value| value.as_text()) == Some(QUESTION)
}

fn posts<'a>(record: &'a Record, answers: &[Answered]) -> Vec<PostView<'a>> {
    let Some(discussion) = &record.discussion else { return Vec::new() };
    let order = order::in_order(discussion);
    order.into_iter().filter_map(|id| view(discussion, id, answers)).collect()
}

fn view<'a>(
    discussion: &'a Discussion,
    id: ChangeId,
    answers: &[Answered],
) -> Option<PostView<'a>> {
    let state = discussion.posts.get(&id)?;
    let posted = state.posted.as_ref()?;
    let is_here =
        |post: &ChangeId| discussion.posts.get(post).is_some_and(|state| state.posted.is_some());
    let edits = live_edits(state, posted.author);
    let latest = edits.first().map(|(_, edit)| *edit);
    let retracted = retracted(state, posted.author);
    let words = latest.map_or(&posted.value.words, |edit| &edit.value);
    let beside = edits.into_iter().skip(1).map(|(_, edit)| &edit.value);
    Some(PostView {
        id,
        author: posted.author,
        written: posted.stamp,
        words: retracted.is_none().then_some(words),
        beside: beside.filter(|other| retracted.is_none() && *other != words).collect(),
        edited: latest.map(|edit| edit.stamp).filter(|_| retracted.is_none()),
        reply_to: posted.value.reply_to.filter(is_here),
        quote: posted.value.quote.as_ref().filter(|_| retracted.is_none()),
        tried: posted.value.tried.filter(|_| retracted.is_none()),
        retracted,
        reactions: retracted.map_or_else(|| reactions(state), |_| BTreeMap::new()),
        answers: answers.iter().any(|answered| answered.post == id),
    })
}

/// Says who took a post back. Of sayings that did not know each other, one that takes it back
/// holds; only a moderator takes away what a moderator said.
fn retracted(state: &PostState, author: AccountId) -> Option<Retracted> {
    let live = live_standing(state, author).into_iter();
    let (change, said) =
        live.filter(|(_, said)| said.value.retracted).max_by_key(|(id, said)| {
            // A moderator's mark shows before the author's own.
            (said.value.moderated, said.stamp, *id)
        })?;
    let by = Deed { stamp: said.stamp, change, author: said.author };
    Some(Retracted { by, moderated: said.value.moderated })
}

/// Lists what a post's author said in its place, as far as nobody replaced that who may.
fn live_edits(state: &PostState, author: AccountId) -> Vec<(ChangeId, &Write<Words>)> {
    state.edits.live_where(|edit| edit.author == author, |_, _| true)
}

fn live_standing(state: &PostState, author: AccountId) -> Vec<(ChangeId, &Write<Standing>)> {
    let counts = |said: &Write<Standing>| said.value.moderated || said.author == author;
    // Neither undoes what the other said: a post that its author took back stays so.
    let may_replace = |by: &Write<Standing>, said: &Write<Standing>| {
        if said.value.moderated { by.value.moderated } else { by.author == author }
    };
    state.standing.live_where(counts, may_replace)
}

fn reactions(state: &PostState) -> BTreeMap<&str, Vec<AccountId>> {
    let mut given: BTreeMap<&str, Vec<AccountId>> = BTreeMap::new();
    for ((account, word), said) in &state.reactions {
        if is_given(said) {
            given.entry(word).or_default().push(*account);
        }
    }
    given
}

/// A word that one device gave while another of the same person took it away is given.
fn is_given(said: &crate::record::Said<bool>) -> bool {
    said.live().into_iter().any(|(_, write)| write.value)
}

fn answers(record: &Record) -> Vec<Answered> {
    let Some(discussion) = &record.discussion else { return Vec::new() };
    let live = discussion.answer.live().into_iter();
    let answered = live.filter_map(|(change, write)| {
        let (post, state) = discussion.posts.get_key_value(&write.value?)?;
        let posted = state.posted.as_ref()?;
        let by = Deed { stamp: write.stamp, change, author: write.author };
        retracted(state, posted.author).is_none().then_some(Answered { post: *post, by })
    });
    let mut found: Vec<Answered> = Vec::new();
    for answered in answered {
        if found.iter().all(|other| other.post != answered.post) {
            found.push(answered);
        }
    }
    found
}
