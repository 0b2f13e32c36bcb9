//! A thread as its page draws it: what of it shows now, in values that are compared piece by piece.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use talkoot_core::change::discuss::{Quote, Tried, Words};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::stamp::Stamp;
use talkoot_core::thread::{
    Answered, PostView, Retracted, Thread, ThreadSummary, earlier_words, first_words,
};

use super::window::Window;
use crate::address::post_anchor;

/// A thread with the posts that are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conversation {
    pub(crate) question: bool,
    pub(crate) about: Option<RecordId>,
    pub(crate) section: Option<u16>,
    pub(crate) project: Option<RecordId>,
    pub(crate) wide: bool,
    pub(crate) answers: Vec<Answered>,
    /// What it was begun with.
    pub(crate) opening: Option<ChangeId>,
    /// All others that are no answer, in their order.
    pub(crate) rest: Vec<ChangeId>,
    /// How many posts there are beside the opening one, without those that were taken back.
    pub(crate) replies: usize,
    /// Who said something, in the order of their first words.
    pub(crate) people: Vec<AccountId>,
    posts: BTreeMap<ChangeId, Arc<Said>>,
}

/// One post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) id: ChangeId,
    pub(crate) author: AccountId,
    pub(crate) written: Stamp,
    /// Absent once it was taken back.
    pub(crate) words: Option<Words>,
    /// What its author wrote meanwhile on another device.
    pub(crate) beside: Vec<Words>,
    pub(crate) edited: Option<Stamp>,
    /// The post that it answers, and whose that is.
    pub(crate) reply_to: Option<(ChangeId, AccountId)>,
    /// What it quotes, and of whom, where that is known.
    pub(crate) quote: Option<(Quote, Option<AccountId>)>,
    pub(crate) tried: Option<Tried>,
    pub(crate) retracted: Option<Retracted>,
    pub(crate) reactions: BTreeMap<String, Vec<AccountId>>,
}

impl Conversation {
    /// Reads a folded thread; nothing of a record of another kind.
    pub(crate) fn of(record: &Record, window: Window) -> Option<Self> {
        let thread = Thread::of(record)?;
        let opening = opening(record, &thread);
        let answers: BTreeSet<ChangeId> = thread.answers.iter().map(|it| it.post).collect();
        let is_rest =
            |post: &&PostView<'_>| Some(post.id) != opening && !answers.contains(&post.id);
        let rest: Vec<ChangeId> = thread.posts.iter().filter(is_rest).map(|it| it.id).collect();
        let until = window.until(rest.len());
        let drawn = rest.iter().take(until).skip(window.from).chain(&answers).chain(&opening);
        let drawn: BTreeSet<ChangeId> = drawn.copied().collect();
        let authors: BTreeMap<ChangeId, AccountId> =
            thread.posts.iter().map(|it| (it.id, it.author)).collect();
        let posts = thread.posts.iter().filter(|it| drawn.contains(&it.id));
        let posts = posts.map(|it| (it.id, Arc::new(Said::of(it, &authors)))).collect();
        let summary = ThreadSummary::of(record).unwrap_or_default();
        let is_open =
            opening.and_then(|it| thread.post(it)).is_some_and(|it| it.retracted.is_none());
        let said = usize::try_from(summary.posts).unwrap_or_default();
        Some(Self {
            question: thread.question,
            about: thread.about,
            section: thread.section,
            project: thread.project,
            wide: thread.wide,
            answers: thread.answers.clone(),
            opening,
            rest,
            replies: said.saturating_sub(usize::from(is_open)),
            people: summary.people,
            posts,
        })
    }

    /// Finds a post that is drawn.
    pub(crate) fn post(&self, id: ChangeId) -> Option<&Arc<Said>> {
        self.posts.get(&id)
    }
}

impl Said {
    fn of(post: &PostView<'_>, authors: &BTreeMap<ChangeId, AccountId>) -> Self {
        let whose = |id: ChangeId| authors.get(&id).copied();
        let quote = post.quote.map(|quote| (quote.clone(), whose(quote.post)));
        let reactions = post.reactions.iter();
        Self {
            id: post.id,
            author: post.author,
            written: post.written,
            words: post.words.cloned(),
            beside: post.beside.iter().map(|words| (*words).clone()).collect(),
            edited: post.edited,
            reply_to: post.reply_to.and_then(|id| Some((id, whose(id)?))),
            quote,
            tried: post.tried,
            retracted: post.retracted,
            reactions: reactions.map(|(word, who)| ((*word).to_owned(), who.clone())).collect(),
        }
    }
}

/// Finds the post that the thread was begun with: it came with the change that made the thread.
fn opening(record: &Record, thread: &Thread<'_>) -> Option<ChangeId> {
    let begun = record.created.map(|deed| deed.change);
    let begun = begun.filter(|id| thread.post(*id).is_some());
    begun.or_else(|| thread.posts.first().map(|post| post.id))
}

/// Lists what a post said before, the latest first, each with when that was written.
pub(crate) fn said_before(record: &Record, post: &Said) -> Vec<(Stamp, Words)> {
    let first = first_words(record, post.id).map(|words| (post.written, words.clone()));
    let edits = earlier_words(record, post.id).into_iter();
    let edits = edits.map(|write| (write.stamp, write.value.clone()));
    let mut all: Vec<(Stamp, Words)> = first.into_iter().chain(edits).collect();
    all.sort_by_key(|(stamp, _)| std::cmp::Reverse(*stamp));
    all.retain(|(_, words)| Some(words) != post.words.as_ref());
    all
}

/// Says whose a post is, as far as it has come.
pub(crate) fn author_of(record: &Record, post: ChangeId) -> Option<AccountId> {
    let posted = record.discussion.as_ref()?.posts.get(&post)?.posted.as_ref()?;
    Some(posted.author)
}

/// Finds the post whose place an address names.
pub(crate) fn of_anchor(hash: &str, record: &Record) -> Option<ChangeId> {
    let wanted = hash.strip_prefix('#').unwrap_or(hash);
    let discussion = record.discussion.as_ref()?;
    discussion.posts.keys().copied().find(|post| post_anchor(*post) == wanted)
}
