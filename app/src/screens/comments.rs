//! The open comments that wait for this person: what somebody without an account wrote, and what
//! becomes of it.

mod card;
mod refusal;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::card::Card;
use crate::i18n::{use_tongue, words};
use crate::ui::empty::Empty;
use crate::ui::fault_text;
use crate::ui::page::use_page_title;
use crate::workspace::{ActError, use_workspace};

/// Draws the queue.
#[component]
pub(crate) fn Comments() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::comments::TITLE).to_owned());
    let fault = RwSignal::new(None::<ActError>);
    spawn_local(async move {
        fault.try_set(workspace.read_held().await.err());
    });
    let held = move || workspace.held.get().unwrap_or_default();
    let is_read = Memo::new(move |_| workspace.held.with(Option::is_some));
    let nothing = move || {
        let none =
            || view! { <Empty title=words::comments::NONE text=words::comments::NONE_TEXT /> };
        is_read.get().then(none)
    };
    let said = move || {
        let fault = fault.get()?;
        Some(
            view! { <p class="panel" role="status">{tongue.tell(&fault_text::of_act(&fault))}</p> },
        )
    };
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::comments::TITLE)}</h1>
                <p class="lead">{tongue.word(words::comments::LEAD)}</p>
            </div>
        </header>
        {said}
        <Show when=move || !held().is_empty() fallback=nothing>
            <ul class="rows">
                <For each=held key=|it| it.id children=|held| view! { <Card held /> } />
            </ul>
        </Show>
    }
}
