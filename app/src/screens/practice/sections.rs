//! The sections of a practice as a reader sees them: the summary, then the whole path.

use leptos::prelude::*;
use talkoot_core::schema::Field;

use super::path;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::field::shown::{Shown, is_filled};

/// The list of the names of the path's parts.
pub(super) const PARTS: &str = "path_part";

/// Draws the sections of the summary page.
#[component]
pub(super) fn Summary(session: RecordSession) -> impl IntoView {
    path::summary().into_iter().map(|field| view! { <Section session field /> }).collect_view()
}

/// Draws one field under its label, if it says anything.
#[component]
pub(super) fn Section(session: RecordSession, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let id = format!("h-{}", field.name);
    view! {
        <Show when=move || is_filled(session, field)>
            <section aria-labelledby=id.clone()>
                <h2 id=id.clone()>{tongue.word(field.label)}</h2>
                <Shown session field />
            </section>
        </Show>
    }
}

/// Draws the three parts of the path with what is filled in; what the summary has, it leads to.
#[component]
pub(super) fn WholePath(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let parts = move || path::parts().map(|part| view! { <Part session part /> }).collect_view();
    view! {
        <Show when=move || path::parts().any(|part| has_own(session, part))>
            <section class="path" aria-labelledby="h-path">
                <h2 id="h-path">{tongue.word(words::practice::WHOLE_PATH)}</h2>
                {parts}
            </section>
        </Show>
    }
}

/// Says whether a part has words that the summary has not.
fn has_own(session: RecordSession, part: u8) -> bool {
    path::sections(part).into_iter().any(|field| {
        field.step.is_some_and(|step| step.summary.is_none()) && is_filled(session, field)
    })
}

#[component]
fn Part(session: RecordSession, part: u8) -> impl IntoView {
    let tongue = use_tongue();
    let filled = move || path::sections(part).into_iter().any(|field| is_filled(session, field));
    let sections = move || {
        let one = |field| view! { <PathSection session field /> };
        path::sections(part).into_iter().map(one).collect_view()
    };
    view! {
        <Show when=filled>
            <div class="path__part">
                <h3>{move || tongue.code(PARTS, &part.to_string())}</h3>
                {sections}
            </div>
        </Show>
    }
}

#[component]
fn PathSection(session: RecordSession, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let above = field.step.and_then(|step| step.summary).is_some();
    let body = move || {
        if above {
            let href = format!("#h-{}", field.name);
            view! {
                <p class="small">
                    <a href=href rel="external">{tongue.word(words::practice::IN_SUMMARY)}</a>
                </p>
            }
            .into_any()
        } else {
            view! { <Shown session field above=4 /> }.into_any()
        }
    };
    view! {
        <Show when=move || is_filled(session, field)>
            <h4 id=(!above).then(|| format!("h-{}", field.name))>{tongue.word(field.label)}</h4>
            {body}
        </Show>
    }
}
