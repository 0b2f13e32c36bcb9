//! An empty place: the weave, one sentence on what will be here, one thing to do.

use leptos::prelude::*;

use super::icon::Drawing;
use crate::i18n::{Word, use_tongue};

/// Says that there is nothing yet, and what to do about it.
#[component]
pub(crate) fn Empty(
    title: Word,
    text: Word,
    /// What a person can do; nothing where there is nothing to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <div class="panel empty">
            <Drawing name="weave" class="weave" />
            <p class="h3">{tongue.word(title)}</p>
            <p>{tongue.word(text)}</p>
            {children.map(|children| children())}
        </div>
    }
}
