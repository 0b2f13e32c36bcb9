//! What concerns a person, in one list: who said or did what, about what, and when.
//!
//! Everything is read from summaries and the person's [`crate::notebook`], so nothing is opened
//! for it, it is there with no network, and every device of an account lists the same in the same
//! order, read or not. It is quiet: of a thread that one does not hear of (rule DI18) nothing is
//! there, and of each reason the latest stands for those before it.
//!
//! What was said is read by the marks of its thread. What waits (a choice, a suggestion, an
//! improvement) is read by a mark on its record too, and goes only when it is settled.

use std::collections::BTreeMap;

use crate::access::{Caller, may_edit_in};
use crate::address;
use crate::adopt::Standing;
use crate::change::Frontier;
use crate::change::note::Note;
use crate::id::{AccountId, ChangeId, RecordId};
use crate::notebook::{self, Notebook};
use crate::record::{Deed, Latest, Record};
use crate::summary::Summary;
use crate::thread::{Call, ThreadSummary, Why};

/// What happened, or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// So many choices of a record wait to be settled.
    Choices(usize),
    /// So many suggestions to a practice wait for an answer.
    Suggestions(usize),
    /// So many improvements of an original wait for a copy.
    Improvements(usize),
    /// Something was said to the person.
    Called(Why),
    /// Something else was said in a thread of which they hear.
    Said,
}

/// One thing that concerns a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The record that it is about, where it leads.
    pub record: RecordId,
    pub what: What,
    /// Who did it, and when.
    pub by: Deed,
    pub is_unread: bool,
    /// The post that was said to the person, if one was.
    said: Option<ChangeId>,
    /// What it tells of: what came late stands behind what was done after it.
    causes: Vec<ChangeId>,
    /// What a mark covers that says it is read: changes of this record.
    read: (RecordId, Frontier),
}

impl Entry {
    /// Gives the record whose changes caused it: of an improvement that is the original.
    pub fn caused_in(&self) -> RecordId {
        self.read.0
    }

    /// Gives the changes that it tells of: it is news when one of them is.
    pub fn causes(&self) -> &[ChangeId] {
        &self.causes
    }

    /// Gives the address where one goes on with it: a post that was said to the person is shown
    /// itself. `about` is the summary of its record.
    pub fn address(&self, about: &Summary) -> String {
        let page = address::of(about.kind, about.record, &about.title);
        match (self.what, self.said) {
            (What::Improvements(_), _) => format!("{page}/improvements"),
            (What::Called(Why::Named | Why::Replied | Why::Answered), Some(post)) => {
                format!("{page}#{}", address::post_anchor(post))
            }
            (What::Called(_) | What::Choices(_) | What::Suggestions(_) | What::Said, _) => page,
        }
    }
}

/// The person whose inbox is read.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub caller: &'a Caller,
    pub notebook: &'a Notebook,
}

/// Lists what concerns a person, the newest first (rules IN1 to IN4); `find` finds a summary
/// among `all` by its record.
pub fn inbox<'a>(
    reader: Reader<'_>,
    all: impl Iterator<Item = &'a Summary>,
    find: &dyn Fn(RecordId) -> Option<&'a Summary>,
) -> Vec<Entry> {
    let Some(me) = reader.caller.account else { return Vec::new() };
    let mut entries = Vec::new();
    for summary in all {
        entries.extend(waiting(reader, me, summary, find));
        if let Some(thread) = &summary.thread {
            entries.extend(said(reader, me, summary, thread));
        }
    }
    entries.sort_by_key(|it| (std::cmp::Reverse(it.by), it.what, it.record));
    entries
}

/// Gives the notes that mark entries as read: one for each record, none for what is read.
pub fn reading<'a>(notebook: &Record, entries: impl Iterator<Item = &'a Entry>) -> Vec<Note> {
    let mut read: BTreeMap<RecordId, Frontier> = BTreeMap::new();
    for (record, until) in entries.filter(|entry| entry.is_unread).map(|entry| &entry.read) {
        read.entry(*record).or_default().join(until);
    }
    let notes = read.into_iter();
    notes.filter_map(|(record, until)| notebook::reading_until(notebook, record, until)).collect()
}

/// Counts the improvements of its original that wait for a copy of the person's own.
pub fn improvements(caller: &Caller, copy: &Summary, original: Option<&Summary>) -> usize {
    let Some(practice) = copy.practice.as_ref().filter(|it| it.improvements > 0) else { return 0 };
    let waits = Standing::of_summary(original) == Standing::Open && is_own(caller, copy);
    if waits { usize::from(practice.improvements) } else { 0 }
}

/// Counts the suggestions to a practice of the person's own that wait for an answer.
pub fn suggestions(caller: &Caller, practice: &Summary) -> usize {
    let offers = practice.practice.as_ref().map_or(0, |it| usize::from(it.offers));
    if offers > 0 && is_own(caller, practice) { offers } else { 0 }
}

/// Says whether a thing is somebody's to go on with: in a project of theirs, or begun by them
/// outside all. A coordinator may edit everything, which makes nothing wait for them.
fn is_own(caller: &Caller, summary: &Summary) -> bool {
    let is_near = match summary.project {
        Some(project) => caller.projects.contains(&project),
        None => Some(summary.created.author) == caller.account,
    };
    is_near && may_edit_in(caller, summary.kind, summary.project) && summary.trashed.is_none()
}

/// Lists what waits in a record for the person.
fn waiting<'a>(
    reader: Reader<'_>,
    me: AccountId,
    summary: &Summary,
    find: &dyn Fn(RecordId) -> Option<&'a Summary>,
) -> Vec<Entry> {
    let practice = summary.practice.as_ref();
    let original = practice.and_then(|it| it.origin).and_then(find);
    let others = |latest: Option<Latest>| -> Vec<Deed> {
        let others: Vec<Deed> = latest.into_iter().flat_map(|it| it.others(me)).collect();
        let last = || latest.map_or(summary.modified, |it| it.last);
        if others.is_empty() { vec![last()] } else { others }
    };
    let published = |original: &Summary| {
        let published_by = original.practice.as_ref().and_then(|it| it.published_by);
        published_by.unwrap_or(original.modified)
    };
    let offered_by = practice.and_then(|it| it.offered_by);
    let own = summary.record;
    let of = original.map_or((own, summary.modified), |it| (it.record, published(it)));
    let counted = [
        (What::Choices(summary.choices_for(reader.caller)), own, others(summary.asked_by)),
        (What::Suggestions(suggestions(reader.caller, summary)), own, others(offered_by)),
        (What::Improvements(improvements(reader.caller, summary, original)), of.0, vec![of.1]),
    ];
    let waits = counted.into_iter().filter(|(what, ..)| what.count() > 0);
    let entry = |(what, changed, deeds): (What, RecordId, Vec<Deed>)| {
        let mut until = Frontier::new();
        for deed in &deeds {
            until.note(deed.change);
        }
        Some(Entry {
            record: own,
            what,
            by: *deeds.first()?,
            said: None,
            is_unread: deeds.iter().any(|deed| is_news(reader, me, changed, *deed)),
            causes: deeds.iter().map(|deed| deed.change).collect(),
            read: (changed, until),
        })
    };
    waits.filter_map(entry).collect()
}

/// Lists what was said in a thread to the person, and what else was said there.
fn said(
    reader: Reader<'_>,
    me: AccountId,
    summary: &Summary,
    thread: &ThreadSummary,
) -> Vec<Entry> {
    let id = summary.record;
    if summary.trashed.is_some() || !reader.notebook.hears_of(me, summary) {
        return Vec::new();
    }
    let mut newest = Frontier::new();
    let mut unread = Vec::new();
    for ((replica, author), counter) in &thread.newest {
        let post = ChangeId { replica: *replica, counter: *counter };
        newest.note(post);
        if *author != me && !reader.notebook.has_read(id, post) {
            unread.push(post);
        }
    }
    let entry = |what: What, by: Deed, is_unread: bool| {
        let mut until = newest.clone();
        until.note(by.change);
        let (said, causes) = (None, vec![by.change]);
        Entry { record: id, what, by, is_unread, said, causes, read: (id, until) }
    };
    let of_me = thread.calls.iter().filter(|call| call.to == me);
    let called = |call: &Call| Entry {
        said: Some(call.said()),
        ..entry(What::Called(call.why), call.by, is_news(reader, me, id, call.by))
    };
    let mut entries: Vec<Entry> = of_me.map(called).collect();
    let is_unread = !unread.is_empty();
    let is_told = |by: Deed| entries.iter().any(|entry| entry.by.change == by.change);
    // What came late is told of although what came after it was read (rule IN4).
    let is_hidden = is_unread && entries.iter().all(|entry| !entry.is_unread);
    let last = thread.last_by_others(me).filter(|last| is_hidden || !is_told(*last));
    entries.extend(last.map(|last| entry(What::Said, last, is_unread)));
    // What is told of by no entry of its own stands behind the last one.
    if let Some(entry) = entries.iter_mut().rfind(|entry| entry.is_unread) {
        entry.causes.extend(unread);
    }
    entries
}

/// Says whether the person has not read of a deed; what one did oneself is no news.
fn is_news(reader: Reader<'_>, me: AccountId, record: RecordId, by: Deed) -> bool {
    by.author != me && !reader.notebook.has_read(record, by.change)
}

impl What {
    /// Counts what waits; what was said is one.
    fn count(self) -> usize {
        match self {
            Self::Choices(count) | Self::Suggestions(count) | Self::Improvements(count) => count,
            Self::Called(_) | Self::Said => 1,
        }
    }
}
