//! Rejecting a comment: a reason is asked, and whoever sent it can be kept out for a while.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::limits::REFUSAL_CHARS_MAX;

use crate::comments::{Held, Ruled};
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::page::focus_heading;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Draws the way to reject.
#[component]
pub(super) fn Refusal(held: StoredValue<Held>) -> impl IntoView {
    let tongue = use_tongue();
    let asking = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let was_asking = StoredValue::new(false);
    Effect::new(move || {
        // Whoever thought better of it is where they were.
        let is_back = !asking.get() && was_asking.get_value();
        if let Some(button) = button.get().filter(|_| is_back) {
            button.focus().ok();
        }
        was_asking.set_value(asking.get());
    });
    let open = move || {
        view! {
            <button type="button" class="btn btn--soft" node_ref=button on:click=move |_| asking.set(true)>
                {tongue.word(words::comments::REJECT)}
            </button>
        }
    };
    view! {
        <Show when=move || asking.get() fallback=open>
            <Asking held asking />
        </Show>
    }
}

#[component]
fn Asking(held: StoredValue<Held>, asking: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let (reason, blocks) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (id, can_block) = held.with_value(|it| (it.id.to_string(), it.can_block));
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.focus().ok();
        }
    });
    let (reason_id, block_id) = (format!("why-{id}"), format!("block-{id}"));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = reason.with_untracked(|it| it.trim().to_owned());
        if said.is_empty() {
            return;
        }
        let blocks = blocks.get_untracked();
        spawn_local(async move {
            let done = workspace.reject_comment(&held.get_value(), said, blocks).await;
            if done.is_ok() {
                request_animation_frame(focus_heading);
            }
            match done {
                Ok(Ruled::Done | Ruled::Here) => toasts.say(words::comments::REJECTED),
                Ok(Ruled::Otherwise) => toasts.say(words::comments::OTHERWISE),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    let block = can_block.then(|| {
        view! {
            <p>
                <input
                    type="checkbox"
                    id=block_id.clone()
                    prop:checked=blocks
                    on:change=move |event| blocks.set(event_target_checked(&event))
                />
                " "
                <label for=block_id>{tongue.word(words::comments::BLOCK)}</label>
            </p>
        }
    });
    view! {
        <form class="refusal stack" on:submit=send>
            <div class="field">
                <label for=reason_id.clone()>{tongue.word(words::comments::WHY)}</label>
                <input
                    class="input"
                    id=reason_id
                    node_ref=field
                    required
                    maxlength=REFUSAL_CHARS_MAX.to_string()
                    prop:value=reason
                    on:input=move |event| reason.set(event_target_value(&event))
                />
            </div>
            {block}
            <div class="acts">
                <button type="submit" class="btn btn--soft">{tongue.word(words::comments::REJECT)}</button>
                <button type="button" class="btn btn--quiet" on:click=move |_| asking.set(false)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}
