//! How much is unread, beside the way to the inbox.

use leptos::prelude::*;

use super::shared::use_inbox;
use crate::i18n::{by_count, use_tongue, words};
use crate::time_text;

/// Says how much is unread; nothing where nothing is.
#[component]
pub(crate) fn InboxCount() -> impl IntoView {
    let tongue = use_tongue();
    let unread = use_inbox().unread;
    let number = move |count| time_text::number(tongue.language(), count);
    let said = move |count| {
        tongue.tell(&by_count(count, words::inbox::UNREAD_ONE, |count| {
            words::inbox::unread_many(number(count))
        }))
    };
    move || {
        let count = Some(unread.get()).filter(|count| *count > 0)?;
        Some(view! {
            <span class="count" aria-hidden="true">{number(count)}</span>
            <span class="vh">" " {said(count)}</span>
        })
    }
}
