//! One thing that waits to be sent: what was done to what, and when.

use leptos::prelude::*;
use talkoot_core::sync::outbox::{WaitingWork, Work};

use super::record_row::title;
use super::sync_mark::{Mark, Shape};
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::workspace::use_workspace;

/// Names what was done in a word a person uses.
pub(crate) fn work_word(work: Work) -> Word {
    match work {
        Work::Created => words::work::CREATED,
        Work::Wrote => words::work::WROTE,
        Work::Received => words::work::RECEIVED,
        Work::ChangedFields => words::work::CHANGED_FIELDS,
        Work::Discussed => words::work::DISCUSSED,
        Work::Noted => words::work::NOTED,
        Work::Published => words::work::PUBLISHED,
        Work::Unpublished => words::work::UNPUBLISHED,
        Work::Trashed => words::work::TRASHED,
        Work::Restored => words::work::RESTORED,
    }
}

/// Draws a row of the list of what waits.
#[component]
pub(crate) fn WaitingRow(work: WaitingWork) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let WaitingWork { record, work, stamp, .. } = work;
    let name = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        match summary {
            Some(summary) => {
                let href = address::of(summary.kind, record, &summary.title);
                view! { <a href=href>{title(tongue, &summary)}</a> }.into_any()
            }
            // A notebook is in no list; what is noted there has no other name.
            None if work == Work::Noted => {
                view! { <b>{tongue.say(words::work::NOTEBOOK)}</b> }.into_any()
            }
            None => view! { <b>{tongue.say(words::record::UNTITLED)}</b> }.into_any(),
        }
    };
    view! {
        <li class="row">
            <Shape mark=Signal::stored(Mark::Waiting(1)) />
            <div class="row__b">
                {name}
                <div class="row__m">
                    <span>{tongue.word(work_word(work))}</span>
                    <span>{move || tongue.moment(stamp.wall_ms)}</span>
                </div>
            </div>
        </li>
    }
}
