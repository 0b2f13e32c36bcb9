//! The page for an address that leads nowhere.

use leptos::prelude::*;

use crate::i18n::{use_tongue, words};
use crate::ui::icon::Drawing;
use crate::ui::page::use_page_title;

/// Says that there is nothing here and where to go.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let tongue = use_tongue();
    use_page_title(move || tongue.say(words::not_found::TITLE).to_owned());
    view! {
        <div class="empty">
            <Drawing name="weave" class="weave" />
            <h1>{tongue.word(words::not_found::TITLE)}</h1>
            <p>{tongue.word(words::not_found::TEXT)}</p>
            <a class="btn btn--primary" href="/">{tongue.word(words::nav::HOME)}</a>
        </div>
    }
}
