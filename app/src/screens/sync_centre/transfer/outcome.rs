//! The dialog that says what came of a file: a report, a question, or why nothing was changed.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::transfer::TransferError;

use super::importing::{Importing, Outcome};
use super::report::Report;
use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::workspace::ImportFault;

/// Opens when a file has been looked at; closing it lets go of the file and goes on with the next.
#[component]
pub(super) fn OutcomeDialog(importing: Importing) -> impl IntoView {
    let tongue = use_tongue();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if importing.outcome.with(Option::is_none) {
            dialog.close();
        } else if !dialog.open() {
            // One that shows already shows the new words.
            dialog.show_modal().ok();
        }
    });
    let title = move || tongue.say(importing.outcome.with(|outcome| heading(outcome.as_ref())));
    let content = move || match importing.outcome.get()? {
        Outcome::Brought(brought) => Some(view! { <Report brought /> }.into_any()),
        Outcome::Shared { names } => Some(view! { <Shared importing names /> }.into_any()),
        Outcome::Locked { again } => Some(view! { <Unlock importing again /> }.into_any()),
        Outcome::Refused(fault) => {
            let why = why(&fault);
            Some(view! { <p role="alert">{move || tongue.tell(&why)}</p> }.into_any())
        }
    };
    // The names are asked about; nothing is at hand yet.
    let is_asked = move || matches!(importing.outcome.get(), Some(Outcome::Shared { .. }));
    let left = move || {
        let left = importing.at_hand.with(|it| it.left);
        let phrase = by_count(left, words::transfer::LEFT_ONE, words::transfer::left_many);
        (left > 0).then(|| tongue.tell(&phrase))
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="h-outcome"
            on:close=move |_| importing.end()
        >
            <div class="stack">
                <h2 id="h-outcome">{title}</h2>
                <p class="muted" hidden=is_asked>
                    {move || importing.at_hand.with(|it| it.name.clone())}
                </p>
                {content}
                <p class="muted">{left}</p>
                <div class="acts">
                    <button type="button" class="btn btn--soft" on:click=close>
                        {tongue.word(words::transfer::CLOSE)}
                    </button>
                </div>
            </div>
        </dialog>
    }
}

fn heading(outcome: Option<&Outcome>) -> Word {
    match outcome {
        Some(Outcome::Brought(_)) | None => words::transfer::REPORT,
        Some(Outcome::Shared { names }) if names.len() > 1 => words::transfer::SHARED_MANY,
        Some(Outcome::Shared { .. }) => words::transfer::SHARED,
        Some(Outcome::Locked { .. }) => words::transfer::LOCKED,
        Some(Outcome::Refused(_)) => words::transfer::REFUSED,
    }
}

/// Asks whether the files that another program shared are to be taken in.
#[component]
fn Shared(importing: Importing, names: Vec<String>) -> impl IntoView {
    let tongue = use_tongue();
    let names = names.into_iter().map(|name| view! { <li><b>{name}</b></li> }).collect_view();
    view! {
        <ul>{names}</ul>
        <p>{tongue.word(words::transfer::SHARED_TEXT)}</p>
        <div class="acts">
            <button
                type="button"
                class="btn btn--primary"
                aria-busy=move || importing.busy.get().to_string()
                on:click=move |_| importing.take_shared()
            >
                <Icon name="tray-arrow-down" />
                {tongue.word(words::transfer::IMPORT)}
            </button>
        </div>
    }
}

/// Asks for the passphrase of a locked file.
#[component]
fn Unlock(importing: Importing, again: bool) -> impl IntoView {
    let tongue = use_tongue();
    let passphrase = RwSignal::new(String::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        importing.unlock(passphrase.get_untracked());
    };
    let working = move || {
        if importing.busy.get() { tongue.say(words::transfer::UNLOCKING) } else { "" }
    };
    let wrong = again.then(|| {
        view! { <p role="alert">{tongue.word(words::transfer::WRONG_PASSPHRASE)}</p> }
    });
    view! {
        <form class="stack" on:submit=submit>
            <p>{tongue.word(words::transfer::LOCKED_TEXT)}</p>
            {wrong}
            <label class="field">
                <span>{tongue.word(words::transfer::PASSPHRASE)}</span>
                <input
                    type="password"
                    class="input"
                    autocomplete="off"
                    autofocus
                    prop:value=passphrase
                    on:input=move |event| passphrase.set(event_target_value(&event))
                />
            </label>
            <button
                type="submit"
                class="btn btn--primary"
                aria-busy=move || importing.busy.get().to_string()
            >
                {tongue.word(words::transfer::UNLOCK)}
            </button>
            <p class="muted" role="status">{working}</p>
        </form>
    }
}

/// Says what happened, what is safe and what to do (rule P45).
fn why(fault: &ImportFault) -> Phrase {
    let word = match fault {
        ImportFault::Refused(cause) => match cause {
            TransferError::Foreign => words::transfer::FOREIGN,
            TransferError::Locked => words::transfer::LOCKED_TEXT,
            TransferError::TooNew { .. } => words::transfer::TOO_NEW,
            TransferError::Truncated { .. } => words::transfer::TRUNCATED,
            TransferError::TooBig { .. } => words::transfer::TOO_BIG,
            TransferError::Damaged => words::transfer::DAMAGED,
        },
        ImportFault::WrongPassphrase => words::transfer::WRONG_PASSPHRASE,
        ImportFault::OtherLock => words::transfer::OTHER_LOCK,
        ImportFault::NoAccount => words::transfer::NO_ACCOUNT,
        ImportFault::Act(fault) => return fault_text::of_act(fault),
    };
    word.into()
}
