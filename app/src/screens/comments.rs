//! The open comments that wait for this person: what somebody without an account wrote, and what
//! becomes of it.

mod card;
mod refusal;
mod taking_out;

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
    let told = Memo::new(move |_| workspace.status.with(|status| status.held.clone()));
    let held = move || told.get().unwrap_or_default();
    let is_read = move || told.with(Option::is_some);
    let any = Memo::new(move |_| told.with(|held| held.as_ref().is_some_and(|it| !it.is_empty())));
    let none = Memo::new(move |_| is_read() && !any.get());
    let said = move || {
        // What was read before stays; what is decided says for itself when it does not go through.
        let fault = fault.get().filter(|_| !is_read())?;
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
        <Show when=move || none.get()>
            <Empty title=words::comments::NONE text=words::comments::NONE_TEXT />
        </Show>
        <Show when=move || any.get()>
            <ul class="rows">
                <For each=held key=|it| it.id children=|held| view! { <Card held /> } />
            </ul>
        </Show>
    }
}
