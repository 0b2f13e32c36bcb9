//! A field on a page, edited in its own place.
//!
//! A reader sees what there is; who may edit sees what is missing too.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Field;

use super::editor::FieldEditor;
use super::entries::forms_of;
use super::shown::{Shown, is_filled};
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::begun::begun_forms;
use crate::ui::icon::Icon;

/// Shows a field as a section of the page.
#[component]
pub(crate) fn FieldBlock(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    /// Whether readers have it elsewhere on the page, as its name or its lead.
    #[prop(default = false)]
    has_other_place: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    // A form that was begun shows again.
    let editing = RwSignal::new(!begun_forms(record, &forms_of(field)).is_empty());
    let may = Memo::new(move |_| session.may(Deal::Edit));
    let filled = Memo::new(move |_| is_filled(session, field));
    let id = format!("h-{}", field.name);
    let heading = id.clone();
    let body = move || {
        if editing.get() && may.get() {
            view! {
                <FieldEditor record session field />
                <div class="acts">
                    <button type="button" class="btn btn--soft" on:click=move |_| editing.set(false)>
                        {tongue.word(words::act::DONE)}
                    </button>
                </div>
            }
            .into_any()
        } else if filled.get() {
            view! { <Shown session field /> }.into_any()
        } else {
            view! { <p class="muted">{tongue.word(words::field::MISSING)}</p> }.into_any()
        }
    };
    view! {
        <Show when=move || may.get() || (filled.get() && !has_other_place)>
            <section class="fieldblock" aria-labelledby=id.clone()>
                <div class="sec__h">
                    <h2 id=heading.clone()>{tongue.word(field.label)}</h2>
                    <Show when=move || may.get() && !editing.get()>
                        <EditButton field filled on_press=move |()| editing.set(true) />
                    </Show>
                </div>
                {body}
            </section>
        </Show>
    }
}

#[component]
fn EditButton(
    field: &'static Field,
    filled: Memo<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let tongue = use_tongue();
    let word = move || if filled.get() { words::act::EDIT } else { words::field::ADD };
    let named = move || format!("{}: {}", tongue.say(word()), tongue.say(field.label));
    view! {
        <button type="button" class="btn btn--quiet" aria-label=named on:click=move |_| on_press.run(())>
            <Icon name=Signal::derive(move || if filled.get() { "pencil-simple" } else { "plus" }) />
            {move || tongue.say(word())}
        </button>
    }
}
