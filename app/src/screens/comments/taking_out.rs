//! Taking personal data out of a comment before others read it: what was found, or what is selected.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::comment::Typed;
use talkoot_core::comment::personal::{self, Found, Personal};
use talkoot_core::language::Language;

use crate::i18n::{Word, use_tongue, words};

/// A part of a comment that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Subject,
    Name,
    Organisation,
    Words,
}

impl Piece {
    const ALL: [Self; 4] = [Self::Subject, Self::Name, Self::Organisation, Self::Words];

    fn of(self, typed: &mut Typed) -> &mut String {
        match self {
            Self::Subject => &mut typed.subject,
            Self::Name => &mut typed.name,
            Self::Organisation => &mut typed.organisation,
            Self::Words => &mut typed.words,
        }
    }
}

/// Shows a comment as it is to be read, with what can be taken out of it.
#[component]
pub(super) fn TakingOut(typed: RwSignal<Typed>, language: Language, id: String) -> impl IntoView {
    let tongue = use_tongue();
    let first = typed.get_untracked();
    let (subject, words) = (NodeRef::<html::Input>::new(), NodeRef::<html::Textarea>::new());
    let (subject_id, words_id) = (format!("held-subject-{id}"), format!("held-words-{id}"));
    // What is selected there is taken out: each of the two remembers a selection.
    let piece = RwSignal::new(Piece::Words);
    let selection = move || {
        let ends = match piece.get_untracked() {
            Piece::Words | Piece::Name | Piece::Organisation => {
                words.get_untracked().map(|it| [it.selection_start(), it.selection_end()])
            }
            Piece::Subject => {
                subject.get_untracked().map(|it| [it.selection_start(), it.selection_end()])
            }
        };
        let ends = ends.unwrap_or([Ok(None), Ok(None)]);
        (piece.get_untracked(), ends.map(|it| it.ok().flatten().unwrap_or_default()))
    };
    // A field that is read-only for the browser has no place for the keyboard to select from.
    let stays = |event: leptos::ev::InputEvent| event.prevent_default();
    let original = StoredValue::new(first.clone());
    let is_changed = Memo::new(move |_| typed.with(|it| *it != first));
    view! {
        <div class="field">
            <label for=subject_id.clone()>{tongue.word(words::comments::SUBJECT_SHOWN)}</label>
            <input
                class="input"
                id=subject_id
                aria-readonly="true"
                autocomplete="off"
                node_ref=subject
                on:beforeinput=stays
                on:input=move |_| typed.notify()
                on:focus=move |_| piece.set(Piece::Subject)
                prop:value=move || typed.with(|it| it.subject.clone())
            />
        </div>
        <div class="field">
            <label for=words_id.clone()>{tongue.word(words::comments::SHOWN)}</label>
            <textarea
                class="area"
                id=words_id
                rows="5"
                aria-readonly="true"
                node_ref=words
                on:beforeinput=stays
                on:input=move |_| typed.notify()
                on:focus=move |_| piece.set(Piece::Words)
                prop:value=move || typed.with(|it| it.words.clone())
            ></textarea>
        </div>
        <div class="acts">
            <FoundButtons typed language />
            <Selected typed language selection id />
            <Show when=move || is_changed.get()>
                <button type="button" class="btn btn--quiet" on:click=move |_| typed.set(original.get_value())>
                    {tongue.word(words::comments::BACK)}
                </button>
            </Show>
        </div>
    }
}

/// Offers to take out each thing that has the form of personal data, wherever it was typed.
#[component]
fn FoundButtons(typed: RwSignal<Typed>, language: Language) -> impl IntoView {
    let tongue = use_tongue();
    let found = move || {
        let mut shown = typed.get();
        let of = move |piece: Piece| {
            let text = piece.of(&mut shown).clone();
            let said =
                |it: Found| (piece, text.get(it.place.clone()).unwrap_or_default().to_owned(), it);
            personal::find(&text).into_iter().map(said).collect::<Vec<_>>()
        };
        Piece::ALL.into_iter().flat_map(of).collect::<Vec<_>>()
    };
    let button = move |(piece, said, found): (Piece, String, Found)| {
        let remove = move |_| {
            let Found { what, place } = found.clone();
            typed.update(|it| take_out(piece.of(it), place, what, language));
        };
        view! {
            <button type="button" class="btn btn--soft" on:click=remove>
                {move || tongue.tell(&words::comments::remove(&said))}
            </button>
        }
    };
    move || found().into_iter().map(button).collect_view()
}

fn take_out(text: &mut String, place: std::ops::Range<usize>, what: Personal, language: Language) {
    *text = personal::remove(text, place, what, language);
}

/// Takes out what a person selected, and says what it was; or the name as a whole.
#[component]
fn Selected(
    typed: RwSignal<Typed>,
    language: Language,
    selection: impl Fn() -> (Piece, [u32; 2]) + Send + Sync + 'static,
    id: String,
) -> impl IntoView {
    let tongue = use_tongue();
    let what = RwSignal::new(Personal::Other);
    let remove = move |_| {
        let (piece, [from, until]) = selection();
        typed.update(|it| {
            let text = piece.of(it);
            let place = byte_at(text, from)..byte_at(text, until);
            take_out(text, place, what.get_untracked(), language);
        });
    };
    let without_name = move |_| {
        typed.update(|it| {
            it.name = Personal::Name.mark(language);
            it.organisation.clear();
        });
    };
    view! {
        <WhatChoice what id />
        <button type="button" class="btn btn--quiet" on:click=remove>
            {tongue.word(words::comments::REMOVE_SELECTED)}
        </button>
        <button type="button" class="btn btn--quiet" on:click=without_name>
            {tongue.word(words::comments::REMOVE_NAME)}
        </button>
    }
}

#[component]
fn WhatChoice(what: RwSignal<Personal>, id: String) -> impl IntoView {
    let tongue = use_tongue();
    let choose = move |event| {
        let chosen = event_target_value(&event).parse::<usize>().ok();
        if let Some(chosen) = chosen.and_then(|place| Personal::ALL.get(place)) {
            what.set(*chosen);
        }
    };
    let option = move |(place, it): (usize, Personal)| {
        let label = it.label();
        view! {
            <option value=place.to_string() selected=move || what.get() == it>
                {move || tongue.say(Word([label.fi, label.sv, label.en]))}
            </option>
        }
    };
    let name = format!("held-what-{id}");
    view! {
        <label class="vh" for=name.clone()>{tongue.word(words::comments::WHAT)}</label>
        <select class="select select--quiet" id=name on:change=choose>
            {Personal::ALL.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}

/// Gives the place in bytes of one that a browser counts in UTF-16.
fn byte_at(text: &str, place: u32) -> usize {
    let mut units = 0_usize;
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let before = text.char_indices().find(|(_, sign)| {
        let is_there = units >= place;
        units = units.saturating_add(sign.len_utf16());
        is_there
    });
    before.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oc8_what_is_selected_is_what_is_removed() {
        let text = "a😀äb";
        let places = [0, 1, 3, 4, 5, 9].map(|place| byte_at(text, place));
        assert_eq!(places, [0, 1, 5, 7, 8, 8]);
    }
}
