//! The first visit after signing in: language, the workspace onto the device, installing.
//! Everything can be used before all of it has come.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{by_count, use_tongue, words};
use crate::time_text;
use crate::ui::icon::Icon;
use crate::ui::language::LanguageSegment;
use crate::ui::page::use_page_title;
use crate::ui::sync_mark::{Mark, Shape};
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Draws the welcome.
#[component]
pub(crate) fn FirstRun() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::welcome::TITLE).to_owned());
    let hello = move || {
        let name = workspace.me.with(|me| me.as_ref().map(|me| me.name.clone()));
        let first = name.as_deref().and_then(|name| name.split_whitespace().next());
        let hello = tongue.say(words::welcome::TITLE);
        first.map_or_else(|| hello.to_owned(), |first| format!("{hello}, {first}"))
    };
    view! {
        <h1>{hello}</h1>
        <p class="lead">{tongue.word(words::welcome::LEAD)}</p>
        <ol class="setup">
            <LanguageStep />
            <FetchStep />
            <InstallStep />
        </ol>
        <div class="first__a">
            <a class="btn btn--primary btn--big" href="/">
                {tongue.word(words::welcome::OPEN)}
                <Icon name="arrow-right" />
            </a>
        </div>
    }
}

#[component]
fn LanguageStep() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li class="setup--done">
            <span class="ball ball--brand">
                <Icon name="check" />
            </span>
            <div>
                <h2>{tongue.word(words::settings::LANGUAGE)}</h2>
                <p class="muted">{tongue.word(words::welcome::LANGUAGE_TEXT)}</p>
                <LanguageSegment />
            </div>
        </li>
    }
}

/// Counts what has come. How much there is, nobody knows before it is there.
#[component]
fn FetchStep() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let done = Memo::new(move |_| workspace.status.with(|status| status.caught_up));
    let count = Memo::new(move |_| workspace.summaries.with(|all| all.iter().count()));
    let come = move || {
        let number = |count| words::welcome::come_many(time_text::number(tongue.language(), count));
        tongue.tell(&by_count(count.get(), words::welcome::COME_ONE, number))
    };
    let ball = move || {
        if done.get() {
            view! { <span class="ball ball--brand"><Icon name="check" /></span> }.into_any()
        } else {
            view! {
                <span class="ball ball--info">
                    <Shape mark=Signal::stored(Mark::Syncing) />
                </span>
            }
            .into_any()
        }
    };
    let text = move || {
        tongue.say(if done.get() { words::welcome::FETCHED } else { words::welcome::FETCHING })
    };
    view! {
        <li class="setup--now" aria-current="step">
            {ball}
            <div>
                <h2>{tongue.word(words::welcome::DEVICE)}</h2>
                <p class="muted">{text}</p>
                <p class="small muted num">{come}</p>
                <Keep />
            </div>
        </li>
    }
}

/// Asks the browser not to clear what is stored.
#[component]
fn Keep() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let kept = Memo::new(move |_| {
        workspace.status.with(|status| status.storage.is_some_and(|storage| storage.persisted))
    });
    let ask = move |_| {
        spawn_local(async move {
            let granted = workspace.ask_persistent_storage().await;
            toasts.say(if granted { words::welcome::KEPT } else { words::welcome::NOT_KEPT });
        });
    };
    view! {
        <Show when=move || !kept.get()>
            <button type="button" class="btn btn--soft" on:click=ask>
                {tongue.word(words::welcome::KEEP)}
            </button>
        </Show>
    }
}

#[component]
fn InstallStep() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <span class="ball" aria-hidden="true">
                <Icon name="download-simple" />
            </span>
            <div>
                <h2>{tongue.word(words::welcome::INSTALL)}</h2>
                <p class="muted">{tongue.word(words::welcome::INSTALL_TEXT)}</p>
            </div>
        </li>
    }
}
