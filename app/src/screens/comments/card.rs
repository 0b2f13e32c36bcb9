//! One comment that waits: its words as they are to be read, what is taken out, the decision.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::comment::Typed;
use talkoot_core::comment::personal::{self, Personal};
use talkoot_core::language::Language;

use super::refusal::Refusal;
use crate::address;
use crate::comments::Held;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Draws a comment with what can be done.
#[component]
pub(super) fn Card(held: Held) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let typed = RwSignal::new(held.typed.clone());
    let busy = RwSignal::new(false);
    let held = StoredValue::new(held);
    // The mark stands in a text of that language.
    let language = workspace.summaries.with_untracked(|all| {
        let language = all.get(held.with_value(|it| it.record))?.language.clone();
        Language::of_tag(&language?)
    });
    let language = language.unwrap_or_default();
    let publish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let done = workspace.publish_comment(&held.get_value(), typed.get_untracked()).await;
            busy.try_set(false);
            match done {
                Ok(()) => toasts.say(words::comments::PUBLISHED),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    let id = held.with_value(|it| it.id.to_string());
    let heading = format!("held-{id}");
    let named = heading.clone();
    view! {
        <li class="row">
            <article class="row__b stack" aria-labelledby=named>
                <h2 class="h3" id=heading>{move || typed.with(|it| it.subject.clone())}</h2>
                <About held typed />
                <Words typed language id />
                <div class="acts">
                    <button type="button" class="btn btn--primary" aria-disabled=move || busy.get().to_string() on:click=publish>
                        {tongue.word(words::comments::PUBLISH)}
                    </button>
                    <Refusal held />
                </div>
            </article>
        </li>
    }
}

/// Says who wrote it, about what, when it was written and when it came.
#[component]
fn About(held: StoredValue<Held>, typed: RwSignal<Typed>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Held { record, written_ms, arrived_ms, .. } = held.get_value();
    let by = move || {
        typed.with(|it| match it.organisation.as_str() {
            "" => it.name.clone(),
            organisation => format!("{}, {organisation}", it.name),
        })
    };
    let about = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned())?;
        let href = address::of(summary.kind, record, &summary.title);
        Some(view! { <a href=href>{summary.title.clone()}</a> })
    };
    let times = move || {
        let [written, arrived] = [written_ms, arrived_ms].map(|at_ms| tongue.moment(at_ms));
        tongue.tell(&words::comments::times(written, arrived))
    };
    view! {
        <div class="row__m">
            <span>{by}</span>
            <span>{about}</span>
            <span>{times}</span>
        </div>
    }
}

/// Shows the words as they are to be read, and takes out what is personal: what was found, or what
/// is selected.
#[component]
fn Words(typed: RwSignal<Typed>, language: Language, id: String) -> impl IntoView {
    let tongue = use_tongue();
    let first = typed.get_untracked();
    let area = NodeRef::<html::Textarea>::new();
    let words_id = format!("held-words-{id}");
    let what = RwSignal::new(Personal::Other);
    let is_changed = {
        let first = first.clone();
        Memo::new(move |_| typed.with(|it| *it != first))
    };
    let found = move || {
        let text = typed.with(|it| it.words.clone());
        let one = |it: personal::Found| {
            let said = text.get(it.place.clone()).unwrap_or_default().to_owned();
            view! { <FoundButton typed language found=it said /> }
        };
        personal::find(&text).into_iter().map(one).collect_view()
    };
    let remove = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let ends = [area.selection_start(), area.selection_end()];
        let [from, until] = ends.map(|it| it.ok().flatten().unwrap_or_default());
        typed.update(|it| {
            let place = byte_at(&it.words, from)..byte_at(&it.words, until);
            it.words = personal::remove(&it.words, place, what.get_untracked(), language);
        });
    };
    let without_name = move |_| {
        typed.update(|it| {
            it.name = Personal::Name.mark(language);
            it.organisation.clear();
        });
    };
    view! {
        <div class="field">
            <label for=words_id.clone()>{tongue.word(words::comments::SHOWN)}</label>
            <textarea
                class="area"
                id=words_id
                rows="5"
                readonly
                node_ref=area
                prop:value=move || typed.with(|it| it.words.clone())
            ></textarea>
        </div>
        <div class="acts">
            {found}
            <WhatChoice what id />
            <button type="button" class="btn btn--quiet" on:click=remove>
                {tongue.word(words::comments::REMOVE_SELECTED)}
            </button>
            <button type="button" class="btn btn--quiet" on:click=without_name>
                {tongue.word(words::comments::REMOVE_NAME)}
            </button>
            <Show when=move || is_changed.get()>
                <button type="button" class="btn btn--quiet" on:click={
                    let first = first.clone();
                    move |_| typed.set(first.clone())
                }>{tongue.word(words::comments::BACK)}</button>
            </Show>
        </div>
    }
}

/// Takes out one thing that was found.
#[component]
fn FoundButton(
    typed: RwSignal<Typed>,
    language: Language,
    found: personal::Found,
    said: String,
) -> impl IntoView {
    let tongue = use_tongue();
    let remove = move |_| {
        let personal::Found { what, place } = found.clone();
        typed.update(|it| it.words = personal::remove(&it.words, place, what, language));
    };
    view! {
        <button type="button" class="btn btn--soft" on:click=remove>
            {move || tongue.tell(&words::comments::remove(&said))}
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
        <select class="input" id=name on:change=choose>
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
