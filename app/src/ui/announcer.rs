//! The one polite region that tells the ear about saving and sending.
//!
//! Speaks at most once in ten seconds; what changes meanwhile is told as it is
//! when the time has come, so nobody hears a list of states that have passed.

use std::time::Duration;

use leptos::prelude::*;

use super::overall::use_overall;
use super::sync_mark::Mark;
use crate::i18n::use_tongue;

/// The shortest time between two announcements (DESIGN: sync-state language).
const APART: Duration = Duration::from_secs(10);

/// Says the overall state when it has changed.
#[component]
pub(crate) fn Announcer() -> impl IntoView {
    let tongue = use_tongue();
    let mark = use_overall().mark;
    let spoken = RwSignal::new(None::<Mark>);
    let resting = RwSignal::new(false);
    Effect::new(move |before: Option<Mark>| {
        let now = mark.get();
        // What was true when the page opened is on the screen already: no news.
        if before.is_some() && !resting.get() && spoken.get_untracked() != Some(now) {
            spoken.set(Some(now));
            resting.set(true);
            set_timeout(
                move || {
                    resting.try_set(false);
                },
                APART,
            );
        }
        now
    });
    view! {
        <p class="vh" role="status">
            {move || spoken.get().map(|mark| tongue.tell(&mark.phrase()))}
        </p>
    }
}
