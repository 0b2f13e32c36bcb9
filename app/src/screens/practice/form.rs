//! The form of a practice: basics, the three parts of the path in any order, evidence and lessons.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind, Shape, Step};

use super::path;
use super::points::anchor;
use super::sections::PARTS;
use super::twins::Twins;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::written::TitleField;
use crate::ui::field::editor::FieldEditor;

/// Draws the form.
#[component]
pub(super) fn Form(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let word = move |word: Word| Signal::derive(move || tongue.say(word).to_owned());
    let part = move |part: u8| {
        let label = Signal::derive(move || tongue.code(PARTS, &part.to_string()));
        let (id, fields) = (format!("part-{part}"), path::sections(part));
        view! { <Group record session id label fields /> }
    };
    let (basics, proof) = (word(words::practice::BASICS), word(words::practice::PROOF));
    view! {
        <div class="stack stack--sm">
            <TitleField session kind=Kind::Practice />
            <Twins record />
        </div>
        <Group record session id="part-basics" label=basics fields=path::basics() />
        {path::parts().map(part).collect_view()}
        <Group record session id="part-proof" label=proof fields=path::proof() />
    }
}

/// Draws some fields under a heading.
#[component]
fn Group(
    record: RecordId,
    session: RecordSession,
    #[prop(into)] id: String,
    label: Signal<String>,
    fields: Vec<&'static Field>,
) -> impl IntoView {
    let heading = format!("h-{id}");
    let one = move |field| view! { <Entry record session field /> };
    view! {
        <section class="panel stack pgroup" id=id tabindex="-1" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{label}</h2>
            {fields.into_iter().map(one).collect_view()}
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
