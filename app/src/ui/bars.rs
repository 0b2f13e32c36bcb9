//! What stands above every page when it must be said: sign in again, a new version.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::sync::message::Close;

use super::icon::Icon;
use crate::i18n::{by_count, use_tongue, words};
use crate::workspace::{LineState, use_workspace};

/// Shows the bars that apply.
#[component]
pub(crate) fn Bars() -> impl IntoView {
    view! {
        <HeldBar />
        <UpdateBar />
    }
}

/// Says why nothing is sent although there is a network, and what to do.
#[component]
fn HeldBar() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let held = Memo::new(move |_| {
        workspace.status.with(|status| match status.line {
            LineState::Held(close) => Some((close, status.waiting.len())),
            LineState::Online | LineState::Connecting | LineState::Offline => None,
        })
    });
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    let bar = move |(close, waiting): (Close, usize)| {
        let text = match (close, waiting) {
            (Close::SignedOut, 0) => words::held::SIGNED_OUT.into(),
            (Close::SignedOut, _) => {
                by_count(waiting, words::held::SIGNED_OUT_ONE, words::held::signed_out_many)
            }
            (Close::NotAllowed, _) => words::held::NOT_ALLOWED.into(),
            (Close::TakenOver, _) => words::held::TAKEN_OVER.into(),
            (Close::TooOld, _) => words::held::TOO_OLD.into(),
            (Close::TooMuch, _) => words::held::TOO_MUCH.into(),
        };
        let link = matches!(close, Close::SignedOut | Close::NotAllowed).then(|| {
            view! {
                <a class="btn btn--primary" href="/sign-in">
                    {tongue.word(words::account::SIGN_IN)}
                </a>
            }
        });
        view! {
            <div class="banner banner--accent bar" role="status">
                <Icon name="info" />
                <p class="banner__t">{move || tongue.tell(&text)}</p>
                {link}
            </div>
        }
    };
    move || held.get().filter(|_| signed_in.get()).map(bar)
}

/// Offers the new version. Nothing changes before the person says so.
#[component]
fn UpdateBar() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let update = move |_| {
        spawn_local(async move {
            // What is being typed is written down first; a failure leaves this version running.
            workspace.apply_update().await.ok();
        });
    };
    view! {
        <Show when=move || workspace.update_ready.get()>
            <div class="banner banner--brand bar" role="status">
                <Icon name="arrows-clockwise" />
                <p class="banner__t">
                    <b>{tongue.word(words::update::TITLE)}</b>
                    {tongue.word(words::update::TEXT)}
                </p>
                <button type="button" class="btn btn--primary" on:click=update>
                    {tongue.word(words::update::NOW)}
                </button>
            </div>
        </Show>
    }
}
