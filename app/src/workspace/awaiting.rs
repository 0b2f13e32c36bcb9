//! What of a practice waits for the person at this device, read from summaries alone.

use leptos::prelude::*;
use talkoot_core::access::may_edit_in;
use talkoot_core::adopt::Standing;
use talkoot_core::summary::Summary;

use super::Shown;

impl Shown {
    /// Counts the improvements of its original that wait for a copy of one's own.
    pub(crate) fn improvements_of(self, summary: &Summary) -> usize {
        let Some(practice) = summary.practice.as_ref().filter(|it| it.improvements > 0) else {
            return 0;
        };
        let origin = practice.origin;
        let standing = self
            .summaries
            .with(|all| Standing::of_summary(origin.and_then(|it| all.get(it)).map(AsRef::as_ref)));
        let waits = standing == Standing::Open && self.is_own(summary);
        if waits { usize::from(practice.improvements) } else { 0 }
    }

    /// Counts the suggestions to a practice of one's own that wait for an answer.
    pub(crate) fn suggestions_of(self, summary: &Summary) -> usize {
        let offers = summary.practice.as_ref().map_or(0, |it| usize::from(it.offers));
        if offers > 0 && self.is_own(summary) { offers } else { 0 }
    }

    /// Says whether a thing is this person's to go on with: in a project of theirs, or begun by
    /// them outside all. A coordinator may edit everything, which makes nothing wait for them.
    fn is_own(self, summary: &Summary) -> bool {
        let is_own = self.me.with(|me| {
            me.as_ref().is_some_and(|me| {
                let is_near = match summary.project {
                    Some(project) => me.caller.projects.contains(&project),
                    None => summary.created.author == me.account,
                };
                is_near && may_edit_in(&me.caller, summary.kind, summary.project)
            })
        });
        is_own && summary.trashed.is_none()
    }
}
