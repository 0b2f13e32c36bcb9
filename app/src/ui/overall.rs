//! The state of everything on this device in one mark, for the sidebar, the top bar and the ear.

use std::time::Duration;

use leptos::prelude::*;

use super::sync_mark::Mark;
use crate::workspace::{Workspace, use_workspace};

/// How long sending may take before it is worth a word (DESIGN: sync-state language).
const SYNCING_SHOWS_AFTER: Duration = Duration::from_millis(400);

/// What counts for the overall state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Choices and changes set aside: what needs a person.
    pub(crate) needs_person: usize,
    pub(crate) waiting: usize,
    /// Sending has gone on for a while.
    pub(crate) syncing: bool,
    /// The server has been heard of at least once.
    pub(crate) ever_synced: bool,
}

impl Facts {
    /// Picks what matters most (rule P5).
    pub(crate) fn mark(self) -> Mark {
        match self {
            Self { needs_person: 1.., .. } => Mark::Attention,
            Self { syncing: true, .. } => Mark::Syncing,
            Self { waiting: waiting @ 1.., .. } => Mark::Waiting(waiting),
            Self { ever_synced: false, .. } => Mark::Device,
            Self { .. } => Mark::Synced,
        }
    }
}

/// The overall state, made once and read wherever it shows.
#[derive(Clone, Copy)]
pub(crate) struct Overall {
    pub(crate) facts: Memo<Facts>,
    pub(crate) mark: Memo<Mark>,
}

/// Starts following the state and offers it to every component.
pub(crate) fn provide_overall() -> Overall {
    let workspace = use_workspace();
    let syncing = lasting_sync(workspace);
    let facts = Memo::new(move |_| facts(workspace, syncing.get()));
    let overall = Overall { facts, mark: Memo::new(move |_| facts.get().mark()) };
    provide_context(overall);
    overall
}

/// Gives the overall state.
pub(crate) fn use_overall() -> Overall {
    use_context().unwrap_or_else(provide_overall)
}

fn facts(workspace: Workspace, syncing: bool) -> Facts {
    let choices: usize = workspace
        .summaries
        .with(|summaries| summaries.iter().map(|it| workspace.choices_of(it)).sum());
    workspace.status.with(|status| Facts {
        needs_person: choices + status.set_aside.len() + status.unverified.len(),
        waiting: status.waiting.len() + status.owed.values().sum::<usize>(),
        syncing,
        ever_synced: status.last_synced_ms.is_some(),
    })
}

/// Turns true when sending has lasted long enough to be worth showing.
fn lasting_sync(workspace: Workspace) -> RwSignal<bool> {
    let shown = RwSignal::new(false);
    let since = Memo::new(move |_| workspace.status.with(|status| status.syncing_since_ms));
    Effect::new(move || {
        let Some(begun) = since.get() else {
            shown.set(false);
            return;
        };
        let still = move || {
            if since.try_get_untracked().flatten() == Some(begun) {
                shown.set(true);
            }
        };
        set_timeout(still, SYNCING_SHOWS_AFTER);
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p5_what_needs_a_person_comes_before_what_waits_and_what_is_fine() {
        let fine = Facts { ever_synced: true, ..Facts::default() };
        let table = [
            (fine, Mark::Synced),
            (Facts::default(), Mark::Device),
            (Facts { waiting: 3, ..fine }, Mark::Waiting(3)),
            (Facts { waiting: 3, syncing: true, ..fine }, Mark::Syncing),
            (Facts { waiting: 3, syncing: true, needs_person: 1, ..fine }, Mark::Attention),
        ];
        for (facts, expected) in table {
            assert_eq!(facts.mark(), expected, "{facts:?}");
        }
    }
}
