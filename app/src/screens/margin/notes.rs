//! Which threads stand in a margin, and in which order: that of their passages in the text.

use leptos::prelude::{Get as _, With as _};
use talkoot_core::id::RecordId;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::text::anchor::Anchor;
use talkoot_core::thread::InMargin;
use talkoot_core::thread::margin::State;

use super::MarginOf;
use crate::workspace::Workspace;

/// A thread in the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) thread: RecordId,
    pub(super) anchor: Option<Anchor>,
    pub(super) suggests: bool,
    pub(super) state: State,
    /// Whether nothing of its passage is left.
    pub(super) is_gone: bool,
    begun: Stamp,
}

/// Says whether there is any.
pub(super) fn has_notes(workspace: Workspace, of: MarginOf) -> bool {
    workspace.summaries.with(|all| all.iter().any(|it| note_of(it, of).is_some()))
}

/// Lists the threads that are open, in the order of the text; last those whose passage is gone.
pub(super) fn notes_of(workspace: Workspace, of: MarginOf) -> Vec<Note> {
    let mut notes = threads(workspace, of, |state| state == State::Open);
    let place = |note: &Note| of.session.place(of.field.name, &note.anchor?);
    // Before the text is read nothing is known to be gone.
    let is_here = of.session.is_loaded.get();
    for note in &mut notes {
        note.is_gone = is_here && place(note).is_none();
    }
    notes.sort_by_cached_key(|note| (note.is_gone, place(note), note.begun, note.thread));
    notes
}

/// Lists the threads that are settled, the latest first.
pub(super) fn settled_of(workspace: Workspace, of: MarginOf) -> Vec<Note> {
    let mut notes = threads(workspace, of, |state| state != State::Open);
    notes.sort_by_key(|note| std::cmp::Reverse((note.begun, note.thread)));
    notes
}

fn threads(workspace: Workspace, of: MarginOf, wanted: impl Fn(State) -> bool) -> Vec<Note> {
    workspace.summaries.with(|all| {
        let notes = all.iter().filter_map(|it| note_of(it, of));
        notes.filter(|note| wanted(note.state)).collect()
    })
}

fn note_of(summary: &Summary, of: MarginOf) -> Option<Note> {
    let thread = summary.thread.as_ref()?;
    let is_here = thread.about == Some(of.record()) && thread.section == Some(of.field.tag);
    let InMargin { state, anchor, suggests } = thread.margin.filter(|_| is_here)?;
    let begun = summary.created.stamp;
    let note = Note { thread: summary.record, anchor, suggests, state, is_gone: false, begun };
    summary.trashed.is_none().then_some(note)
}
