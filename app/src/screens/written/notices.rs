//! What is said about a written record before its text: that it is not here, is newer, is in the bin.

use leptos::prelude::*;
use talkoot_core::id::RecordId;

use crate::i18n::{Word, use_tongue, words};
use crate::screens::bin;
use crate::ui::icon::Icon;
use crate::workspace::{RecordSync, use_workspace};

/// Says that the thing is not on this device: not sent here yet, or not for this person.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <h1>{tongue.word(words::record::NOT_HERE)}</h1>
        <p class="lead">{tongue.word(words::record::NOT_HERE_TEXT)}</p>
    }
}

/// Says that the text was made with a newer version, so it can only be read here.
#[component]
pub(crate) fn Newer(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let state = use_workspace().record_state(record);
    view! {
        <Show when=move || state.get() == RecordSync::Newer>
            <div class="banner banner--info" role="status">
                <Icon name="info" />
                <p class="banner__t">{tongue.word(words::record::NEWER)}</p>
            </div>
        </Show>
    }
}

/// Says that the record lies in the bin, since when and for how long.
#[component]
pub(crate) fn InBin(record: RecordId, said: Word) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let since =
        Memo::new(move |_| workspace.summaries.with(|all| Some(all.get(record)?.trashed?.wall_ms)));
    let banner = move |since_ms| {
        let when = move || tongue.tell(&words::bin::since(tongue.moment(since_ms)));
        let left = move || tongue.tell(&bin::left(since_ms));
        view! {
            <div class="banner" role="status">
                <Icon name="trash" />
                <p class="banner__t">
                    <b>{tongue.word(said)}</b>
                    {when} " · " {left}
                </p>
            </div>
        }
    };
    move || since.get().map(banner)
}
