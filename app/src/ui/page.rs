//! What every page does when it opens: its title, where the focus goes, how far it is scrolled.

use std::collections::HashMap;

use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast as _;

use crate::i18n::use_tongue;

/// Names the page in the tab: `X – Talkoot`.
pub(crate) fn use_page_title(title: impl Fn() -> String + Send + Sync + 'static) {
    let tongue = use_tongue();
    Effect::new(move || {
        // The language is a part of the title even where the words are the same.
        tongue.language();
        let title = title();
        let title =
            if title.is_empty() { "Talkoot".to_owned() } else { format!("{title} – Talkoot") };
        document().set_title(&title);
    });
}

/// Moves the focus to the heading after a change of page, and restores the scroll on the way back.
pub(crate) fn follow_pages() {
    let went_back = StoredValue::new(false);
    let scrolled = StoredValue::new(HashMap::<String, f64>::new());
    let location = use_location();
    let address = Memo::new(move |_| (location.pathname.get(), location.search.get()));
    // The browser restores too early, before the list has its height.
    if let Ok(history) = window().history() {
        history.set_scroll_restoration(web_sys::ScrollRestoration::Manual).ok();
    }
    let popped = window_event_listener(ev::popstate, move |_| went_back.set_value(true));
    let moved = window_event_listener(ev::scroll, move |_| {
        if let (Some((path, query)), Ok(top)) = (address.try_get_untracked(), window().scroll_y()) {
            scrolled.update_value(|scrolled| {
                scrolled.insert(path + &query, top);
            });
        }
    });
    on_cleanup(move || {
        popped.remove();
        moved.remove();
    });
    Effect::new(move |before: Option<(String, String)>| {
        let now = address.get();
        if let Some(before) = before {
            let top = went_back.get_value().then(|| {
                let key = format!("{}{}", now.0, now.1);
                scrolled.with_value(|scrolled| scrolled.get(&key).copied()).unwrap_or_default()
            });
            went_back.set_value(false);
            arrive(before.0 != now.0, top);
        }
        now
    });
}

/// Waits until the new page is drawn, then takes the person there.
fn arrive(page_changed: bool, top: Option<f64>) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            if page_changed {
                focus_heading();
            }
            if let Some(top) = top {
                window().scroll_to_with_x_and_y(0.0, top);
            }
        });
    });
}

/// Puts the focus on the page's heading without moving the page.
pub(crate) fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    let Some(heading) = heading.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // A screen that put the focus where the person works has done better.
    let focused =
        document().active_element().is_some_and(|it| it.closest("main").ok().flatten().is_some());
    if focused {
        return;
    }
    heading.set_tab_index(-1);
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    heading.focus_with_options(&options).ok();
}
