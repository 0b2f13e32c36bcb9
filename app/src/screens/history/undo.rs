//! Taking back what was just done to a record, from the toast that says so.

use leptos::task::spawn_local;
use talkoot_core::id::RecordId;

use crate::i18n::{Word, words};
use crate::ui::fault_text;
use crate::ui::toast::Toasts;
use crate::workspace::{Span, Workspace};

/// Gives what takes back a span; what came since stays.
pub(super) fn undo(
    workspace: Workspace,
    toasts: Toasts,
    record: RecordId,
    span: Span,
    said: Word,
) -> impl Fn() + Send + Sync + 'static {
    move || {
        let span = span.clone();
        spawn_local(async move {
            match workspace.take_back(record, &span).await {
                Ok(()) => toasts.say(said),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    }
}

/// Says that improvements were received, and offers to take them back.
pub(crate) fn say_received(workspace: Workspace, toasts: Toasts, record: RecordId, span: Span) {
    // Taken back, they count as declined: whoever expects them to be proposed again is told.
    let undo = undo(workspace, toasts, record, span, words::review::TAKEN_BACK);
    toasts.say_undoable(words::review::DONE, undo);
}
