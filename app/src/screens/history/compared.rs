//! What a field said in a version, with what differs from now marked for the eye and the ear.

use leptos::prelude::*;
use talkoot_core::adopt::Content;
use talkoot_core::history::Difference;
use talkoot_core::schema::Field;
use talkoot_core::text::compared::{Marking, compared};
use talkoot_core::value::Value;

use crate::i18n::{Tongue, use_tongue, words};
use crate::ui::field::text::value_text;
use crate::workspace::{Workspace, use_workspace};

/// Draws a field; without `marked` only what it said then.
#[component]
pub(super) fn Compared(side: Difference, marked: bool) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let field = side.field;
    let said = move || {
        let now = if marked { &side.now } else { &side.then };
        if let (Content::Text(then), Content::Text(now)) = (&side.then, now) {
            let marking = Marking::News {
                added: tongue.say(words::history::THEN),
                removed: tongue.say(words::history::SINCE),
            };
            let html = compared(now, then, marking);
            return view! { <div class="prose" inner_html=html></div> }.into_any();
        }
        values(tongue, workspace, field, (&side.then, now))
    };
    view! {
        <section aria-labelledby=format!("h-{}", field.name)>
            <h3 id=format!("h-{}", field.name) tabindex="-1">{tongue.word(field.label)}</h3>
            {said}
        </section>
    }
}

/// Draws values one a line: those of both times as they are, the others marked.
fn values(
    tongue: Tongue,
    workspace: Workspace,
    field: &Field,
    (then, now): (&Content, &Content),
) -> AnyView {
    let (then, now) = (lines(tongue, workspace, field, then), lines(tongue, workspace, field, now));
    let (came, gone) = (tongue.say(words::history::THEN), tongue.say(words::history::SINCE));
    let ear = |word: &'static str| view! { <span class="vh">{word} " "</span> };
    let said = then.iter().map(|line| {
        if now.contains(line) {
            view! { <p class="lines">{line.clone()}</p> }.into_any()
        } else {
            view! { <p class="lines"><ins>{ear(came)} {line.clone()}</ins></p> }.into_any()
        }
    });
    let since = now.iter().filter(|line| !then.contains(line));
    let since = since.map(|line| {
        view! { <p class="lines"><del>{ear(gone)} {line.clone()}</del></p> }.into_any()
    });
    said.chain(since).collect_view().into_any()
}

fn lines(tongue: Tongue, workspace: Workspace, field: &Field, content: &Content) -> Vec<String> {
    let said = |value: &Value| value_text(tongue, workspace, field.shape, value);
    match content {
        Content::Text(_) | Content::One(Value::Empty) => Vec::new(),
        Content::One(value) => vec![said(value)],
        Content::Members(members) => members.iter().map(said).collect(),
        Content::Items(items) => items.iter().map(|(_, value)| said(value)).collect(),
    }
}
