//! The threads of the example programme: each thing that somebody says is a change of its own.
//!
//! A post is named by its change, and the scribe gives the numbers. So a draft names posts by
//! their keys, and becomes operations when those that it names are written.

use std::collections::BTreeMap;

use talkoot_core::change::discuss::{Mention, Mentioned, Post, Quote, Tried, Words};
use talkoot_core::change::{Change, Op};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::thread::{self, Start};

use super::DemoError;
use super::draft::{Draft, Manner};
use super::files::{Files, PostFile, ThreadFile};
use super::names;

const MINUTE_MS: u64 = 60_000;

/// One thing that somebody says in a thread.
pub(super) enum Says {
    /// Begins the thread with its first post.
    Begins,
    Posts,
    Edits,
    TakesBack,
    Reacts {
        word: String,
    },
    Accepts,
}

/// A draft of a thread: what is said, and of which post.
pub(super) struct Said {
    says: Says,
    thread: usize,
    post: usize,
}

/// The threads as they stand, and the names that their posts have got.
#[derive(Default)]
pub(super) struct Threads {
    records: BTreeMap<RecordId, Record>,
    posts: BTreeMap<(usize, String), ChangeId>,
}

/// Makes a draft of everything that is said, in the order in which it was.
pub(super) fn drafts(files: &Files) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (thread, file) in files.threads.iter().enumerate() {
        let mut say = |says: Says, post: usize, by: &str, at: &str, minutes: u64| {
            let mut draft = Draft::on(Kind::Thread, &file.key, by, at);
            draft.written_ms = draft.written_ms.saturating_add(minutes * MINUTE_MS);
            draft.manner = Manner::Says(Said { says, thread, post });
            drafts.push(draft);
        };
        for (place, post) in file.posts.iter().enumerate() {
            let says = if place == 0 { Says::Begins } else { Says::Posts };
            say(says, place, &post.by, &post.at, 0);
            let given =
                post.reactions.iter().flat_map(|(word, by)| by.iter().map(move |it| (word, it)));
            for ((word, by), minutes) in given.zip((25..).step_by(25)) {
                say(Says::Reacts { word: word.clone() }, place, by, &post.at, minutes);
            }
            if let Some(edit) = &post.edited {
                say(Says::Edits, place, &post.by, &edit.at, 0);
            }
            if let Some(at) = &post.retracted {
                say(Says::TakesBack, place, &post.by, at, 0);
            }
        }
        if let Some(answer) = &file.answer {
            let place = file.posts.iter().position(|post| post.key == answer.post);
            say(Says::Accepts, place.unwrap_or_default(), &answer.by, &answer.at, 0);
        }
    }
    drafts
}

impl Threads {
    /// Gives the operations of a draft.
    pub(super) fn ops(
        &self,
        files: &Files,
        record: RecordId,
        said: &Said,
        by: AccountId,
    ) -> Result<Vec<Op>, DemoError> {
        let (file, post) = found(files, said)?;
        let empty = Record::new(record);
        let known = self.records.get(&record).unwrap_or(&empty);
        let name = |key: &str| self.posts.get(&(said.thread, key.to_owned())).copied();
        let own = || name(&post.key).ok_or_else(|| unknown_post(file, &post.key));
        Ok(match &said.says {
            Says::Begins => start(file).ops(known, self.post(files, said, post)),
            Says::Posts => vec![thread::post(self.post(files, said, post))],
            Says::Edits => {
                let text = post.edited.as_ref().map_or(&post.text, |edit| &edit.text);
                vec![thread::edit(known, own()?, words(files, text))]
            }
            Says::TakesBack => vec![thread::retract(known, own()?, false)],
            Says::Reacts { word } => vec![thread::react(known, by, own()?, word, true)],
            Says::Accepts => vec![thread::answer(known, Some(own()?))],
        })
    }

    /// Takes in what was written, and notes the name of a post.
    pub(super) fn wrote(&mut self, files: &Files, said: &Said, change: &Change) {
        let record = self.records.entry(change.record);
        record.or_insert_with(|| Record::new(change.record)).apply(change);
        if let (Says::Begins | Says::Posts, Ok((_, post))) = (&said.says, found(files, said)) {
            self.posts.insert((said.thread, post.key.clone()), change.id);
        }
    }

    fn post(&self, files: &Files, said: &Said, file: &PostFile) -> Post {
        let name = |key: &String| self.posts.get(&(said.thread, key.clone())).copied();
        let quote = file.quote.as_ref().and_then(|quote| {
            Some(Quote { post: name(&quote.post)?, passage: quote.passage.clone() })
        });
        let tried = file.tried.as_ref().map(|tried| Tried {
            practice: names::record("practice", &tried.practice),
            project: tried.project.as_deref().map(names::project),
        });
        let reply_to = file.reply_to.as_ref().and_then(name);
        Post { words: words(files, &file.text), reply_to, quote, tried }
    }
}

fn found<'a>(files: &'a Files, said: &Said) -> Result<(&'a ThreadFile, &'a PostFile), DemoError> {
    let thread = files.threads.get(said.thread);
    let post = thread.and_then(|thread| Some((thread, thread.posts.get(said.post)?)));
    post.ok_or_else(|| DemoError::Missing { file: "threads.json".to_owned() })
}

fn unknown_post(file: &ThreadFile, key: &str) -> DemoError {
    DemoError::UnknownPost { thread: file.key.clone(), post: key.to_owned() }
}

fn start(file: &ThreadFile) -> Start<'_> {
    let about = file.about.as_deref().and_then(|it| it.split_once('/'));
    let section = file
        .section
        .as_deref()
        .and_then(|name| Kind::Practice.schema().field_named(name).map(|field| field.tag));
    Start {
        subject: &file.subject,
        question: file.kind == thread::QUESTION,
        about: about.map(|(kind, key)| (names::record(kind, key), section)),
        project: file.project.as_deref().map(names::project),
        wide: file.project.is_none(),
        passage: None,
    }
}

/// Reads a text in which `@{account}` and `#{kind/key}` name people and things.
fn words(files: &Files, source: &str) -> Words {
    let mut words = Words::default();
    let mut rest = source;
    while let Some((before, sign, key, after)) = next_name(rest) {
        words.text.push_str(before);
        let from = length(&words.text);
        words.text.push(sign);
        let of = if sign == '@' {
            words.text.push_str(name_of(files, key));
            Mentioned::Account(names::account(key))
        } else {
            let (kind, key) = key.split_once('/').unwrap_or(("practice", key));
            words.text.push_str(title_of(files, key));
            Mentioned::Record(names::record(kind, key))
        };
        words.mentions.push(Mention { from, until: length(&words.text), of });
        rest = after;
    }
    words.text.push_str(rest);
    words
}

/// Finds the next name: what stands before it, its sign, what it names, and what stands after it.
fn next_name(text: &str) -> Option<(&str, char, &str, &str)> {
    let [person, thing] = ["@{", "#{"].map(|sign| text.find(sign));
    let at = person.into_iter().chain(thing).min()?;
    let (before, named) = text.split_at_checked(at)?;
    let sign = named.chars().next()?;
    let (key, after) = named.get(2..)?.split_once('}')?;
    Some((before, sign, key, after))
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn name_of<'a>(files: &'a Files, key: &'a str) -> &'a str {
    files.accounts.iter().find(|it| it.key == key).map_or(key, |it| &it.name)
}

fn title_of<'a>(files: &'a Files, key: &'a str) -> &'a str {
    let practice = files.practices.iter().find(|it| it.key == key).map(|it| it.title.as_str());
    let document = files.documents.iter().find(|it| it.key == key).map(|it| it.title.as_str());
    practice.or(document).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn di16_the_example_programme_names_people_and_things_in_place() {
        let files = Files::read().expect("the files");
        let words = words(&files, "Kiitos, @{olli-lammi}! Katso #{practice/kyytirinki}.");
        assert_eq!(words.text, "Kiitos, @Olli Lammi! Katso #Kyytirinki.");
        let spans: Vec<(u32, u32)> =
            words.mentions.iter().map(|mention| (mention.from, mention.until)).collect();
        assert_eq!(spans, [(8, 19), (27, 38)]);
        assert!(files.threads.len() >= 15);
    }
}
