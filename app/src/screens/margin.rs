//! The margin beside a text that is written: what people said about its passages.

mod begin;
mod card;
mod notes;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use self::begin::Begin;
use self::card::Card;
use self::notes::{notes_of, settled_of};
use crate::address;
use crate::editor::ShownPassage;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::passages::Passages;
use crate::workspace::use_workspace;

/// The text whose margin it is.
#[derive(Clone, Copy)]
pub(crate) struct MarginOf {
    pub(crate) record: RecordId,
    pub(crate) session: RecordSession,
    /// The tag of the section.
    pub(crate) section: u16,
    pub(crate) passages: Passages,
}

impl MarginOf {
    /// Gives the name of the section, as the text calls it.
    fn section_name(self) -> &'static str {
        Kind::Document.schema().field(self.section).map_or("", |field| field.name)
    }
}

/// Draws the margin: beginning something, what is open in the order of the text, what is settled.
#[component]
pub(crate) fn Margin(of: MarginOf) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let notes = Memo::new(move |_| notes_of(workspace, of));
    // The note that is looked at.
    let on = RwSignal::new(None::<RecordId>);
    let shown = move |note: &notes::Note| {
        let anchor = note.anchor?;
        let id = note.thread.to_string();
        Some(ShownPassage {
            id,
            anchor,
            suggests: note.suggests,
            on: on.get() == Some(note.thread),
        })
    };
    Effect::new(move || {
        of.passages.shown.set(notes.with(|notes| notes.iter().filter_map(shown).collect()));
    });
    Effect::new(move || {
        let Some(id) = of.passages.pressed.get() else { return };
        let pressed = notes.with_untracked(|notes| {
            notes.iter().map(|note| note.thread).find(|thread| thread.to_string() == id)
        });
        on.set(pressed);
    });
    view! {
        <section class="margin" aria-labelledby="h-margin">
            <h2 id="h-margin" class="vh">{tongue.word(words::margin::TITLE)}</h2>
            <Begin of />
            <For
                each=move || notes.get()
                key=|note| note.thread
                children=move |note| view! { <Card of thread=note.thread on /> }
            />
            <Settled of />
        </section>
    }
}

/// Leads to what is resolved, accepted or declined.
#[component]
fn Settled(of: MarginOf) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let settled = Memo::new(move |_| settled_of(workspace, of));
    let count = move || tongue.tell(&words::margin::settled(settled.with(Vec::len)));
    let row = move |thread: RecordId| {
        let title = workspace.title_of(thread).unwrap_or_default();
        let href = address::of(Kind::Thread, thread, &title);
        view! { <li><a href=href>{title}</a></li> }
    };
    view! {
        <Show when=move || !settled.with(Vec::is_empty)>
            <details class="earlier">
                <summary>{count}</summary>
                <ul>{move || settled.get().into_iter().map(row).collect_view()}</ul>
            </details>
        </Show>
    }
}
