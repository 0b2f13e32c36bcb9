//! The small marks of a practice: how far it has come, how well it is known to work.

use leptos::prelude::*;
use talkoot_core::summary::Summary;

use super::facet;
use crate::i18n::use_tongue;
use crate::ui::icon::Drawing;

/// Draws a bar for each phase, those that are reached filled, and the phase's name.
#[component]
pub(super) fn PhaseMark<'a>(summary: &'a Summary) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let reached = facet::phase(summary);
    let code = summary.subkind.clone();
    let bar = |place: usize| view! { <b class:on=place <= reached></b> };
    code.map(|code| {
        view! {
            <span class="mini">
                <i aria-hidden="true">{(1..=facet::phases()).map(bar).collect_view()}</i>
                {move || tongue.code("phase", &code)}
            </span>
        }
    })
}

/// Draws the bars of the evidence and its level's name.
#[component]
pub(super) fn EvidenceMark<'a>(summary: &'a Summary) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let level = summary.practice.as_ref().and_then(|it| it.evidence.clone());
    level.map(|level| {
        view! {
            <span class="ev">
                <EvidenceBars level=&level />
                {move || tongue.code("evidence_level", &level)}
            </span>
        }
    })
}

/// Draws the bars of a level of evidence; the words stand beside them.
#[component]
pub(super) fn EvidenceBars<'a>(level: &'a str) -> impl IntoView + use<> {
    let name = match level {
        "experience" => "ev-1",
        "monitored" => "ev-2",
        "evaluated" => "ev-3",
        _ => return None,
    };
    Some(view! { <Drawing name class="ev__b" /> })
}
