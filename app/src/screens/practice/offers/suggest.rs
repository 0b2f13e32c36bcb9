//! Suggesting: which sections, and why.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::access::Deal;
use talkoot_core::adopt::Standing;
use talkoot_core::adopt::offer::waiting;
use talkoot_core::id::RecordId;
use talkoot_core::limits::TEXT_CHARS_MAX;
use talkoot_core::schema::{Field, Shape};

use super::super::standing::use_standing;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::dialog::Dialog;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Lets those who write a copy suggest sections of it to its original.
#[component]
pub(crate) fn Suggest(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let open = RwSignal::new(false);
    let standing = use_standing(session);
    let may = Memo::new(move |_| {
        let is_open = standing.get() == Some(Standing::Open);
        is_open && session.may(Deal::Edit) && !session.is_trashed()
    });
    let title = Signal::derive(move || tongue.say(words::offer::SUGGEST).to_owned());
    view! {
        <Show when=move || may.get()>
            <button
                type="button"
                class="btn btn--quiet"
                aria-haspopup="dialog"
                on:click=move |_| open.set(true)
            >
                <Icon name="arrow-bend-up-left" />
                {tongue.word(words::offer::SUGGEST)}
            </button>
        </Show>
        <Dialog open id="h-suggest" title>
            <Question record session open />
        </Dialog>
    }
}

#[component]
fn Question(record: RecordId, session: RecordSession, open: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let sections = RwSignal::new(None::<Vec<&'static Field>>);
    let chosen = RwSignal::new(BTreeSet::<u16>::new());
    let begun = BegunForm::open(record, "suggest", Vec::new());
    let reason = RwSignal::new(begun.left_text());
    let busy = RwSignal::new(false);
    spawn_local(async move {
        let ways = workspace.own_ways(record).await.unwrap_or_default();
        let texts = ways.into_iter().filter(|field| field.shape == Shape::RichText);
        sections.try_set(Some(texts.collect()));
    });
    let write = move |event| {
        reason.set(event_target_value(&event));
        reason.with_untracked(|reason| begun.keep_text(reason));
    };
    let cancel = move |_| {
        begun.give_up();
        open.set(false);
    };
    let send = move || {
        let all = sections.get_untracked().unwrap_or_default();
        let picked = chosen.get_untracked();
        let picked: Vec<_> = all.into_iter().filter(|it| picked.contains(&it.tag)).collect();
        if picked.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let reason = reason.get_untracked().trim().to_owned();
        let done = begun.done();
        spawn_local(async move {
            match workspace.suggest(record, picked, reason).await {
                Ok(()) => {
                    done();
                    toasts.say(words::offer::SENT);
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    let origin = session.record.with_untracked(|it| Some(it.as_ref()?.lineage()?.0));
    let original = origin.map(|origin| workspace.open(origin));
    let waits = move |field: &Field| {
        let record_of = |it: &RecordSession| {
            it.record
                .with(|it| it.as_ref().is_some_and(|it| !waiting(it, record, field).is_empty()))
        };
        original.as_ref().is_some_and(record_of)
    };
    let one = move |field: &'static Field| {
        let tick = move |event| {
            let on = event_target_checked(&event);
            chosen.update(|all| {
                if on {
                    all.insert(field.tag)
                } else {
                    all.remove(&field.tag)
                };
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" on:change=tick />
                {tongue.word(field.label)}
                <Show when=move || waits(field)>
                    <span class="hint">{tongue.word(words::offer::WAITS)}</span>
                </Show>
            </label>
        }
    };
    let list = move || {
        let all = sections.get()?;
        if all.is_empty() {
            return Some(view! { <p>{tongue.word(words::offer::NOTHING)}</p> }.into_any());
        }
        let all = all.into_iter().map(one).collect_view();
        let legend = tongue.word(words::offer::WHICH);
        Some(
            view! { <fieldset class="stack stack--sm"><legend>{legend}</legend>{all}</fieldset> }
                .into_any(),
        )
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <p class="muted">{tongue.word(words::offer::TEXT)}</p>
            {list}
            <BegunNote form=begun on_discard=move |()| reason.set(String::new()) />
            <div class="field">
                <label for="suggest-reason">{tongue.word(words::offer::REASON)}</label>
                <textarea
                    class="area"
                    id="suggest-reason"
                    rows="3"
                    maxlength=TEXT_CHARS_MAX.to_string()
                    prop:value=move || reason.get()
                    on:input=write
                ></textarea>
            </div>
            <div class="acts">
                <button
                    type="submit"
                    class="btn btn--primary"
                    disabled=move || busy.get() || chosen.with(BTreeSet::is_empty)
                >
                    {tongue.word(words::offer::SEND)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=cancel>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}
