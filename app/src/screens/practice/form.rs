//! The form of a practice: basics, the three parts of the path in any order, evidence and lessons.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind, Shape, Step};

use super::path;
use super::points::anchor;
use super::sections::PARTS;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::document::TitleField;
use crate::ui::field::editor::FieldEditor;

/// Draws the form.
#[component]
pub(super) fn Form(record: RecordId, session: RecordSession) -> impl IntoView {
    let part = move |part| view! { <PathPart session part record /> };
    let parts = path::parts().map(part).collect_view();
    view! {
        <TitleField record session kind=Kind::Practice />
        <Group record session id="part-basics" label=words::practice::BASICS fields=path::basics() />
        {parts}
        <Group record session id="part-proof" label=words::practice::PROOF fields=path::proof() />
    }
}

/// Draws fields that are no sections of the path.
#[component]
fn Group(
    record: RecordId,
    session: RecordSession,
    id: &'static str,
    label: Word,
    fields: Vec<&'static Field>,
) -> impl IntoView {
    let tongue = use_tongue();
    let heading = format!("h-{id}");
    let one = move |field| view! { <Entry record session field /> };
    view! {
        <section class="panel stack pgroup" id=id tabindex="-1" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{tongue.word(label)}</h2>
            {fields.into_iter().map(one).collect_view()}
        </section>
    }
}

/// Draws the sections of one part of the path.
#[component]
fn PathPart(record: RecordId, session: RecordSession, part: u8) -> impl IntoView {
    let tongue = use_tongue();
    let (id, heading) = (format!("part-{part}"), format!("h-part-{part}"));
    let one = move |field| view! { <Entry record session field /> };
    view! {
        <section class="panel stack pgroup" id=id tabindex="-1" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{move || tongue.code(PARTS, &part.to_string())}</h2>
            {path::sections(part).into_iter().map(one).collect_view()}
        </section>
    }
}

/// Draws one field in its place; a formatted text has a heading and what to write there.
#[component]
fn Entry(record: RecordId, session: RecordSession, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let heading = (field.shape == Shape::RichText).then(|| {
        view! {
            <div class="psection__h">
                <h3>{tongue.word(field.label)}</h3>
                {field.step.and_then(|step| step.summary).map(|_| view! { <Star /> })}
            </div>
        }
    });
    let guidance = field.step.map(|Step { guidance, .. }| {
        view! { <p class="hint">{tongue.word(guidance)}</p> }
    });
    view! {
        <div class="psection" id=anchor(field) tabindex="-1">
            {heading}
            {guidance}
            <FieldEditor record session field />
        </div>
    }
}

/// Marks a section that the summary page shows.
#[component]
fn Star() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <span class="small muted">
            <span aria-hidden="true">"★ "</span>
            {tongue.word(words::practice::ON_SUMMARY)}
        </span>
    }
}
