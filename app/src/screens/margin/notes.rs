//! Which threads stand in a margin, and in which order: that of their passages in the text.

use leptos::prelude::With as _;
use talkoot_core::id::RecordId;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::text::anchor::Anchor;
use talkoot_core::thread::InMargin;
use talkoot_core::thread::margin::State;

use super::MarginOf;
use crate::workspace::Workspace;

/// A thread in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) thread: RecordId,
    pub(super) anchor: Option<Anchor>,
    pub(super) suggests: bool,
    begun: Stamp,
}

/// Lists the threads that are open, in the order of the text; last those whose passage is gone.
pub(super) fn notes_of(workspace: Workspace, of: MarginOf) -> Vec<Note> {
    let mut notes = threads(workspace, of, |state| state == State::Open);
    let place = |note: &Note| of.session.place(of.section_name(), &note.anchor?);
    notes.sort_by_cached_key(|note| {
        let place = place(note);
        (place.is_none(), place, note.begun, note.thread)
    });
    notes
}

/// Lists the threads that are settled, the latest first.
pub(super) fn settled_of(workspace: Workspace, of: MarginOf) -> Vec<RecordId> {
    let mut notes = threads(workspace, of, |state| state != State::Open);
    notes.sort_by_key(|note| std::cmp::Reverse((note.begun, note.thread)));
    notes.into_iter().map(|note| note.thread).collect()
}

fn threads(workspace: Workspace, of: MarginOf, wanted: impl Fn(State) -> bool) -> Vec<Note> {
    let note = |summary: &Summary, margin: &InMargin| Note {
        thread: summary.record,
        anchor: margin.anchor,
        suggests: margin.suggests,
        begun: summary.created.stamp,
    };
    let of_this = |summary: &Summary| {
        let thread = summary.thread.as_ref()?;
        let is_about = thread.about == Some(of.record) && thread.section == Some(of.section);
        let margin = thread.margin.filter(|margin| is_about && wanted(margin.state))?;
        summary.trashed.is_none().then(|| note(summary, &margin))
    };
    workspace.summaries.with(|all| all.iter().filter_map(|summary| of_this(summary)).collect())
}
