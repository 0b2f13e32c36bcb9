//! What a file brought: added, changed, known, asks you, unverified. Each record is a link.

use leptos::prelude::*;
use talkoot_core::id::RecordId;

use crate::address;
use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::ui::record_row::title;
use crate::workspace::{Brought, use_workspace};

/// The most records that are listed by name.
const LISTED_MAX: usize = 50;

/// Draws the report (rule P44).
#[component]
pub(super) fn Report(brought: Brought) -> impl IntoView {
    let tongue = use_tongue();
    let Brought { added, changed, asks, carried, known, unverified, refused } = brought;
    let counts = carried == 0 && unverified == 0 && refused == 0;
    let nothing = added.is_empty() && changed.is_empty() && counts;
    let nothing = nothing.then(|| view! { <p>{tongue.word(words::transfer::NOTHING_NEW)}</p> });
    let line = |count: usize, phrase: Phrase| {
        (count > 0).then(|| view! { <p>{move || tongue.tell(&phrase)}</p> })
    };
    let carries = by_count(carried, words::transfer::CARRIED_ONE, words::transfer::carried_many);
    let known_words = by_count(known, words::transfer::KNOWN_ONE, words::transfer::known_many);
    let waits =
        by_count(unverified, words::transfer::UNVERIFIED_ONE, words::transfer::unverified_many);
    let left_out = by_count(refused, words::transfer::LEFT_OUT_ONE, words::transfer::left_out_many);
    view! {
        {nothing}
        <Records heading=words::transfer::ADDED id="h-added" records=added />
        <Records heading=words::transfer::CHANGED id="h-changed" records=changed />
        <Records heading=words::transfer::ASKS id="h-asks" records=asks />
        {line(carried, carries)}
        {line(known, known_words)}
        {line(unverified, waits)}
        {line(refused, left_out)}
    }
}

/// Lists records under a heading; nothing where there are none.
#[component]
fn Records(heading: Word, id: &'static str, records: Vec<RecordId>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    if records.is_empty() {
        return ().into_any();
    }
    let count = records.len();
    let rest = count.saturating_sub(LISTED_MAX);
    let row = move |record: RecordId| {
        let link = move || {
            let summary = workspace.summaries.with(|all| all.get(record).cloned());
            match summary {
                Some(summary) => {
                    let href = address::of(summary.kind, record, &summary.title);
                    view! { <a href=href>{title(tongue, &summary)}</a> }.into_any()
                }
                None => view! { <span>{tongue.say(words::record::UNTITLED)}</span> }.into_any(),
            }
        };
        view! { <li>{link}</li> }
    };
    let rows = records.into_iter().take(LISTED_MAX).map(row).collect_view();
    let more = move || (rest > 0).then(|| tongue.tell(&words::transfer::more(rest)));
    view! {
        <section aria-labelledby=id>
            <h3 id=id>{tongue.word(heading)} " (" {count} ")"</h3>
            <ul>{rows}</ul>
            <p class="small muted">{more}</p>
        </section>
    }
    .into_any()
}
