//! A fold of narrowings: open beside a list in wide windows, behind a button in narrow ones.

use leptos::prelude::*;

/// Draws the fold.
#[component]
pub(crate) fn Fold(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(is_wide());
    view! {
        <details class="fold" prop:open=open on:toggle=move |event| open.set(is_open(&event))>
            <summary class="btn btn--soft fold__s">{label}</summary>
            <div class="fold__b stack">{children()}</div>
        </details>
    }
}

fn is_wide() -> bool {
    let query = window().match_media("(min-width: 62rem)").ok().flatten();
    query.is_none_or(|query| query.matches())
}

fn is_open(event: &leptos::ev::Event) -> bool {
    event_target::<web_sys::Element>(event).has_attribute("open")
}
