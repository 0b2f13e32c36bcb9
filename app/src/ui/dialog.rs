//! A question above the page: the browser keeps the keyboard inside and Escape closes it.

use leptos::html;
use leptos::prelude::*;

/// Draws a dialog while `open` is true; what is inside is made anew each time.
#[component]
pub(crate) fn Dialog(
    open: RwSignal<bool>,
    /// The name of the dialog's heading in the page.
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // A browser without modal dialogs shows it in its place.
            if dialog.show_modal().is_err() {
                dialog.show();
            }
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=id
            on:close=move |_| open.set(false)
        >
            <Show when=move || open.get()>
                <h2 id=id>{title}</h2>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}
