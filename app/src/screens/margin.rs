//! The margin beside a text that is written: what people said about its passages.

mod begin;
mod begun;
mod card;
mod notes;
mod reply;
mod settled;
mod settling;

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind};
use wasm_bindgen::JsCast as _;

use self::begin::Begin;
use self::begun::Beginning;
use self::card::Card;
use self::notes::{Note, has_notes, notes_of};
use self::settled::Settled;
use super::talk::{Talk, TalkPiece};
use crate::editor::ShownPassage;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::begun::is_begun;
use crate::ui::passages::Passages;
use crate::workspace::use_workspace;

/// The text whose margin it is.
#[derive(Clone, Copy)]
pub(crate) struct MarginOf {
    pub(crate) session: RecordSession,
    /// The section.
    pub(crate) field: &'static Field,
    passages: StoredValue<Passages>,
}

impl MarginOf {
    /// Names the margin of a section whose editor has these wires.
    pub(crate) fn new(session: RecordSession, field: &'static Field, passages: Passages) -> Self {
        Self { session, field, passages: StoredValue::new(passages) }
    }

    /// What runs between it and the editor.
    fn passages(self) -> Passages {
        self.passages.get_value()
    }

    fn record(self) -> RecordId {
        self.session.id
    }

    fn kind(self) -> Option<Kind> {
        self.session.record.with_untracked(|record| record.as_ref()?.kind)
    }

    /// The name of the form in which something is begun here.
    fn form(self) -> String {
        format!("margin-{}", self.field.tag)
    }
}

/// Draws the margin of a document or a practice once there is something in it or to say.
#[component]
pub(crate) fn InItsMargin(of: MarginOf) -> impl IntoView {
    let workspace = use_workspace();
    let begun = is_begun(of.record(), &of.form());
    let chosen = of.passages().chosen;
    let wanted = Memo::new(move |was| {
        let kind = of.session.record.with(|record| record.as_ref()?.kind);
        let has_margin = || matches!(kind, Some(Kind::Document | Kind::Practice));
        let is_selected = || chosen.with(Option::is_some);
        was == Some(&true) || has_margin() && (begun || is_selected() || has_notes(workspace, of))
    });
    view! {
        <Show when=move || wanted.get()>
            <TalkPiece part=Talk::Margin(of) />
        </Show>
    }
}

/// Draws the margin: beginning something, what is open in the order of the text, what is settled.
#[component]
pub(crate) fn Margin(of: MarginOf) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let notes = Memo::new(move |_| notes_of(workspace, of));
    let beginning = Beginning::open(of);
    // The note that is looked at.
    let on = RwSignal::new(None::<RecordId>);
    follow_editor(of, notes, beginning, on);
    view! {
        <section
            class="margin notes noprint"
            aria-label=move || {
                tongue.tell(&words::margin::title(tongue.say(of.field.label).to_owned()))
            }
            on:focusout=move |event| {
                let was = on.get_untracked();
                if was.is_some() && leaves(&event) {
                    // Marking passages anew would set a selection back that the editor has not
                    // heard of yet.
                    request_animation_frame(move || {
                        if on.try_get_untracked() == Some(was) {
                            on.set(None);
                        }
                    });
                }
            }
        >
            <Begin of beginning />
            <For
                each=move || notes.get()
                key=|note| (note.thread, note.is_gone)
                children=move |note| view! { <Card of note on /> }
            />
            <Settled of />
        </section>
    }
}

/// Says whether the focus leaves the margin: what comes then is not seen there (rule DI11).
fn leaves(event: &FocusEvent) -> bool {
    let margin = event.current_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
    let to = event.related_target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
    // Without a place where it goes the window lost it, or a part of the margin went.
    to.is_some_and(|to| margin.is_some_and(|margin| !margin.contains(Some(&to))))
}

/// Marks the passages in the editor, and turns to the note whose passage was pressed there.
fn follow_editor(
    of: MarginOf,
    notes: Memo<Vec<Note>>,
    beginning: Beginning,
    on: RwSignal<Option<RecordId>>,
) {
    let shown = move |note: &Note| {
        let (anchor, id) = (note.anchor?, note.thread.to_string());
        let on = on.get() == Some(note.thread);
        Some(ShownPassage { id, anchor, suggests: note.suggests, on })
    };
    let wires = of.passages();
    Effect::new(move || {
        let begun = beginning.shown();
        let all = notes.with(|notes| notes.iter().filter_map(shown).chain(begun).collect());
        wires.shown.set(all);
    });
    on_cleanup(move || {
        wires.shown.try_set(Vec::new());
    });
    Effect::new(move || {
        let Some(id) = wires.pressed.get() else { return };
        let pressed = notes.with_untracked(|notes| {
            notes.iter().map(|note| note.thread).find(|thread| thread.to_string() == id)
        });
        on.set(pressed);
    });
}
