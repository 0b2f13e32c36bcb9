//! What is done seldom with a thing, behind three dots.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n::{use_tongue, words};

/// Holds buttons that are out of the way until somebody asks.
#[component]
pub(crate) fn More(children: Children) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <details class="moreacts">
            <summary class="ib" aria-label=tongue.word(words::practice::MORE)>
                <Icon name="dots-three" />
            </summary>
            <div class="menu">{children()}</div>
        </details>
    }
}
