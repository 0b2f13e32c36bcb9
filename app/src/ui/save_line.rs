//! The line under the title that says where the words are safe.

use leptos::prelude::*;

use crate::i18n::{Word, use_tongue, words};
use crate::record_session::SaveState;

/// Says where the latest words are; "sent" only when the server has them.
#[component]
pub(crate) fn SaveLine(#[prop(into)] state: Signal<SaveState>) -> impl IntoView {
    let tongue = use_tongue();
    let word = Memo::new(move |_| state.with(word));
    view! {
        <p class="small muted saveline" role="status">{move || tongue.say(word.get())}</p>
    }
}

fn word(state: &SaveState) -> Word {
    match state {
        SaveState::Writing => words::save::WRITING,
        SaveState::OnDevice => words::save::ON_DEVICE,
        SaveState::Sent => words::save::SENT,
        SaveState::Refused => words::save::REFUSED,
        SaveState::Failed(_) => words::save::FAILED,
    }
}
