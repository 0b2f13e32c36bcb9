//! The sync centre: that the work is safe, where it is, what waits and for whom.

mod choices;
mod devices;
mod fingerprints;
mod set_aside;
mod storage;
mod transfer;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::choices::Choices;
use self::devices::Devices;
use self::fingerprints::Fingerprints;
use self::set_aside::SetAsides;
use self::storage::StorageMeter;
use self::transfer::{Transfer, Unverified};
use crate::i18n::{by_count, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::overall::use_overall;
use crate::ui::page::use_page_title;
use crate::ui::sync_mark::Shape;
use crate::ui::toast::use_toasts;
use crate::ui::waiting_row::WaitingRow;
use crate::workspace::{LineState, use_workspace};

/// Draws the sync centre.
#[component]
pub(crate) fn SyncCentre() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::sync::TITLE).to_owned());
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    view! {
        <Head />
        <Show when=move || signed_in.get()>
            <Choices />
            <SetAsides />
            <Unverified />
            <div class="cols cols--s">
                <Waiting />
                <Devices />
            </div>
            <Transfer />
            <Fingerprints />
        </Show>
        <StorageMeter />
    }
}

#[component]
fn Head() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let overall = use_overall();
    let line = Memo::new(move |_| workspace.status.with(|status| status.line));
    let owes = Memo::new(move |_| workspace.status.with(|status| status.owes));
    let aside = Memo::new(move |_| workspace.status.with(|status| status.set_aside.len()));
    let lead = move || match (overall.facts.get().waiting, line.get()) {
        _ if workspace.me.with(Option::is_none) => {
            tongue.say(words::account::NOT_SIGNED_IN).to_owned()
        }
        _ if owes.get() => tongue.say(words::sync::GIVING_BACK).to_owned(),
        (0, LineState::Online | LineState::Connecting) if aside.get() == 0 => {
            tongue.say(words::sync::ALL_SENT).to_owned()
        }
        (0, _) => tongue.say(words::sync::NOTHING_WAITS).to_owned(),
        (count, _) => {
            tongue.tell(&by_count(count, words::sync::LEAVES_ONE, words::sync::leaves_many))
        }
    };
    let title = move || {
        let has_work = workspace.me.with(Option::is_some);
        tongue.say(if has_work { words::sync::SAFE } else { words::sync::TITLE })
    };
    let aside_text = move || {
        let count = aside.get();
        let words = by_count(count, words::sync::ASIDE_ONE, words::sync::aside_many);
        (count > 0).then(|| view! { <p>{tongue.tell(&words)}</p> })
    };
    let last = move || {
        let last = workspace.status.with(|status| status.last_synced_ms)?;
        Some(tongue.tell(&words::sync::last(tongue.moment(last))))
    };
    let try_now = move |_| {
        workspace.try_now();
        toasts.say(words::sync::TRYING);
    };
    view! {
        <header class="synchead">
            <Shape mark=overall.mark class="on-xl" />
            <div>
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
                {aside_text}
                <p class="small muted">{last}</p>
            </div>
            <button type="button" class="btn btn--soft" on:click=try_now>
                <Icon name="arrows-clockwise" />
                {tongue.word(words::sync::TRY_NOW)}
            </button>
        </header>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let waiting = Memo::new(move |_| workspace.status.with(|status| status.waiting.clone()));
    let export = move |_| {
        spawn_local(async move {
            if let Err(fault) = workspace.export_unsent().await {
                toasts.say(fault_text::of_act(&fault));
            }
        });
    };
    let nothing = move || view! { <p class="muted">{tongue.word(words::sync::NOTHING_WAITS)}</p> };
    view! {
        <section aria-labelledby="h-waiting">
            <div class="sec__h">
                <h2 id="h-waiting">{tongue.word(words::sync::WAITS)}</h2>
            </div>
            <Show when=move || !waiting.with(Vec::is_empty) fallback=nothing>
                <ul class="rows">
                    {move || waiting.get().into_iter().map(|work| view! { <WaitingRow work /> }).collect_view()}
                </ul>
                <button type="button" class="btn btn--quiet" on:click=export>
                    <Icon name="download-simple" />
                    {tongue.word(words::sync::EXPORT)}
                </button>
            </Show>
        </section>
    }
}
