//! Whether mail about what is unread comes, and how often. The server knows, so it needs a network.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::digest::{self, Digest, Every};
use crate::i18n::{Phrase, Word, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::segment::{Part, Segment};
use crate::ui::toast::use_toasts;
use crate::workspace::{ActError, use_workspace};

/// Lets a person choose it; nothing where the server sends no mail.
#[component]
pub(super) fn Mail() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let (told, fault) = (RwSignal::new(None::<Digest>), RwSignal::new(None::<ActError>));
    let line = Memo::new(move |_| workspace.status.with(|status| status.line));
    // Asked again when the line comes or goes.
    Effect::new(move |_| {
        line.get();
        spawn_local(async move {
            match digest::chosen().await {
                Ok(digest) => {
                    told.try_set(Some(digest));
                    fault.try_set(None);
                }
                Err(cause) => drop(fault.try_set(Some(cause))),
            }
        });
    });
    let is_there = Memo::new(move |_| told.with(|it| it.as_ref().is_some_and(|it| it.available)));
    let email = move || told.get().map(|it| it.email).unwrap_or_default();
    let said = move || fault.with(|fault| fault.as_ref().map(|it| tongue.tell(&reason(it))));
    view! {
        <Show when=move || is_there.get() || fault.with(Option::is_some)>
            <section class="stack stack--sm" aria-labelledby="h-mail">
                <h2 id="h-mail">{tongue.word(words::settings::MAIL)}</h2>
                <Show
                    when=move || is_there.get()
                    fallback=move || view! { <p class="muted">{said}</p> }
                >
                    <p class="muted">{move || tongue.tell(&words::settings::mail_text(email()))}</p>
                    <Rhythm told />
                </Show>
            </section>
        </Show>
    }
}

/// The choice itself: what was chosen before comes back where the server did not take it.
#[component]
fn Rhythm(told: RwSignal<Option<Digest>>) -> impl IntoView {
    let (tongue, toasts) = (use_tongue(), use_toasts());
    let every = move || told.with(|it| it.as_ref().map_or(Every::Never, |it| it.every));
    let choose = move |every: Every| {
        let before = told.get_untracked();
        told.update(|told| {
            if let Some(told) = told {
                told.every = every;
            }
        });
        let language = tongue.language();
        spawn_local(async move {
            match digest::choose(every, language).await {
                Ok(digest) => drop(told.try_set(Some(digest))),
                Err(cause) => {
                    drop(told.try_set(before));
                    toasts.say(reason(&cause));
                }
            }
        });
    };
    let parts = move || {
        let part = |every: Every| Part { value: every, name: tongue.say(word(every)), lang: None };
        Every::ALL.map(part).to_vec()
    };
    view! {
        <Segment
            legend=Signal::derive(move || tongue.say(words::settings::MAIL).to_owned())
            name="mail"
            parts=Signal::derive(parts)
            chosen=Signal::derive(every)
            on_choose=choose
        />
    }
}

/// Says why nothing could be chosen.
fn reason(cause: &ActError) -> Phrase {
    let is_offline = matches!(cause, ActError::NoNetwork);
    if is_offline { words::settings::MAIL_OFFLINE.into() } else { fault_text::of_act(cause) }
}

fn word(every: Every) -> Word {
    match every {
        Every::Never => words::settings::MAIL_NEVER,
        Every::Daily => words::settings::MAIL_DAILY,
        Every::Weekly => words::settings::MAIL_WEEKLY,
    }
}
