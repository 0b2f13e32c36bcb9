//! The title of a document or a practice while it is written: a field like others, in its place.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::limits::LINE_CHARS_MAX;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::value::Value;

use crate::i18n::use_tongue;
use crate::record_session::RecordSession;
use crate::ui::field::typed::Typed;

const INPUT_ID: &str = "title";

/// Takes the title; what is typed here is never overwritten from elsewhere.
#[component]
pub(crate) fn TitleField(session: RecordSession, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let input = NodeRef::<html::Input>::new();
    let schema = kind.schema();
    let typed = Typed::new(session, schema.title);
    let label = schema.field(schema.title).map(|field: &Field| tongue.word(field.label));
    // What is new begins with its title.
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| typed.is_empty()) {
            input.focus().ok();
        }
    });
    let write = move |event| {
        typed.draft.set(Value::text(&event_target_value(&event)));
        typed.hear();
    };
    view! {
        <div class="field titlefield">
            <label for=INPUT_ID>{label}</label>
            <input
                class="input"
                id=INPUT_ID
                node_ref=input
                autocomplete="off"
                maxlength=LINE_CHARS_MAX.to_string()
                prop:value=move || typed.draft.with(|it| it.as_text().unwrap_or_default().to_owned())
                on:input=write
                on:change=move |_| typed.commit()
            />
        </div>
    }
}
