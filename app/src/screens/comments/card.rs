//! One comment that waits: who wrote it about what, its words as they are to be read, the decision.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::comment::Typed;
use talkoot_core::language::Language;

use super::refusal::Refusal;
use super::taking_out::TakingOut;
use crate::address;
use crate::comments::{Held, Ruled};
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::page::focus_heading;
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
            if done.is_ok() {
                // The card is gone, and the focus with it.
                request_animation_frame(focus_heading);
            }
            match done {
                Ok(Ruled::Done) => toasts.say(words::comments::PUBLISHED),
                Ok(Ruled::Here) => toasts.say(words::comments::PUBLISHED_HERE),
                Ok(Ruled::Otherwise) => toasts.say(words::comments::OTHERWISE),
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
                <TakingOut typed language id />
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
