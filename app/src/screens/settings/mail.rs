//! Whether mail about what is unread comes, how often and in which language. The server knows, so
//! it needs a network.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::memory;
use crate::digest::{self, Choice, Digest, Every};
use crate::i18n::{Language, Phrase, Tongue, Word, own_name, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::segment::{Part, Segment};
use crate::ui::toast::{Toasts, use_toasts};
use crate::workspace::{ActError, use_workspace};

/// Where this device remembers that the server sends mail: with no network it cannot be asked.
const IS_SENT: &str = "talkoot.mail";

/// What the server told, and what the person wants that it does not know yet. Both outlive the
/// screen: what was chosen is told to the server also when somebody goes on at once.
#[derive(Clone, Default)]
struct Mailing {
    told: ArcRwSignal<Option<Digest>>,
    wanted: ArcRwSignal<Option<Choice>>,
    fault: ArcRwSignal<Option<ActError>>,
}

impl Mailing {
    /// Asks the server. What it says is old where the person chose meanwhile.
    async fn ask(self) {
        let before = self.told.get_untracked();
        let answer = digest::chosen().await;
        if self.wanted.get_untracked().is_some() || self.told.get_untracked() != before {
            return;
        }
        match answer {
            Ok(digest) => self.hear(digest),
            Err(cause) => self.fault.set(Some(cause)),
        }
    }

    fn hear(&self, digest: Digest) {
        if digest.available {
            memory::keep(IS_SENT, "1");
        } else {
            memory::forget(IS_SENT);
        }
        self.told.set(Some(digest));
        self.fault.set(None);
    }

    /// Takes a choice. One is sent at a time, so that the last one is what the server knows.
    fn choose(&self, choice: Choice, toasts: Toasts) {
        let is_first = self.wanted.get_untracked().is_none();
        self.wanted.set(Some(choice));
        if is_first {
            spawn_local(self.clone().send(choice, toasts));
        }
    }

    async fn send(self, mut choice: Choice, toasts: Toasts) {
        loop {
            match digest::choose(choice).await {
                Ok(digest) => self.hear(digest),
                // What was chosen before comes back.
                Err(cause) => {
                    self.wanted.set(None);
                    return toasts.say(reason(&cause));
                }
            }
            match self.wanted.get_untracked() {
                Some(wanted) if wanted != choice => choice = wanted,
                Some(_) | None => return self.wanted.set(None),
            }
        }
    }

    /// What is chosen as far as this device knows.
    fn choice(&self) -> Option<Choice> {
        self.wanted.get().or_else(|| self.told.with(|it| it.as_ref().map(|it| it.choice)))
    }

    fn is_sent(&self) -> bool {
        self.told.with(|it| it.as_ref().is_some_and(|it| it.available))
    }
}

/// Lets a person choose it; nothing where the server sends no mail.
#[component]
pub(super) fn Mail() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let mailing = StoredValue::new(Mailing::default());
    let line = Memo::new(move |_| workspace.status.with(|status| status.line));
    // Asked again when the line comes or goes.
    Effect::new(move |_| {
        line.get();
        spawn_local(mailing.get_value().ask());
    });
    let is_there = Memo::new(move |_| mailing.with_value(Mailing::is_sent));
    let fault = Memo::new(move |_| mailing.with_value(|it| it.fault.get()));
    let is_missed = move || fault.with(Option::is_some) && memory::read(IS_SENT).is_some();
    let email =
        move || mailing.with_value(|it| it.told.get()).map(|it| it.email).unwrap_or_default();
    let said = move || fault.with(|fault| fault.as_ref().map(|it| tongue.tell(&reason(it))));
    view! {
        <Show when=move || is_there.get() || is_missed()>
            <section class="stack stack--sm" aria-labelledby="h-mail">
                <h2 id="h-mail">{tongue.word(words::settings::MAIL)}</h2>
                <Show
                    when=move || is_there.get()
                    fallback=move || view! { <p class="muted">{said}</p> }
                >
                    <p class="muted">{move || tongue.tell(&words::settings::mail_text(email()))}</p>
                    <Rhythm mailing />
                </Show>
            </section>
        </Show>
    }
}

/// The choices themselves; the language matters once mail comes.
#[component]
fn Rhythm(mailing: StoredValue<Mailing>) -> impl IntoView {
    let (tongue, toasts) = (use_tongue(), use_toasts());
    let choice = Memo::new(move |_| {
        let chosen = mailing.with_value(Mailing::choice);
        chosen.unwrap_or(Choice { every: Every::Never, language: tongue.language() })
    });
    let choose = move |choice| mailing.with_value(|it| it.choose(choice, toasts));
    let choose_every = move |every| {
        let before = choice.get_untracked();
        // Who turns it on reads what they read now.
        let is_new = before.every == Every::Never;
        let language = if is_new { tongue.language() } else { before.language };
        choose(Choice { every, language });
    };
    let rhythms = move || {
        let part = |every: Every| Part { value: every, name: tongue.say(word(every)), lang: None };
        Every::ALL.map(part).to_vec()
    };
    view! {
        <Segment
            legend=legend(tongue, words::settings::MAIL)
            name="mail"
            parts=Signal::derive(rhythms)
            chosen=Signal::derive(move || choice.get().every)
            on_choose=choose_every
        />
        <Show when=move || choice.get().every != Every::Never>
            <Segment
                legend=legend(tongue, words::settings::MAIL_LANGUAGE)
                name="mail-language"
                parts=Signal::stored(Language::ALL.map(language_part).to_vec())
                chosen=Signal::derive(move || choice.get().language)
                on_choose=move |language| choose(Choice { language, ..choice.get_untracked() })
            />
        </Show>
    }
}

fn legend(tongue: Tongue, word: Word) -> Signal<String> {
    Signal::derive(move || tongue.say(word).to_owned())
}

fn language_part(language: Language) -> Part<Language> {
    Part { value: language, name: own_name(language), lang: Some(language.tag()) }
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
