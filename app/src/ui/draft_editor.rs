//! Writing a text that belongs to no record yet.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::text::Block;

use super::text_editor::{MountNote, Mounting, place};
use super::toast::use_toasts;
use crate::editor::{Draft, mount_draft};
use crate::i18n::{Word, use_tongue};

/// Mounts an editor that begins with `blocks`, and tells what stands in it after every change.
#[component]
pub(crate) fn DraftEditor(
    /// Names the text within its own document.
    field: &'static str,
    label: Word,
    blocks: Vec<Block>,
    #[prop(into)] on_change: Callback<Vec<Block>>,
) -> impl IntoView {
    let (tongue, toasts) = (use_tongue(), use_toasts());
    let (element, toolbar) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let mounting = RwSignal::new(Mounting::Loading);
    let draft = StoredValue::new_local(None::<Draft>);
    let begun = StoredValue::new(false);
    Effect::new(move || {
        let (Some(element), Some(toolbar)) = (element.get(), toolbar.get()) else { return };
        if begun.get_value() {
            return;
        }
        begun.set_value(true);
        let place = place(tongue, toasts, field, label, (element.into(), toolbar.into()));
        let blocks = blocks.clone();
        let changed = move || {
            let written = draft.try_with_value(|draft| draft.as_ref().and_then(Draft::blocks));
            if let Some(written) = written.flatten() {
                on_change.run(written);
            }
        };
        spawn_local(async move {
            let state = match mount_draft(place, &blocks, changed).await {
                Ok(mounted) => {
                    draft.try_set_value(Some(mounted));
                    Mounting::Ready
                }
                Err(fault) => Mounting::after(fault),
            };
            mounting.try_set(state);
        });
    });
    view! {
        <MountNote mounting />
        <div class="tb tb--field" node_ref=toolbar></div>
        <div class="richbox" node_ref=element></div>
    }
}
