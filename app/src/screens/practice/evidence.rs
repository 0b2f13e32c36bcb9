//! What is known of the working of a practice: its level, and what was found, how and from whom.

use leptos::prelude::*;
use talkoot_core::record::FieldState;
use talkoot_core::schema::{Part, Shape, area, practice_field};
use talkoot_core::value::{Scalar, Value};

use super::path;
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::field::shown::is_filled;
use crate::ui::field::text::scalar_text;
use crate::workspace::use_workspace;

const LIST: &str = "evidence_level";

/// Draws the level and the entries of evidence, if there are any.
#[component]
pub(super) fn Evidence(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let (level, entries) =
        (path::field(practice_field::EVIDENCE_LEVEL), path::field(practice_field::EVIDENCE));
    let filled =
        Memo::new(move |_| level.into_iter().chain(entries).any(|field| is_filled(session, field)));
    let heading = move || entries.map(|field| tongue.say(field.label));
    view! {
        <Show when=move || filled.get()>
            <section aria-labelledby="h-evidence">
                <h2 id="h-evidence">{heading}</h2>
                <Level session />
                <Entries session />
            </section>
        </Show>
    }
}

/// Draws the level as one to three bars and its word.
#[component]
fn Level(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let level = move || {
        session.record.with(|record| {
            let state = record.as_ref()?.field(practice_field::EVIDENCE_LEVEL)?;
            let code = state.value()?.as_text()?;
            area::codes(LIST).position(|it| it.code == code)
        })
    };
    let mark = move |place: usize| {
        let code = area::codes(LIST).nth(place)?;
        let bars = format!("#ev-{}", place.saturating_add(1));
        Some(view! {
            <p class="evline">
                <span class="ev">
                    <svg class="ev__b" aria-hidden="true">
                        <use_ href=bars></use_>
                    </svg>
                    <b>{tongue.word(Word(code.labels))}</b>
                </span>
            </p>
        })
    };
    move || level().map(mark)
}

#[component]
fn Entries(session: RecordSession) -> impl IntoView {
    let entries = move || {
        session.record.with(|record| {
            let state = record.as_ref().and_then(|it| it.field(practice_field::EVIDENCE));
            let items = state.map(FieldState::items).unwrap_or_default();
            let entry = |(_, value): (_, &Value)| view! { <Entry value=value.clone() /> };
            items.into_iter().map(entry).collect_view()
        })
    };
    let filled = move || {
        path::field(practice_field::EVIDENCE).is_some_and(|field| is_filled(session, field))
    };
    view! {
        <Show when=filled>
            <ul class="proofs">{entries}</ul>
        </Show>
    }
}

/// Draws what was found, and under it how it is known.
#[component]
fn Entry(value: Value) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let parts = path::field(practice_field::EVIDENCE).map(|field| field.shape);
    let parts = if let Some(Shape::List(parts)) = parts { parts } else { &[] };
    let result = value.part(practice_field::EVIDENCE_RESULT);
    let result = result.and_then(|it| it.as_text()).map(str::to_owned);
    let result = result.map(|text| view! { <p class="proof__r lines">{text}</p> });
    let is_about =
        |part: &&Part| part.tag != practice_field::EVIDENCE_RESULT && part.shape != Shape::Post;
    let about = parts.iter().filter(is_about);
    let about = about.filter_map(|part| {
        let scalar = value.part(part.tag)?.clone();
        let text = move || scalar_text(tongue, workspace, part.shape, &scalar);
        Some(view! {
            <div>
                <dt>{tongue.word(part.label)}</dt>
                <dd>{text}</dd>
            </div>
        })
    });
    let about = about.collect_view();
    let told = value.part(practice_field::EVIDENCE_POST).cloned();
    view! {
        <li>
            {result}
            <dl class="proof">{about}</dl>
            <ToldIn told />
        </li>
    }
}

/// Leads to the post in a discussion that something was taken over from.
#[component]
pub(super) fn ToldIn(told: Option<Scalar>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let post = told.and_then(|told| if let Scalar::Post(post) = told { Some(post) } else { None });
    post.map(|post| {
        let href = move || {
            let subject = workspace.title_of(post.thread).unwrap_or_default();
            address::of_post(post, &subject)
        };
        view! {
            <p class="small">
                <a href=href>{tongue.word(words::practice::TOLD_IN)}</a>
            </p>
        }
    })
}
