//! The devices of this account: which is this one, when the others were seen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::sync::message::Device;

use crate::i18n::{by_count, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Lists the devices as the server last told of them.
#[component]
pub(super) fn Devices() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let devices = Memo::new(move |_| workspace.status.with(|status| status.devices.clone()));
    let none = move || view! { <p class="muted">{tongue.word(words::device::UNKNOWN)}</p> };
    view! {
        <section aria-labelledby="h-devices">
            <h2 id="h-devices">{tongue.word(words::device::TITLE)}</h2>
            <Show when=move || !devices.with(Vec::is_empty) fallback=none>
                <ul class="rows">
                    {move || devices.get().into_iter().map(|device| view! { <Row device /> }).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Row(device: Device) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Device { replica, name, seen_ms, waiting } = device;
    let this = workspace.is_this_device(replica);
    let waiting = usize::try_from(waiting).unwrap_or_default();
    let seen = move || {
        if this {
            tongue.say(words::device::THIS).to_owned()
        } else {
            tongue.tell(&words::device::seen(tongue.moment(seen_ms)))
        }
    };
    let waits = move || {
        let words = by_count(waiting, words::sync::WAITING_ONE, words::sync::waiting_many);
        (waiting > 0).then(|| view! { <span>{tongue.tell(&words)}</span> })
    };
    let remove = (!this).then(|| view! { <Remove replica name=name.clone() /> });
    view! {
        <li class="row">
            <Icon name="laptop" />
            <div class="row__b">
                <b>{name}</b>
                <div class="row__m">
                    <span>{seen}</span>
                    {waits}
                </div>
                {remove}
            </div>
        </li>
    }
}

/// Removes a device, after asking: what it has not sent will not be taken in.
#[component]
fn Remove(replica: talkoot_core::id::ReplicaId, name: String) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let name = StoredValue::new(name);
    let remove = move |_| {
        asking.set(false);
        spawn_local(async move {
            match workspace.remove_device(replica).await {
                Ok(()) => toasts.say(words::device::REMOVED),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    let label =
        move || name.with_value(|name| format!("{}: {name}", tongue.say(words::device::REMOVE)));
    let button = move || {
        view! {
            <button type="button" class="btn btn--quiet" aria-label=label on:click=move |_| asking.set(true)>
                {tongue.word(words::device::REMOVE)}
            </button>
        }
    };
    view! {
        <Show when=move || asking.get() fallback=button>
            <p class="small" role="status">{tongue.word(words::device::REMOVE_TEXT)}</p>
            <div class="acts">
                <button type="button" class="btn btn--danger" on:click=remove>
                    {tongue.word(words::device::REMOVE)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| asking.set(false)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </Show>
    }
}
