//! What stands above a text whose words cannot be stored: why, and a file to keep them in.

use leptos::html;
use leptos::prelude::*;

use super::fault_text;
use super::icon::Icon;
use super::toast::use_toasts;
use crate::device::download::save_text;
use crate::i18n::{use_tongue, words};
use crate::record_session::SaveState;

/// The name of the file that carries the words.
const FILE_NAME: &str = "talkoot.txt";

/// Shows while storing fails; the words are taken from where the person sees them.
#[component]
pub(crate) fn SaveFault(
    #[prop(into)] state: Signal<SaveState>,
    paper: NodeRef<html::Div>,
) -> impl IntoView {
    let tongue = use_tongue();
    let toasts = use_toasts();
    let fault = Memo::new(move |_| match state.get() {
        SaveState::Failed(fault) => Some(fault),
        SaveState::Writing | SaveState::OnDevice | SaveState::Sent | SaveState::Refused => None,
    });
    let save = move |_| {
        let text = paper.get_untracked().map(|paper| paper.inner_text()).unwrap_or_default();
        if !save_text(FILE_NAME, &text) {
            toasts.say(words::fault::ACT);
        }
    };
    move || {
        let fault = fault.get()?;
        let (title, text) = (fault_text::title_of(&fault), fault_text::text_of(&fault));
        Some(view! {
            <div class="banner banner--accent" role="alert">
                <Icon name="info" />
                <p class="banner__t">
                    <b>{tongue.word(title)}</b>
                    {tongue.word(text)}
                </p>
                <button type="button" class="btn btn--primary" on:click=save>
                    <Icon name="download-simple" />
                    {tongue.word(words::aside::SAVE)}
                </button>
            </div>
        })
    }
}
