//! What an account notes for itself, on whichever device: read marks, following, muting.
//!
//! It is a record that nobody else sees, named after its account ([`RecordId::notebook_of`]).
//! A screen opens that record like any other; while there is none yet it reads an empty one.
//! What it notes it commits there as [`noting`] gives it, which begins the notebook if need be:
//! two devices may both begin it, and their marks add up (rule DI12).

use crate::change::note::{Following, Note};
use crate::change::{Frontier, Op};
use crate::id::{AccountId, ChangeId, RecordId};
use crate::record::{NoteState, Notes, Record, Said};
use crate::schema::Kind;
use crate::summary::Summary;
use crate::thread::{PostView, Thread, ThreadSummary};

/// What an account has noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notebook {
    notes: Notes,
}

impl Notebook {
    /// Reads a folded notebook; any other record, and one that is not begun, has no notes.
    pub fn of(record: &Record) -> Self {
        let is_one = record.kind == Some(Kind::Notebook);
        Self { notes: record.notes.clone().filter(|_| is_one).unwrap_or_default() }
    }

    /// Gives it as it would be with marks that are not written yet.
    #[must_use]
    pub fn with_marks(mut self, notes: &[Note]) -> Self {
        for note in notes {
            if let Note::Read { thread, until } = note {
                self.notes.entry(*thread).or_default().read.join(until);
            }
        }
        self
    }

    /// Says whether something was posted in a thread that `reader` has not read (rule DI11).
    pub fn is_unread(&self, reader: AccountId, thread: RecordId, summary: &ThreadSummary) -> bool {
        summary.newest.iter().any(|((replica, author), counter)| {
            let id = ChangeId { replica: *replica, counter: *counter };
            *author != reader && !self.has_read(thread, id)
        })
    }

    /// Lists the posts that `reader` has not read, in the order of the thread.
    pub fn unread(&self, reader: AccountId, id: RecordId, thread: &Thread<'_>) -> Vec<ChangeId> {
        let is_unread = |post: &&PostView<'_>| {
            post.author != reader && post.retracted.is_none() && !self.has_read(id, post.id)
        };
        thread.posts.iter().filter(is_unread).map(|post| post.id).collect()
    }

    /// Says what was noted about following a record.
    pub fn following(&self, record: RecordId) -> Following {
        let said = self.notes.get(&record).map(|note| note.following.live());
        said.and_then(|live| Some(live.first()?.1.value)).unwrap_or_default()
    }

    /// Says whether `reader` wants to hear of a thread: it follows the thread, the thing that it
    /// is about or its project, or takes part in it or is named there; muting the thread ends it.
    pub fn hears_of(&self, reader: AccountId, summary: &Summary) -> bool {
        let Some(thread) = &summary.thread else { return false };
        let takes_part = || {
            summary.created.author == reader
                || thread.people.contains(&reader)
                || thread.mentions.contains(&reader)
        };
        match self.following(summary.record) {
            Following::Followed => true,
            Following::Muted => false,
            Following::Unsaid => {
                let mut around = thread.about.into_iter().chain(summary.project);
                takes_part() || around.any(|it| self.following(it) == Following::Followed)
            }
        }
    }

    /// Says whether the marks of a record reach as far as this.
    pub fn has_read_until(&self, record: RecordId, until: &Frontier) -> bool {
        let read = self.notes.get(&record).map(|note| &note.read);
        read.unwrap_or(&Frontier::new()).covers(until)
    }

    /// Says whether a change of a record lies within its read marks.
    pub(crate) fn has_read(&self, thread: RecordId, post: ChangeId) -> bool {
        self.notes.get(&thread).is_some_and(|note| note.read.knows(post))
    }
}

/// Notes that a thread was read as far as it is known here; none where that is noted already.
pub fn reading(notebook: &Record, thread: &Record) -> Option<Note> {
    reading_until(notebook, thread.id, thread.frontier.clone())
}

/// Says how far a thread is read by whoever saw all of it but for some posts. A mark reaches from
/// the first change of a replica to the last one that was read, so what a replica said after such
/// a post is not read either.
pub fn read_but(thread: &Record, unseen: impl IntoIterator<Item = ChangeId>) -> Frontier {
    let mut until = thread.frontier.clone();
    unseen.into_iter().for_each(|post| until.end_before(post));
    until
}

/// Notes that a record was read as far as this; none where that is noted already.
pub fn reading_until(notebook: &Record, record: RecordId, until: Frontier) -> Option<Note> {
    let read = noted(notebook, record).map(|note| &note.read);
    let is_news = !read.unwrap_or(&Frontier::new()).covers(&until);
    is_news.then_some(Note::Read { thread: record, until })
}

/// Notes whether one wants to hear of a record: a thread, a thing or a project.
pub fn follow(notebook: &Record, record: RecordId, following: Following) -> Note {
    let said = noted(notebook, record).map(|note| &note.following);
    let replaces = said.map(Said::replaces).unwrap_or_default();
    Note::Follow { record, following, replaces }
}

/// Gives the operations that write notes into a notebook, begun or not.
pub fn noting(notebook: &Record, notes: impl IntoIterator<Item = Note>) -> Vec<Op> {
    let begin = notebook.kind.is_none().then_some(Op::Create { kind: Kind::Notebook });
    begin.into_iter().chain(notes.into_iter().map(|note| Op::Note { note })).collect()
}

fn noted(notebook: &Record, record: RecordId) -> Option<&NoteState> {
    notebook.notes.as_ref()?.get(&record)
}
