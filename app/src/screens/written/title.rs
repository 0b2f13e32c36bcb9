//! The title of a document or a practice while it is written. A pause makes a change of it.
//!
//! Until then its letters also lie in `localStorage`, so that a page loaded again in the
//! middle of a word loses none (rule L3).

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::limits::LINE_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::value::Value;

use crate::device::memory;
use crate::i18n::use_tongue;
use crate::record_session::RecordSession;
use crate::ui::acts::{Acts, use_acts};
use crate::ui::field::single::value_of;
use crate::workspace::use_workspace;

/// How long the fingers rest before the title becomes a change.
const PAUSE: Duration = Duration::from_millis(600);
const INPUT_ID: &str = "title";
/// Where the letters of a title lie that is not stored yet.
const LETTERS: &str = "talkoot.title.";

/// The title as it is being typed, and as it is stored.
#[derive(Clone, Copy)]
struct Draft {
    record: RecordId,
    /// The tag of the field that is the title.
    tag: u16,
    acts: Acts,
    stored: Memo<String>,
    text: RwSignal<String>,
    /// Whether something typed is not stored yet.
    writing: RwSignal<bool>,
    /// Counts the keystrokes, so that only the last one's pause counts.
    strokes: StoredValue<u64>,
    letters: StoredValue<String>,
}

impl Draft {
    fn new(record: RecordId, session: RecordSession, tag: u16) -> Self {
        let stored = Memo::new(move |_| {
            let title = session
                .record
                .with(|record| record.as_ref().map_or(Value::Empty, |it| value_of(it, tag)));
            title.as_text().unwrap_or_default().to_owned()
        });
        let text = RwSignal::new(stored.get_untracked());
        let (writing, strokes) = (RwSignal::new(false), StoredValue::new(0));
        let account = use_workspace().me.with_untracked(|me| me.as_ref().map(|me| me.account));
        let letters = account.map(|account| format!("{LETTERS}{account}.{record}"));
        let letters = StoredValue::new(letters.unwrap_or_default());
        Self { record, tag, acts: use_acts(), stored, text, writing, strokes, letters }
    }

    /// Goes on with the letters that a page left behind.
    fn recover(self) {
        if let Some(text) = self.letters.with_value(|name| memory::read(name)) {
            self.type_in(text);
        }
    }

    fn type_in(self, text: String) {
        self.letters.with_value(|name| memory::keep(name, &text));
        self.text.set(text);
        self.writing.set(true);
        self.strokes.update_value(|strokes| *strokes += 1);
        let mine = self.strokes.get_value();
        let rested = move || {
            if self.strokes.try_get_value() == Some(mine) {
                self.commit();
            }
        };
        set_timeout(rested, PAUSE);
    }

    fn commit(self) {
        if !self.writing.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.writing.set(false);
        let written = self.text.get_untracked();
        let text = written.trim().to_owned();
        let letters = self.letters.get_value();
        // What was typed meanwhile lies there in its turn.
        let forget = move || {
            if memory::read(&letters).is_some_and(|left| left == written) {
                memory::forget(&letters);
            }
        };
        if text == self.stored.get_untracked() {
            forget();
        } else {
            let tag = self.tag;
            let intent = move |record: &Record| vec![record.set_field(tag, Value::text(&text))];
            self.acts.change_then(self.record, intent, forget);
        }
    }

    /// Takes over what came from elsewhere, unless somebody types here.
    fn follow(self) {
        let stored = self.stored.get();
        if !self.writing.get_untracked() && self.text.get_untracked().trim() != stored {
            self.text.set(stored);
        }
    }
}

/// Takes the title; what is typed here is never overwritten from elsewhere.
#[component]
pub(crate) fn TitleField(record: RecordId, session: RecordSession, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let input = NodeRef::<html::Input>::new();
    let schema = kind.schema();
    let draft = Draft::new(record, session, schema.title);
    let label = schema.field(schema.title).map(|field: &Field| tongue.word(field.label));
    draft.recover();
    Effect::new(move || draft.follow());
    // What is new begins with its title.
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| draft.stored.get_untracked().is_empty()) {
            input.focus().ok();
        }
    });
    on_cleanup(move || draft.commit());
    view! {
        <div class="field titlefield">
            <label for=INPUT_ID>{label}</label>
            <input
                class="input"
                id=INPUT_ID
                node_ref=input
                autocomplete="off"
                maxlength=LINE_CHARS_MAX.to_string()
                prop:value=draft.text
                on:input=move |event| draft.type_in(event_target_value(&event))
                on:change=move |_| draft.commit()
            />
        </div>
    }
}
