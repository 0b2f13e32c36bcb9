//! Icons: symbols of the page's own sprite, so they work with no network.

use leptos::prelude::*;

/// Draws an icon that says nothing aloud; the words stand beside it.
#[component]
pub(crate) fn Icon(
    /// The name of a file in `public/icons`.
    #[prop(into)]
    name: Signal<&'static str>,
    /// Further classes.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("i {class}") aria-hidden="true">
            <use_ href=move || format!("#{}", name.get())></use_>
        </svg>
    }
}

/// Draws one of the larger drawings: the logo, the weave.
#[component]
pub(crate) fn Drawing(
    /// The name of a file in `public/icons`.
    name: &'static str,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=format!("#{name}")></use_>
        </svg>
    }
}
