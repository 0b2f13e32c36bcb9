//! The phase of development as four steps, the present one marked.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::area;

use crate::i18n::{Word, use_tongue, words};
use crate::workspace::use_workspace;

const LIST: &str = "phase";

/// Draws the steps; a practice without a phase has none.
#[component]
pub(super) fn PhaseSteps(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let now = move || {
        let phase = workspace.summaries.with(|all| all.get(record)?.subkind.clone())?;
        area::codes(LIST).position(|code| code.code == phase)
    };
    let step = move |now: usize, (place, code): (usize, area::Code)| {
        let class = match place.cmp(&now) {
            std::cmp::Ordering::Less => "step step--done",
            std::cmp::Ordering::Equal => "step step--now",
            std::cmp::Ordering::Greater => "step",
        };
        view! {
            <li class=class aria-current=(place == now).then_some("step")>
                <span>{tongue.word(Word(code.labels))}</span>
            </li>
        }
    };
    let steps = move |now| {
        let steps = area::codes(LIST).enumerate().map(|it| step(now, it)).collect_view();
        view! {
            <section class="phase" aria-label=tongue.word(words::practice::PHASE)>
                <ol class="steps">{steps}</ol>
            </section>
        }
    };
    move || now().map(steps)
}
