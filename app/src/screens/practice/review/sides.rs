//! What we say beside what the original says, with the differences from what both once said.

use leptos::prelude::*;
use talkoot_core::adopt::{Content, Improvement};
use talkoot_core::schema::{Field, Shape};
use talkoot_core::text::compared::{Marking, compared};
use talkoot_core::value::Value;

use crate::i18n::{Tongue, use_tongue, words};
use crate::ui::field::text::{scalar_text, value_text};
use crate::workspace::{Workspace, use_workspace};

/// Draws both sides.
#[component]
pub(super) fn Sides(improvement: Improvement) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Improvement { field, own, original, before } = improvement;
    let was = before.clone();
    let ours = move || {
        let marking = Marking::Own { added: tongue.say(words::review::OUR_CHANGE) };
        shown(tongue, workspace, field, (&before, &own), marking)
    };
    let theirs = move || {
        let marking = Marking::News {
            added: tongue.say(words::review::ADDED),
            removed: tongue.say(words::review::REMOVED),
        };
        shown(tongue, workspace, field, (&was, &original), marking)
    };
    view! {
        <div class="sbs">
            <div class="sbs__c">
                <h3>{tongue.word(words::review::OURS)}</h3>
                {ours}
            </div>
            <div class="sbs__c sbs__c--new">
                <h3>{tongue.word(words::review::ORIGINAL_NOW)}</h3>
                {theirs}
            </div>
        </div>
    }
}

fn shown(
    tongue: Tongue,
    workspace: Workspace,
    field: &'static Field,
    (before, now): (&Content, &Content),
    marking: Marking<'_>,
) -> AnyView {
    if now.is_empty() {
        return view! { <p class="muted">{tongue.word(words::review::EMPTY)}</p> }.into_any();
    }
    if let (Content::Text(before), Content::Text(now)) = (before, now) {
        let html = compared(before, now, marking);
        return view! { <div class="prose" inner_html=html></div> }.into_any();
    }
    let lines = lines(tongue, workspace, field, now);
    let line = |line| view! { <p class="lines">{line}</p> };
    lines.into_iter().map(line).collect_view().into_any()
}

/// Writes values, one a line.
fn lines(tongue: Tongue, workspace: Workspace, field: &Field, content: &Content) -> Vec<String> {
    let said = |value: &Value| value_text(tongue, workspace, field.shape, value);
    match content {
        Content::Text(_) => Vec::new(),
        Content::One(value) => vec![said(value)],
        Content::Members(members) => {
            vec![members.iter().map(said).collect::<Vec<_>>().join(", ")]
        }
        Content::Items(items) => {
            items.iter().map(|(_, value)| entry(tongue, workspace, field, value)).collect()
        }
    }
}

fn entry(tongue: Tongue, workspace: Workspace, field: &Field, value: &Value) -> String {
    let parts = if let Shape::List(parts) = field.shape { parts } else { &[] };
    let said = parts.iter().filter_map(|part| {
        let scalar = value.part(part.tag)?;
        Some(scalar_text(tongue, workspace, part.shape, scalar))
    });
    said.collect::<Vec<_>>().join(", ")
}
