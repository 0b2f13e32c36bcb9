//! A text box for what is said, with a list of names while one is typed behind `@` or `#`.
//!
//! The box stays a plain text box for the ear; the list belongs to it, arrows move in it, Enter
//! takes a name and Escape closes it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use talkoot_core::change::discuss::Words;
use talkoot_core::limits::POST_CHARS_MAX;

use super::draft::{Asking, asking, chars_before, put, retype, units_before};
use super::naming::{Found, find};
use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// The box and the list under it.
#[derive(Clone, Copy)]
struct Field {
    words: RwSignal<Words>,
    area: NodeRef<html::Textarea>,
    on_change: Callback<()>,
    asking: RwSignal<Option<Asking>>,
    found: Memo<Vec<Found>>,
    /// The place in the list that Enter takes.
    active: RwSignal<usize>,
    /// The id of the list; its rows are numbered.
    list: StoredValue<String>,
}

/// Draws the box.
#[component]
pub(crate) fn WordsField(
    id: String,
    label: Word,
    words: RwSignal<Words>,
    area: NodeRef<html::Textarea>,
    /// Called with every key.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let (tongue, workspace) = (use_tongue(), use_workspace());
    let asking = RwSignal::new(None::<Asking>);
    let found = Memo::new(move |_| {
        let find = |asking: &Asking| find(tongue, workspace, asking);
        asking.with(|asking| asking.as_ref().map(find)).unwrap_or_default()
    });
    let list = StoredValue::new(format!("{id}-names"));
    let field = Field { words, area, on_change, asking, found, active: RwSignal::new(0), list };
    let is_open = move || !found.with(Vec::is_empty);
    let typed = move |event| {
        words.update(|words| retype(words, event_target_value(&event)));
        on_change.run(());
        field.look();
    };
    let hint = format!("{id}-hint");
    view! {
        <div class="field naming">
            <label for=id.clone()>{tongue.word(label)}</label>
            <textarea
                class="area"
                id=id
                rows="4"
                maxlength=POST_CHARS_MAX.to_string()
                aria-describedby=hint.clone()
                aria-autocomplete="list"
                aria-controls=move || is_open().then(|| list.get_value())
                aria-activedescendant=move || is_open().then(|| field.row(field.active.get()))
                node_ref=area
                prop:value=move || words.with(|words| words.text.clone())
                on:input=typed
                on:click=move |_| field.look()
                on:keydown=move |event| field.hear(&event)
                on:blur=move |_| asking.set(None)
            ></textarea>
            <Names field />
            <span class="hint" id=hint>{tongue.word(words::talk::NAMING)}</span>
        </div>
    }
}

/// Puts a sign at the caret that opens the list, for those whose keyboard hides it.
#[component]
pub(crate) fn NameSomebody(words: RwSignal<Words>, area: NodeRef<html::Textarea>) -> impl IntoView {
    let tongue = use_tongue();
    let begin = move |_| {
        let Some(area) = area.get_untracked() else { return };
        area.focus().ok();
        let caret = area.selection_start().ok().flatten().unwrap_or_default();
        let before = words.with_untracked(|words| chars_before(&words.text, caret));
        let letters = words.with_untracked(|words| words.text.chars().collect::<Vec<_>>());
        let is_apart = before
            .checked_sub(1)
            .is_none_or(|place| letters.get(place).is_none_or(|letter| letter.is_whitespace()));
        let sign = if is_apart { "@" } else { " @" };
        area.set_range_text(sign).ok();
        let after = caret.saturating_add(u32::try_from(sign.len()).unwrap_or_default());
        area.set_selection_range(after, after).ok();
        // The box hears it as if it had been typed.
        if let Ok(event) = web_sys::InputEvent::new("input") {
            area.dispatch_event(&event).ok();
        }
    };
    view! {
        <button type="button" class="ib" aria-label=tongue.word(words::talk::NAME_SOMEBODY) on:click=begin>
            <Icon name="at" />
        </button>
    }
}

#[component]
fn Names(field: Field) -> impl IntoView {
    let tongue = use_tongue();
    let told = move || {
        let count = field.found.with(Vec::len);
        let told: Phrase = by_count(count, words::talk::NAMES_ONE, words::talk::names_many);
        (count > 0).then(|| tongue.tell(&told))
    };
    let row = move |(place, found): (usize, Found)| {
        let Found { label, note, .. } = found;
        // The focus stays in the box.
        let take = move |event: leptos::ev::PointerEvent| {
            event.prevent_default();
            field.take(place);
        };
        let is_active = move || field.active.get() == place;
        view! {
            <li
                role="option"
                id=field.row(place)
                aria-selected=move || if is_active() { "true" } else { "false" }
                on:pointerdown=take
            >
                <span>{label}</span>
                <small class="muted">{note}</small>
            </li>
        }
    };
    let rows = move || field.found.get().into_iter().enumerate().map(row).collect_view();
    view! {
        <Show when=move || !field.found.with(Vec::is_empty)>
            <ul
                class="menu names"
                role="listbox"
                id=field.list.get_value()
                aria-label=tongue.word(words::talk::NAMES)
            >
                {rows}
            </ul>
        </Show>
        <p class="vh" role="status">{told}</p>
    }
}

impl Field {
    fn row(self, place: usize) -> String {
        format!("{}-{place}", self.list.get_value())
    }

    /// Looks whether a name is being typed before the caret.
    fn look(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let caret = area.selection_start().ok().flatten().unwrap_or_default();
        let found = self
            .words
            .with_untracked(|words| asking(&words.text, chars_before(&words.text, caret)));
        self.active.set(0);
        self.asking.set(found);
    }

    fn hear(self, event: &KeyboardEvent) {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let now = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.active.set(now.saturating_add(1) % count),
            "ArrowUp" => self.active.set(now.checked_sub(1).unwrap_or(count.saturating_sub(1))),
            "Enter" | "Tab" => self.take(now),
            "Escape" => self.asking.set(None),
            _ => return,
        }
        event.prevent_default();
    }

    /// Puts a name of the list in the place of its beginning.
    fn take(self, place: usize) {
        let found = self.found.with_untracked(|found| found.get(place).cloned());
        let Some((found, asking)) = found.zip(self.asking.get_untracked()) else { return };
        self.asking.set(None);
        let caret = self.words.try_update(|words| put(words, &asking, &found.label, found.of));
        let text = self.words.with_untracked(|words| words.text.clone());
        if let Some((area, caret)) = self.area.get_untracked().zip(caret) {
            area.set_value(&text);
            let caret = units_before(&text, caret);
            area.set_selection_range(caret, caret).ok();
        }
        self.on_change.run(());
    }
}
