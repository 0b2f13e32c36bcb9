//! Hearing the page's events, for as long as the tab lives.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Calls back whenever the window reports `event`.
pub(crate) fn on_window(event: &str, hear: impl FnMut(Event) + 'static) {
    if let Some(window) = web_sys::window() {
        on(&window, event, hear);
    }
}

/// Calls back whenever the document reports `event`.
pub(crate) fn on_document(event: &str, hear: impl FnMut(Event) + 'static) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        on(&document, event, hear);
    }
}

/// Says whether the person can see the tab.
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

fn on(target: &EventTarget, event: &str, hear: impl FnMut(Event) + 'static) {
    let hear = Closure::<dyn FnMut(Event)>::new(hear);
    target.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref()).ok();
    // The tab's own listeners live as long as the tab.
    hear.forget();
}
