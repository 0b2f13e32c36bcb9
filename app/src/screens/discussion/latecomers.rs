//! When a post was written, and when it came, where that was later.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::conversation::Said;
use super::page::Page;
use crate::i18n::{Tongue, words};
use crate::time_text;
use crate::workspace::use_workspace;

/// How much later a post has to come for that to be worth a word, in milliseconds: ten minutes.
const LATE_MS: u64 = 10 * 60_000;

/// Reads when the posts of a page reached the server, and reads on as they come.
pub(super) fn follow_arrivals(page: Page) {
    let workspace = use_workspace();
    let (session, arrivals) = (page.session(), page.arrivals());
    Effect::new(move || {
        session.record.track();
        let known = arrivals.get_untracked();
        spawn_local(async move {
            // Without them a page says when a post was written, as without a server.
            if let Ok(read) = workspace.read_arrivals(page.id, known).await
                && arrivals.try_with_untracked(|known| *known != read) == Some(true)
            {
                arrivals.try_update(|known| known.join(read));
            }
        });
    });
}

/// Says when a post was written, and when it came where that was later (rule DI24).
pub(super) fn when(tongue: Tongue, page: Page, said: &Said) -> String {
    let written_ms = said.written.wall_ms;
    let arrived_ms = page.arrivals().with(|arrivals| arrivals.of.get(&said.id).copied());
    let exact = |at_ms: u64| {
        time_text::exact(tongue.language(), time_text::local(at_ms), time_text::local_now())
    };
    match arrived_ms.filter(|arrived_ms| is_late(written_ms, *arrived_ms)) {
        Some(arrived_ms) => {
            tongue.tell(&words::talk::arrived(exact(written_ms), exact(arrived_ms)))
        }
        None => exact(written_ms),
    }
}

fn is_late(written_ms: u64, arrived_ms: u64) -> bool {
    arrived_ms >= written_ms.saturating_add(LATE_MS)
}

#[cfg(test)]
mod tests {
    use super::is_late;

    #[test]
    fn di24_a_post_that_came_much_later_than_it_was_written_says_so() {
        let day_ms = 86_400_000;
        assert!(is_late(day_ms, 4 * day_ms));
        assert!(!is_late(day_ms, day_ms + 30_000), "a slow line is no news");
        assert!(!is_late(4 * day_ms, day_ms), "a clock that runs ahead is not late");
    }
}
