//! A field as a reader sees it.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::record::FieldState;
use talkoot_core::schema::{Field, Holding, Shape};
use talkoot_core::text::link;
use talkoot_core::value::{Scalar, Value};

use super::text::{scalar_text, value_text};
use crate::address;
use crate::i18n::use_tongue;
use crate::record_session::RecordSession;
use crate::ui::prose::headings_below;
use crate::workspace::use_workspace;

/// Says whether a field has anything to show.
pub(crate) fn is_filled(session: RecordSession, field: &'static Field) -> bool {
    if field.shape == Shape::RichText {
        return !session.plain(field.name).trim().is_empty();
    }
    session.record.with(|record| {
        let state = record.as_ref().and_then(|record| record.field(field.tag));
        state.is_some_and(|state| match field.shape.holding() {
            Holding::Set(_) => state.members().next().is_some(),
            Holding::List(_) => !state.items().is_empty(),
            Holding::One | Holding::Words => state.value().is_some(),
        })
    })
}

/// Draws what a field holds.
#[component]
pub(crate) fn Shown(
    session: RecordSession,
    field: &'static Field,
    /// The level of the heading that stands above it.
    #[prop(default = 2)]
    above: u8,
) -> impl IntoView {
    if field.shape == Shape::RichText {
        let html = move || headings_below(above, &session.html(field.name));
        return view! { <div class="prose" inner_html=html></div> }.into_any();
    }
    let state = Memo::new(move |_| {
        session.record.with(|record| record.as_ref()?.field(field.tag).cloned())
    });
    let body = move || state.get().map(|state| view! { <Values field state /> });
    view! { <div>{body}</div> }.into_any()
}

#[component]
fn Values(field: &'static Field, state: FieldState) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let text = move |value: &Value| value_text(tongue, workspace, field.shape, value);
    match (field.shape.holding(), field.shape) {
        (_, Shape::SetOfRecords(kind)) => {
            let link = move |record: RecordId| {
                let title = workspace.title_of(record)?;
                let href = address::of(kind, record, &title);
                Some(view! { <li><a href=href>{title.clone()}</a></li> })
            };
            let records: Vec<_> = state.members().filter_map(Value::as_record).collect();
            let links = move || records.iter().copied().filter_map(link).collect_view();
            view! { <ul class="uses">{links}</ul> }.into_any()
        }
        (Holding::Set(_), _) => {
            let chip = |value: &Value| view! { <li class="chip">{text(value)}</li> };
            view! { <ul class="chips">{state.members().map(chip).collect_view()}</ul> }.into_any()
        }
        (Holding::List(_), _) => {
            let entries = state.items().into_iter().map(|(_, value)| value.clone());
            let row = |value| view! { <li class="row"><Entry field value /></li> };
            view! { <ul class="rows rows--tight">{entries.map(row).collect_view()}</ul> }.into_any()
        }
        (Holding::One, Shape::Record(kind)) => {
            let record = state.value().and_then(Value::as_record);
            let link = record.map(|record| {
                let title = workspace.title_of(record).unwrap_or_default();
                let href = address::of(kind, record, &title);
                view! { <a href=href>{state.value().map(text)}</a> }
            });
            link.into_any()
        }
        (Holding::One | Holding::Words, _) => {
            view! { <p class="lines">{state.value().map(text)}</p> }.into_any()
        }
    }
}

/// Draws an entry of a list: its first part, and the others under it. An address becomes a link.
#[component]
fn Entry(field: &'static Field, value: Value) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Shape::List(parts) = field.shape else { return ().into_any() };
    let text = |scalar: &Scalar, shape| scalar_text(tongue, workspace, shape, scalar);
    let mut texts: Vec<String> =
        parts.iter().filter_map(|part| Some(text(value.part(part.tag)?, part.shape))).collect();
    let href = texts.iter().position(|text| is_address(text)).map(|place| texts.remove(place));
    let mut texts = texts.into_iter();
    let first = texts.next().or_else(|| href.clone()).unwrap_or_default();
    let first = match href {
        Some(href) => view! { <a href=href rel="noopener external">{first}</a> }.into_any(),
        None => view! { <b>{first}</b> }.into_any(),
    };
    let others = texts.map(|text| view! { <span>{text}</span> }).collect_view();
    view! { <div class="row__b">{first} <div class="row__m">{others}</div></div> }.into_any()
}

fn is_address(text: &str) -> bool {
    text.starts_with("http") && link::destination(text).is_some()
}
