//! What waits for this person: choices to settle, changes that were set aside.

use leptos::prelude::*;
use std::sync::Arc;
use talkoot_core::summary::Summary;

use crate::address;
use crate::i18n::{by_count, use_tongue, words};
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, Shape};
use crate::workspace::use_workspace;

/// Shows a card for each thing; nothing at all when nothing waits.
#[component]
pub(crate) fn Awaiting() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let choices = Memo::new(move |_| {
        workspace.summaries.with(|all| {
            let asking = all.iter().filter(|summary| workspace.choices_of(summary) > 0);
            asking.cloned().collect::<Vec<Arc<Summary>>>()
        })
    });
    let set_aside = Memo::new(move |_| workspace.status.with(|status| status.set_aside.len()));
    view! {
        <Show when=move || !choices.with(Vec::is_empty) || set_aside.get() != 0>
            <section class="await" aria-labelledby="h-await">
                <h2 id="h-await">{tongue.word(words::home::AWAIT)}</h2>
                <ul class="await__l">
                    {move || choices.get().into_iter().map(|it| view! { <ChoiceLink summary=it /> }).collect_view()}
                    {move || (set_aside.get() > 0).then(|| view! { <SetAsideLink count=set_aside.get() /> })}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn ChoiceLink(summary: Arc<Summary>) -> impl IntoView {
    let tongue = use_tongue();
    let href = address::of(summary.kind, summary.record, &summary.title);
    let count = use_workspace().choices_of(&summary);
    view! {
        <li>
            <a href=href>
                <Shape mark=Signal::stored(Mark::Attention) class="on-ball" />
                <span>
                    <b>{move || title(tongue, &summary)}</b>
                    <span class="muted">
                        {move || tongue.tell(&by_count(count, words::home::CHOICES_ONE, words::home::choices_many))}
                    </span>
                    <span class="golink">{tongue.word(words::home::CHOOSE)}</span>
                </span>
            </a>
        </li>
    }
}

#[component]
fn SetAsideLink(count: usize) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <a href="/sync">
                <Shape mark=Signal::stored(Mark::Attention) class="on-ball" />
                <span>
                    <b>
                        {move || tongue.tell(&by_count(count, words::home::SET_ASIDE_ONE, words::home::set_aside_many))}
                    </b>
                    <span class="muted">{tongue.word(words::home::SET_ASIDE_TEXT)}</span>
                    <span class="golink">{tongue.word(words::home::LOOK)}</span>
                </span>
            </a>
        </li>
    }
}
