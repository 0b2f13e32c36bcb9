//! Changes of devices that nobody vouched for: whose they say they are, approve or discard.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::access::Role;
use talkoot_core::transfer::Waiting;

use crate::i18n::{by_count, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::{ImportFault, use_workspace};

/// Lists what waits for approval; nothing where nothing does (rule P46).
#[component]
pub(in super::super) fn Unverified() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let waiting = Memo::new(move |_| workspace.status.with(|status| status.unverified.clone()));
    view! {
        <Show when=move || !waiting.with(Vec::is_empty)>
            <section class="clashbox" aria-labelledby="h-unverified">
                <div>
                    <h2 id="h-unverified">{tongue.word(words::transfer::UNVERIFIED)}</h2>
                    <p class="muted">{tongue.word(words::transfer::UNVERIFIED_TEXT)}</p>
                </div>
                <ul class="rows">
                    {move || waiting.get().into_iter().map(|waiting| view! { <Row waiting /> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(waiting: Waiting) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let Waiting { replica, author, key, records, changes } = waiting;
    let who = move || {
        let name = workspace.name_of(author);
        name.unwrap_or_else(|| tongue.say(words::transfer::UNKNOWN_PERSON).to_owned())
    };
    let amount = by_count(changes, words::transfer::CHANGES_ONE, words::transfer::changes_many);
    let titles = move || {
        let titles = records.iter().filter_map(|record| workspace.title_of(*record));
        titles.collect::<Vec<_>>().join(", ")
    };
    let device = format!("{replica}");
    let approve = move |_| {
        spawn_local(async move {
            match workspace.approve_maker(replica, author).await {
                Ok(_) => toasts.say(words::transfer::APPROVED),
                Err(ImportFault::Act(fault)) => toasts.say(fault_text::of_act(&fault)),
                Err(_) => toasts.say(words::fault::ACT),
            }
        });
    };
    let discard = move |_| {
        spawn_local(async move {
            if let Err(fault) = workspace.turn_down_maker(replica, author).await {
                toasts.say(fault_text::of_act(&fault));
            }
        });
    };
    // Without a key nothing can be proved, whoever says so; whoever only reads vouches for nobody.
    let is_member = Memo::new(move |_| {
        let role = workspace.me.with(|me| me.as_ref().map(|me| me.caller.role));
        matches!(role, Some(Role::Member | Role::Coordinator))
    });
    let has_key = key.is_some();
    let can_approve = move || has_key && is_member.get();
    view! {
        <li class="row">
            <div class="row__b">
                <b>{who}</b>
                <div class="row__m">
                    <span>{move || tongue.tell(&amount)}</span>
                    <span>{titles}</span>
                </div>
                <p class="small muted">{move || tongue.tell(&words::transfer::device(device.clone()))}</p>
                <div class="acts">
                    <button type="button" class="btn btn--soft" disabled=move || !can_approve() on:click=approve>
                        {tongue.word(words::transfer::APPROVE)}
                    </button>
                    <button type="button" class="btn btn--quiet" on:click=discard>
                        {tongue.word(words::aside::DISCARD)}
                    </button>
                </div>
            </div>
        </li>
    }
}
