//! What people say in a thread, and what they do to what was said.
//!
//! A post is named by the change that made it, so a change makes at most one. Its words are
//! light Markdown with mentions beside them: whom and what a post names is never guessed from
//! its text. Everything else names the post that it is about, and what it replaces.

use minicbor::{Decode, Encode};

use super::Renamed;
use super::again::rename;
use crate::id::{AccountId, ChangeId, RecordId};

/// One thing that somebody does in a thread.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Discuss {
    /// Says something.
    #[n(0)]
    Post {
        #[n(0)]
        post: Post,
    },
    /// Says it in other words. Only who posted it does that.
    #[n(1)]
    Edit {
        #[n(0)]
        post: ChangeId,
        #[n(1)]
        words: Words,
        #[n(2)]
        replaces: Vec<ChangeId>,
    },
    /// Takes a post back, or takes that back. A moderator's word stands above the poster's.
    #[n(2)]
    Retract {
        #[n(0)]
        post: ChangeId,
        #[n(1)]
        standing: Standing,
        #[n(2)]
        replaces: Vec<ChangeId>,
    },
    /// Puts a word of the list `reaction` beside a post, or takes it away.
    #[n(3)]
    React {
        #[n(0)]
        post: ChangeId,
        /// Its code.
        #[n(1)]
        word: String,
        #[n(2)]
        given: bool,
        #[n(3)]
        replaces: Vec<ChangeId>,
    },
    /// Says which post answers the question, or that none does.
    #[n(4)]
    Answer {
        #[n(0)]
        post: Option<ChangeId>,
        #[n(1)]
        replaces: Vec<ChangeId>,
    },
}

/// What somebody says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Post {
    #[n(0)]
    pub words: Words,
    /// The post that this one answers.
    #[n(1)]
    pub reply_to: Option<ChangeId>,
    #[n(2)]
    pub quote: Option<Quote>,
    /// Tells how a practice went that its author tried.
    #[n(3)]
    pub tried: Option<Tried>,
}

/// Words with the people and things that they name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Words {
    /// Plain text; paragraphs, lists, emphasis and links as in Markdown.
    #[n(0)]
    pub text: String,
    /// Whom and what the text names, in the order of their places.
    #[n(1)]
    pub mentions: Vec<Mention>,
}

/// A stretch of a text that names somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Mention {
    /// Where it begins in the text, in characters.
    #[n(0)]
    pub from: u32,
    /// Where it ends.
    #[n(1)]
    pub until: u32,
    #[n(2)]
    pub of: Mentioned,
}

/// Whom or what a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Mentioned {
    #[n(0)]
    Account(#[n(0)] AccountId),
    #[n(1)]
    Record(#[n(0)] RecordId),
}

/// A passage of another post of the thread, copied: it stays when that one changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Quote {
    #[n(0)]
    pub post: ChangeId,
    #[n(1)]
    pub passage: String,
}

/// Marks a post as the experience of somebody who tried a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Tried {
    #[n(0)]
    pub practice: RecordId,
    /// The project that tried it.
    #[n(1)]
    pub project: Option<RecordId>,
}

/// Whether a post is taken back, and with whose right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Standing {
    #[n(0)]
    pub retracted: bool,
    /// Whether somebody decided it who keeps the thread in order, not who posted it.
    #[n(1)]
    pub moderated: bool,
}

impl Words {
    /// Writes words that name nobody.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), mentions: Vec::new() }
    }
}

impl Discuss {
    /// Says whether it brings words, rather than noting something about those of others.
    pub fn adds_words(&self) -> bool {
        match self {
            Self::Post { .. } | Self::Edit { .. } => true,
            Self::Retract { .. } | Self::React { .. } | Self::Answer { .. } => false,
        }
    }

    /// Gives the words that it brings.
    pub fn words(&self) -> Option<&Words> {
        match self {
            Self::Post { post } => Some(&post.words),
            Self::Edit { words, .. } => Some(words),
            Self::Retract { .. } | Self::React { .. } | Self::Answer { .. } => None,
        }
    }

    /// Gives the post that it is about, if that is another change.
    pub fn post(&self) -> Option<ChangeId> {
        match self {
            Self::Post { .. } => None,
            Self::Edit { post, .. } | Self::Retract { post, .. } | Self::React { post, .. } => {
                Some(*post)
            }
            Self::Answer { post, .. } => *post,
        }
    }

    /// Gives the changes that it replaces.
    pub fn replaces(&self) -> &[ChangeId] {
        match self {
            Self::Post { .. } => &[],
            Self::Edit { replaces, .. }
            | Self::Retract { replaces, .. }
            | Self::React { replaces, .. }
            | Self::Answer { replaces, .. } => replaces,
        }
    }

    /// Lists the changes that it builds on.
    pub fn named(&self) -> Vec<ChangeId> {
        let mut named = self.replaces().to_vec();
        named.extend(self.post());
        if let Self::Post { post } = self {
            named.extend(post.reply_to);
            named.extend(post.quote.as_ref().map(|quote| quote.post));
        }
        named
    }

    /// Names what was tried again by its new name (rule F35).
    pub(super) fn rename(&mut self, renamed: &Renamed) {
        let one = |id: &mut ChangeId| *id = renamed.get(id).copied().unwrap_or(*id);
        match self {
            Self::Post { post } => {
                post.reply_to.iter_mut().for_each(one);
                post.quote.iter_mut().for_each(|quote| one(&mut quote.post));
            }
            Self::Edit { post, replaces, .. }
            | Self::Retract { post, replaces, .. }
            | Self::React { post, replaces, .. } => {
                one(post);
                rename(replaces, renamed);
            }
            Self::Answer { post, replaces } => {
                post.iter_mut().for_each(one);
                rename(replaces, renamed);
            }
        }
    }
}
