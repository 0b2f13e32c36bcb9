//! What of a practice waits for the person at this device, read from summaries alone.

use leptos::prelude::*;
use talkoot_core::inbox;
use talkoot_core::summary::Summary;

use super::Shown;

impl Shown {
    /// Counts the improvements of its original that wait for a copy of one's own.
    pub(crate) fn improvements_of(self, summary: &Summary) -> usize {
        let origin = summary.practice.as_ref().and_then(|it| it.origin);
        self.summaries.with(|all| {
            let original = origin.and_then(|it| all.get(it)).map(AsRef::as_ref);
            self.me.with(|me| {
                me.as_ref().map_or(0, |me| inbox::improvements(&me.caller, summary, original))
            })
        })
    }

    /// Counts the suggestions to a practice of one's own that wait for an answer.
    pub(crate) fn suggestions_of(self, summary: &Summary) -> usize {
        self.me.with(|me| me.as_ref().map_or(0, |me| inbox::suggestions(&me.caller, summary)))
    }
}
