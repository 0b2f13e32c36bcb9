//! Whom the posts of a thread concern, and why: what an inbox is made of.
//!
//! Of each reason the latest is kept for each person, so a long thread costs a list little.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::margin::State;
use super::summary::{deed_of, mentioned};
use super::{PostView, Thread, posted};
use crate::change::discuss::{Mentioned, Words};
use crate::id::{AccountId, ChangeId};
use crate::record::{Deed, Record};
use crate::schema::thread_field;

/// Why something that was said concerns somebody, the weakest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Why {
    /// It names them.
    #[n(0)]
    Named,
    /// It answers or quotes a post of theirs.
    #[n(1)]
    Replied,
    /// It answers the question that they asked.
    #[n(2)]
    Answered,
    /// A post of theirs was said to be the answer.
    #[n(3)]
    Accepted,
    /// What they suggested in a margin was accepted.
    #[n(4)]
    Taken,
    /// What they suggested in a margin was declined.
    #[n(5)]
    Declined,
}

/// The latest that concerns somebody for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Call {
    #[n(0)]
    pub to: AccountId,
    #[n(1)]
    pub why: Why,
    #[n(2)]
    pub by: Deed,
    /// The post, where what called them was an edit of it.
    #[n(3)]
    pub post: Option<ChangeId>,
}

impl Call {
    /// Gives the post or the deed that called.
    pub fn said(&self) -> ChangeId {
        self.post.unwrap_or(self.by.change)
    }
}

/// Lists whom a thread concerns: each post for its strongest reason, nobody for what they said
/// themselves.
pub(super) fn calls(record: &Record, thread: &Thread<'_>) -> Vec<Call> {
    let authors: BTreeMap<ChangeId, AccountId> =
        thread.posts.iter().map(|post| (post.id, post.author)).collect();
    let first = record.created.map(|deed| deed.change);
    let mut latest: BTreeMap<(AccountId, Why), (Deed, Option<ChangeId>)> = BTreeMap::new();
    let mut call = |to: AccountId, why: Why, by: Deed, post: Option<ChangeId>| {
        if to != by.author {
            let known = latest.entry((to, why)).or_insert((by, post));
            *known = (by, post).max(*known);
        }
    };
    for post in thread.posts.iter().filter(|post| post.retracted.is_none()) {
        let author_of = |id: Option<ChangeId>| id.and_then(|id| authors.get(&id).copied());
        let asker = thread.asker.filter(|_| {
            let is_to_it = post.reply_to.is_none() || post.reply_to == first;
            thread.question && is_to_it && Some(post.id) != first
        });
        let quoted = author_of(post.quote.map(|quote| quote.post));
        let replied =
            author_of(post.reply_to).into_iter().chain(quoted).map(|to| (to, Why::Replied));
        let mut reasons: BTreeMap<AccountId, Why> = BTreeMap::new();
        for (to, why) in asker.map(|to| (to, Why::Answered)).into_iter().chain(replied) {
            reasons.entry(to).and_modify(|known| *known = why.max(*known)).or_insert(why);
        }
        for (to, why) in &reasons {
            call(*to, *why, deed_of(post), None);
        }
        for to in mentioned(post) {
            if !reasons.contains_key(&to) {
                let by = named_by(record, post, to);
                call(to, Why::Named, by, (by.change != post.id).then_some(post.id));
            }
        }
    }
    for answered in &thread.answers {
        if let Some(author) = authors.get(&answered.post) {
            call(*author, Why::Accepted, answered.by, None);
        }
    }
    if let (Some(maker), Some((why, by))) = (thread.asker, settled(record, thread)) {
        call(maker, why, by, None);
    }
    let calls = latest.into_iter();
    calls.map(|((to, why), (by, post))| Call { to, why, by, post }).collect()
}

/// Says what became of the change that a thread in a margin suggests, and who said so.
fn settled(record: &Record, thread: &Thread<'_>) -> Option<(Why, Deed)> {
    let margin = thread.margin.as_ref().filter(|it| it.suggestion.is_some())?;
    let why = match margin.state {
        State::Accepted => Why::Taken,
        State::Declined => Why::Declined,
        State::Open | State::Resolved => return None,
    };
    let said = record.field(thread_field::STATE)?.single.live();
    let (change, write) = said.first()?;
    Some((why, Deed { stamp: write.stamp, change: *change, author: write.author }))
}

/// Finds where somebody was named first in a post: an edit that names them is news, one that
/// mends a letter is none (rule IN7).
fn named_by(record: &Record, post: &PostView<'_>, who: AccountId) -> Deed {
    let names =
        |words: &Words| words.mentions.iter().any(|mention| mention.of == Mentioned::Account(who));
    let Some((state, posted)) = posted(record, post.id) else { return deed_of(post) };
    if names(&posted.value.words) {
        return deed_of(post);
    }
    let edits = state.edits.all().into_iter().filter(|(_, edit)| edit.author == posted.author);
    let first = edits.filter(|(_, edit)| names(&edit.value)).map(|(change, edit)| Deed {
        stamp: edit.stamp,
        change,
        author: edit.author,
    });
    first.min().unwrap_or_else(|| deed_of(post))
}
