//! The discussion of a thread as it is folded: posts by the change that made them.
//!
//! Total and free of order: what is said of a post may come before it. Whose word counts (an
//! edit is its poster's, a moderator stands above) is asked when it is read ([`crate::thread`]),
//! so bytes that lie change nothing that shows.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::fold::write;
use super::said::Said;
use crate::change::Change;
use crate::change::discuss::{Discuss, Post, Standing, Words};
use crate::id::{AccountId, ChangeId};
use crate::register::Write;

/// Everything that was said in a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Discussion {
    #[n(0)]
    pub posts: BTreeMap<ChangeId, PostState>,
    /// Which post answers the question.
    #[n(1)]
    pub answer: Said<Option<ChangeId>>,
}

/// A post and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PostState {
    /// Absent until it has come itself.
    #[n(0)]
    pub posted: Option<Write<Post>>,
    /// Its words since.
    #[n(1)]
    pub edits: Said<Words>,
    #[n(2)]
    pub standing: Said<Standing>,
    /// By who gave it, and the code of its word.
    #[n(3)]
    pub reactions: BTreeMap<(AccountId, String), Said<bool>>,
}

impl Discussion {
    /// Takes in what a change did.
    pub(super) fn fold(&mut self, change: &Change, deed: &Discuss) {
        let id = change.id;
        match deed {
            Discuss::Post { post } => {
                let state = self.posts.entry(id).or_default();
                state.posted = Some(write(change, post.clone()));
            }
            Discuss::Edit { post, words, replaces } => {
                let state = self.posts.entry(*post).or_default();
                state.edits.say(id, write(change, words.clone()), replaces);
            }
            Discuss::Retract { post, standing, replaces } => {
                let state = self.posts.entry(*post).or_default();
                state.standing.say(id, write(change, *standing), replaces);
            }
            Discuss::React { post, word, given, replaces } => {
                let key = (change.author, word.clone());
                let said = self.posts.entry(*post).or_default().reactions.entry(key).or_default();
                said.say(id, write(change, *given), replaces);
            }
            Discuss::Answer { post, replaces } => {
                self.answer.say(id, write(change, *post), replaces);
            }
        }
    }
}
