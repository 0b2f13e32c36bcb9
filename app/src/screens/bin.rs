//! The bin: what was put there, how long it stays, and how to take it out.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::limits::BIN_MS;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;

use crate::device;
use crate::i18n::{Phrase, by_count, use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::empty::Empty;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::record_row::{icon, title};
use crate::workspace::use_workspace;

const DAY_MS: u64 = 86_400_000;

/// Draws the bin.
#[component]
pub(crate) fn Bin() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::bin::TITLE).to_owned());
    let things = Memo::new(move |_| {
        let mut things: Vec<(Stamp, Arc<Summary>)> = workspace.summaries.with(|all| {
            // What never got a word has nothing to come back for.
            let things = all.iter().filter(|it| !it.blank);
            things.filter_map(|it| Some((it.trashed?, Arc::clone(it)))).collect()
        });
        things.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
        things
    });
    let empty = || view! { <Empty title=words::bin::EMPTY text=words::bin::EMPTY_TEXT /> };
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::bin::TITLE)}</h1>
                <p class="lead">{tongue.word(words::bin::LEAD)}</p>
            </div>
        </header>
        <Show when=move || !things.with(Vec::is_empty) fallback=empty>
            <ul class="rows">
                <For
                    each=move || things.get()
                    key=|(since, summary)| (summary.record, *since)
                    children=|(since, summary)| view! { <Row since summary /> }
                />
            </ul>
        </Show>
    }
}

#[component]
fn Row(since: Stamp, summary: Arc<Summary>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let record = summary.record;
    let glyph = icon(summary.kind);
    let name = {
        let summary = Arc::clone(&summary);
        Signal::derive(move || title(tongue, &summary))
    };
    let left = move || tongue.tell(&left(since.wall_ms));
    view! {
        <li class="row">
            <Icon name=glyph />
            <div class="row__b">
                <b>{name}</b>
                <div class="row__m">
                    <span>{move || tongue.tell(&words::bin::since(tongue.moment(since.wall_ms)))}</span>
                    <span>{left}</span>
                </div>
            </div>
            <button
                type="button"
                class="btn btn--soft"
                aria-label=move || format!("{}: {}", tongue.say(words::act::RESTORE), name.get())
                on:click=move |_| acts.restore(record)
            >
                {tongue.word(words::act::RESTORE)}
            </button>
        </li>
    }
}

/// Says how long a thing that was put here at `since_ms` still stays.
pub(super) fn left(since_ms: u64) -> Phrase {
    let days = days_left(since_ms, device::now_ms());
    by_count(days, words::bin::LEFT_ONE, words::bin::left_many)
}

/// Counts the days a thing still stays, the last one whole.
fn days_left(since_ms: u64, now_ms: u64) -> usize {
    let left_ms = (since_ms.saturating_add(BIN_MS)).saturating_sub(now_ms);
    usize::try_from(left_ms.div_ceil(DAY_MS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p11_a_thing_stays_thirty_days_and_never_less_than_none() {
        assert_eq!(days_left(0, 0), 30);
        assert_eq!(days_left(0, DAY_MS + 1), 29);
        assert_eq!(days_left(0, BIN_MS), 0);
        assert_eq!(days_left(0, BIN_MS * 2), 0);
    }
}
