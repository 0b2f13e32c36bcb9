//! The app without a network: the new version that waits, and changing to it.
//!
//! The page's own script keeps the service worker; this only hears and asks.

use crate::device::{self, listen};

/// Set by the page's script when a new version waits.
const READY: &str = "talkoot:update-ready";
/// The page's function that changes to it.
const UPDATE: &str = "talkootUpdate";

/// Calls back when a new version waits.
pub(crate) fn on_update_ready(tell: impl Fn() + 'static) {
    listen::on_window(READY, move |_| tell());
}

/// Changes to the version that waits; false when none does.
pub(crate) async fn update() -> bool {
    let answer = device::call_page(UPDATE).await;
    answer.is_some_and(|answer| answer.as_bool() != Some(false))
}
