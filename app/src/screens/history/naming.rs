//! Giving the version that is looked at a name.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::history::Version;
use talkoot_core::limits::LINE_CHARS_MAX;

use super::Page;
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Draws the form, out of the way until somebody asks.
#[component]
pub(super) fn Naming(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    // Whoever writes a name goes on writing it, whatever others do to the record meanwhile.
    let named = RwSignal::new(None::<Version>);
    Effect::new(move || {
        page.chosen.track();
        named.set(None);
    });
    let ask = move || {
        view! {
            <button
                type="button"
                class="btn btn--soft naming"
                on:click=move |_| named.set(page.shown())
            >
                {tongue.word(words::history::NAME)}
            </button>
        }
    };
    view! {
        <Show when=move || named.with(Option::is_some) fallback=ask>
            <Form page named />
        </Show>
    }
}

#[component]
fn Form(page: Page, named: RwSignal<Option<Version>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let known = named.with_untracked(|it| Some(it.as_ref()?.name.as_ref()?.name.clone()));
    let name = RwSignal::new(known.unwrap_or_default());
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.focus().ok();
        }
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(version) = named.get_untracked() else { return };
        let name = name.get_untracked();
        spawn_local(async move {
            match workspace.name_version(page.record, &version, name.trim()).await {
                Ok(()) => {
                    toasts.say(words::history::NAMED);
                    named.try_set(None);
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    view! {
        <form class="naming" on:submit=save>
            <div class="field">
                <label for="version-name">{tongue.word(words::history::NAME_LABEL)}</label>
                <input
                    class="input"
                    id="version-name"
                    node_ref=field
                    maxlength=LINE_CHARS_MAX
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <span class="hint">{tongue.word(words::history::NAME_HINT)}</span>
            </div>
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {tongue.word(words::act::SAVE)}
                </button>
                <button
                    type="button"
                    class="btn btn--quiet"
                    on:click=move |_| named.set(None)
                >
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}
