//! The short facts of a practice: where, for whom, by whose money. What is empty is not shown.

use leptos::prelude::*;
use talkoot_core::record::FieldState;
use talkoot_core::schema::{Field, Holding};

use super::path;
use crate::i18n::{Tongue, use_tongue};
use crate::record_session::RecordSession;
use crate::ui::field::shown::is_filled;
use crate::ui::field::text::value_text;
use crate::workspace::{Workspace, use_workspace};

/// Lists the facts.
#[component]
pub(super) fn Facts(session: RecordSession) -> impl IntoView {
    let any = Memo::new(move |_| path::facts().any(|field| is_filled(session, field)));
    let fact = move |field| view! { <Fact session field /> };
    view! {
        <Show when=move || any.get()>
            <dl class="facts">{path::facts().map(fact).collect_view()}</dl>
        </Show>
    }
}

/// Shows one fact under its label, if there is anything to it.
#[component]
pub(super) fn Fact(session: RecordSession, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let text = Memo::new(move |_| texts(tongue, workspace, session, field).join(", "));
    view! {
        <Show when=move || !text.with(String::is_empty)>
            <div>
                <dt>{tongue.word(field.label)}</dt>
                <dd>{text}</dd>
            </div>
        </Show>
    }
}

/// Writes what a field holds, one text for each of its values.
fn texts(
    tongue: Tongue,
    workspace: Workspace,
    session: RecordSession,
    field: &'static Field,
) -> Vec<String> {
    session.record.with(|record| {
        let state = record.as_ref().and_then(|record| record.field(field.tag));
        let text = |value: &_| value_text(tongue, workspace, field.shape, value);
        match field.shape.holding() {
            Holding::Set(_) => state.into_iter().flat_map(FieldState::members).map(text).collect(),
            Holding::One | Holding::List(_) | Holding::Words => {
                state.and_then(FieldState::value).map(text).into_iter().collect()
            }
        }
    })
}
