//! Marking as read, one thing or all of them at once, with time to take that back.
//!
//! Marks only add up, so a mark that is written cannot be taken back on the other devices. What
//! is marked all at once therefore shows as read at once and is written when its toast goes:
//! until then undo leaves everything as it was. A page that is closed before writes nothing.

use leptos::prelude::*;
use talkoot_core::change::note::Note;
use talkoot_core::id::RecordId;
use talkoot_core::inbox::{Entry, reading};
use talkoot_core::notebook::{Notebook, noting};
use talkoot_core::record::Record;

use super::Inbox;
use crate::i18n::words;
use crate::ui::acts::{Acts, use_acts};
use crate::ui::page::focus_heading;
use crate::ui::toast::{Ending, Toasts, use_toasts};
use crate::workspace::Workspace;

/// Notes of one change: far below what a change may hold.
const NOTES_AT_ONCE: usize = 100;

/// What was marked as read and is not written yet: each time that all were, under its number.
pub(super) type Ahead = RwSignal<Vec<(u64, Vec<Note>)>>;

/// Marks into what is ahead.
#[derive(Clone, Copy)]
pub(super) struct Marking {
    ahead: Ahead,
    acts: Acts,
    toasts: Toasts,
}

impl Marking {
    /// Marks into these notes until they are written.
    pub(super) fn of(ahead: Ahead) -> Self {
        Self { ahead, acts: use_acts(), toasts: use_toasts() }
    }

    /// Gives a notebook as it will be.
    pub(super) fn ahead(self, notebook: Notebook) -> Notebook {
        self.ahead.with(|all| all.iter().fold(notebook, |book, (_, notes)| book.with_marks(notes)))
    }
}

impl Inbox {
    /// Marks everything that is listed as read; undo brings it back (rule IN9).
    pub(super) fn mark_all(self) {
        let Marking { ahead, acts, toasts } = self.marking;
        let entries = self.entries.get_untracked();
        let notes = reading(&Record::new(RecordId([0; 16])), entries.iter());
        let number = ahead.with_untracked(|all| all.last().map_or(0, |(last, _)| last + 1));
        ahead.update(|all| all.push((number, notes)));
        // The button is gone, and the focus with it.
        request_animation_frame(focus_heading);
        let account = self.notes.account;
        toasts.say_until(words::inbox::MARKED, move |ending| match (ending, account) {
            (Ending::Left, Some(account)) => {
                let book = RecordId::notebook_of(account);
                write(acts, book, entries.clone(), move || forget(ahead, number));
            }
            (Ending::Undone, _) | (_, None) => forget(ahead, number),
        });
    }

    /// Marks one entry as read. What was said is marked by its page, which shows what is new
    /// first; only what is no post is marked here.
    pub(super) fn open(self, workspace: &Workspace, entry: Entry) {
        let about = workspace.summaries.with_untracked(|all| all.get(entry.record).cloned());
        let has_new_posts = about.is_some_and(|about| self.notes.is_unread(&about));
        let Some(account) = self.notes.account.filter(|_| entry.is_unread && !has_new_posts) else {
            return;
        };
        self.marking.acts.change(RecordId::notebook_of(account), move |notebook| {
            written(notebook, reading(notebook, std::iter::once(&entry)))
        });
    }
}

fn forget(ahead: Ahead, number: u64) {
    ahead.try_update(|all| all.retain(|(it, _)| *it != number));
}

/// Writes marks, as many at once as one change holds, then the next. What cannot be written is
/// unread again.
fn write(acts: Acts, book: RecordId, entries: Vec<Entry>, ended: impl FnOnce() + 'static) {
    let mut rest = entries;
    let some = rest.drain(..NOTES_AT_ONCE.min(rest.len())).collect::<Vec<_>>();
    let intent = move |notebook: &Record| written(notebook, reading(notebook, some.iter()));
    let next: Box<dyn FnOnce(bool)> = Box::new(move |is_written| {
        if is_written && !rest.is_empty() {
            write(acts, book, rest, ended);
        } else {
            ended();
        }
    });
    acts.change_all(vec![(book, Box::new(intent))], next);
}

/// Nothing to note begins no notebook.
fn written(notebook: &Record, notes: Vec<Note>) -> Vec<talkoot_core::change::Op> {
    if notes.is_empty() { Vec::new() } else { noting(notebook, notes) }
}
