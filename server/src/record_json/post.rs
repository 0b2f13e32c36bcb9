//! The posts of a thread as JSON, in the order in which everybody reads them.

use serde::Serialize;
use talkoot_core::change::discuss::{Mention, Mentioned, Words};
use talkoot_core::id::ChangeId;
use talkoot_core::record::Record;
use talkoot_core::thread::{PostView, Thread};
use utoipa::ToSchema;

use super::{Names, PersonJson};
use talkoot_core::moment;

/// Something that was said in a thread, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct PostJson {
    id: PostNameJson,
    by: PersonJson,
    /// Absent when the device's clock named no date of four digits.
    #[schema(required, format = DateTime)]
    at: Option<String>,
    /// What it says now; absent once it was taken back.
    #[schema(required)]
    words: Option<WordsJson>,
    /// What its author said in its place on another device that did not know of these words.
    beside: Vec<WordsJson>,
    /// When its words were changed last.
    #[schema(required, format = DateTime)]
    edited: Option<String>,
    /// The post that it answers.
    #[schema(required)]
    reply_to: Option<PostNameJson>,
    #[schema(required)]
    quote: Option<QuoteJson>,
    /// What its author tells of having tried.
    #[schema(required)]
    tried: Option<TriedJson>,
    #[schema(required)]
    retracted: Option<RetractedJson>,
    reactions: Vec<ReactionJson>,
    /// Whether it answers the question that the thread asks.
    answers: bool,
}

/// The change that made a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct PostNameJson {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    device: String,
    #[schema(minimum = 1)]
    number: u64,
}

/// Markdown, and whom and what it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct WordsJson {
    text: String,
    mentions: Vec<MentionJson>,
}

/// A stretch of a text that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MentionJson {
    /// Where it begins in the text, in characters.
    from: u32,
    /// Where it ends.
    until: u32,
    /// The account that it names.
    #[schema(required, pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    account: Option<String>,
    /// The record that it names.
    #[schema(required, pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    record: Option<String>,
}

/// A passage of another post as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct QuoteJson {
    post: PostNameJson,
    passage: String,
}

/// A practice that somebody tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct TriedJson {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    practice: String,
    #[schema(required, pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    project: Option<String>,
}

/// Who took a post back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct RetractedJson {
    by: PersonJson,
    #[schema(required, format = DateTime)]
    at: Option<String>,
    /// Whether it was somebody who keeps the thread in order.
    moderated: bool,
}

/// A word beside a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ReactionJson {
    #[schema(max_length = 64)]
    word: String,
    by: Vec<PersonJson>,
}

/// Writes the posts of a thread; none of a record of another kind.
pub(super) fn posts(record: &Record, names: &Names) -> Option<Vec<PostJson>> {
    let thread = Thread::of(record)?;
    Some(thread.posts.iter().map(|post| PostJson::new(post, names)).collect())
}

impl PostJson {
    fn new(post: &PostView<'_>, names: &Names) -> Self {
        let person = |account| PersonJson::new(account, names);
        let reaction = |(word, by): (&&str, &Vec<_>)| ReactionJson {
            word: (*word).to_owned(),
            by: by.iter().map(|account| person(*account)).collect(),
        };
        Self {
            id: post.id.into(),
            by: person(post.author),
            at: moment::write(post.written.wall_ms),
            words: post.words.map(WordsJson::new),
            beside: post.beside.iter().copied().map(WordsJson::new).collect(),
            edited: post.edited.and_then(|at| moment::write(at.wall_ms)),
            reply_to: post.reply_to.map(Into::into),
            quote: post
                .quote
                .map(|quote| QuoteJson { post: quote.post.into(), passage: quote.passage.clone() }),
            tried: post.tried.map(|tried| TriedJson {
                practice: tried.practice.to_string(),
                project: tried.project.map(|project| project.to_string()),
            }),
            retracted: post.retracted.map(|it| RetractedJson {
                by: person(it.by.author),
                at: moment::write(it.by.stamp.wall_ms),
                moderated: it.moderated,
            }),
            reactions: post.reactions.iter().map(reaction).collect(),
            answers: post.answers,
        }
    }
}

impl From<ChangeId> for PostNameJson {
    fn from(id: ChangeId) -> Self {
        Self { device: id.replica.to_string(), number: id.counter }
    }
}

impl WordsJson {
    fn new(words: &Words) -> Self {
        let mentions = words.mentions.iter().map(MentionJson::new);
        Self { text: words.text.clone(), mentions: mentions.collect() }
    }
}

impl MentionJson {
    fn new(mention: &Mention) -> Self {
        let (account, record) = match mention.of {
            Mentioned::Account(account) => (Some(account.to_string()), None),
            Mentioned::Record(record) => (None, Some(record.to_string())),
        };
        Self { from: mention.from, until: mention.until, account, record }
    }
}
