//! What lists need of a thread, so that ten thousand of them are listed without opening one.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use super::calls::{Call, calls};
use super::margin::State;
use super::{PostView, Thread};
use crate::change::discuss::Mentioned;
use crate::id::{AccountId, RecordId, ReplicaId};
use crate::record::{Deed, Latest, Record};
use crate::text::anchor::Anchor;

/// What a list of threads filters, sorts and shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ThreadSummary {
    #[n(0)]
    pub question: bool,
    #[n(1)]
    pub about: Option<RecordId>,
    /// The tag of the section that it is about.
    #[n(2)]
    pub section: Option<u16>,
    /// Whether every account of the workspace sees it.
    #[n(3)]
    pub wide: bool,
    /// How many posts there are that were not taken back.
    #[n(4)]
    pub posts: u32,
    /// The last of them.
    #[n(5)]
    pub last: Option<Deed>,
    /// Whether a post is its answer.
    #[n(6)]
    pub answered: bool,
    /// Who posted, in the order in which they came in.
    #[n(7)]
    pub people: Vec<AccountId>,
    /// Whom the posts name.
    #[n(8)]
    pub mentions: Vec<AccountId>,
    /// The newest post of each device and person (a server writes for several), by the counter of
    /// its change: what a read mark does not cover is unread
    /// ([`crate::notebook::Notebook::is_unread`]).
    #[n(9)]
    pub newest: BTreeMap<(ReplicaId, AccountId), u64>,
    /// The practices that posts tell of having tried.
    #[n(10)]
    pub tried: Vec<RecordId>,
    /// The last post of somebody else than who posted last.
    #[n(11)]
    #[cbor(default)]
    pub before: Option<Deed>,
    /// Whom the posts concern, and why.
    #[n(12)]
    #[cbor(default)]
    pub calls: Vec<Call>,
    /// Where it stands in the margin of a text, if it does.
    #[n(13)]
    pub margin: Option<InMargin>,
}

/// Where a thread stands in the margin of the section that it is about, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct InMargin {
    #[n(0)]
    pub state: State,
    /// Where its passage is; none where that cannot be read.
    #[n(1)]
    pub anchor: Option<Anchor>,
    /// Whether it suggests a change of the passage.
    #[n(2)]
    pub suggests: bool,
}

impl ThreadSummary {
    /// Summarises a thread; none of a record of another kind.
    pub fn of(record: &Record) -> Option<Self> {
        let thread = Thread::of(record)?;
        let shown = || thread.posts.iter().filter(|post| post.retracted.is_none());
        let mut newest: BTreeMap<(ReplicaId, AccountId), u64> = BTreeMap::new();
        for post in shown() {
            let known = newest.entry((post.id.replica, post.author)).or_insert(0);
            *known = post.id.counter.max(*known);
        }
        let last = shown().next_back().map(deed_of);
        let mut others =
            shown().map(deed_of).filter(|it| Some(it.author) != last.map(|it| it.author));
        Some(Self {
            question: thread.question,
            about: thread.about,
            section: thread.section,
            wide: thread.wide,
            posts: u32::try_from(shown().count()).unwrap_or(u32::MAX),
            last,
            answered: !thread.answers.is_empty(),
            people: once_each(shown().map(|post| post.author)),
            mentions: once_each(shown().flat_map(mentioned)),
            newest,
            tried: once_each(shown().filter_map(|post| Some(post.tried?.practice))),
            before: others.next_back(),
            calls: calls(record, &thread),
            margin: thread.margin.as_ref().map(|margin| InMargin {
                state: margin.state,
                anchor: margin.anchor,
                suggests: margin.suggestion.is_some(),
            }),
        })
    }

    /// Gives the last post that somebody else than the reader wrote.
    pub fn last_by_others(&self, reader: AccountId) -> Option<Deed> {
        Latest { last: self.last?, before: self.before }.by_others(reader)
    }

    /// Says whether it is a question that has no answer yet.
    pub fn is_unanswered(&self) -> bool {
        self.question && !self.answered
    }
}

pub(super) fn deed_of(post: &PostView<'_>) -> Deed {
    Deed { stamp: post.written, change: post.id, author: post.author }
}

pub(super) fn mentioned(post: &PostView<'_>) -> Vec<AccountId> {
    let mentions = post.words.into_iter().flat_map(|words| &words.mentions);
    let account = mentions.filter_map(|mention| match mention.of {
        Mentioned::Account(account) => Some(account),
        Mentioned::Record(_) => None,
    });
    account.collect()
}

fn once_each<T: Copy + Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|it| seen.insert(*it)).collect()
}
