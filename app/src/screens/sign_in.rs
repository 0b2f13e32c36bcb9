//! Signing in, or reading without an account.

mod art;

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use self::art::Art;
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::{Drawing, Icon};
use crate::ui::language::LanguageSegment;
use crate::ui::page::use_page_title;
use crate::ui::shell::MAIN_ID;
use crate::workspace::{ActError, Phase, Summaries, use_workspace};

/// The id of the message under the form.
const FAULT_ID: &str = "sign-in-fault";

/// Draws the door.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let tongue = use_tongue();
    use_page_title(move || tongue.say(words::account::SIGN_IN).to_owned());
    view! {
        <div class="gate">
            <Art />
            <main class="gate__m" id=MAIN_ID>
                <div class="gate__in">
                    <div class="brand">
                        <Drawing name="logo" />
                        "Talkoot"
                    </div>
                    <LanguageSegment />
                    <h1>{tongue.word(words::sign_in::TITLE)}</h1>
                    <p class="lead">{tongue.word(words::sign_in::LEAD)}</p>
                    <Form />
                    <p class="or">
                        <span>{tongue.word(words::sign_in::OR)}</span>
                    </p>
                    <Without />
                    <p class="small muted">{tongue.word(words::sign_in::NO_ACCOUNT)}</p>
                </div>
            </main>
        </div>
    }
}

#[component]
fn Form() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let navigate = use_navigate();
    let location = use_location();
    let path = location.pathname;
    let (email, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let fault = RwSignal::new(None::<ActError>);
    let busy = RwSignal::new(false);
    let last_email = workspace.phase.with_untracked(|phase| match phase {
        Phase::SignedOut { last_email } => last_email.clone(),
        Phase::Starting | Phase::Ready | Phase::Failed(_) => None,
    });
    let known = workspace.me.with_untracked(|me| me.as_ref().map(|me| me.email.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(email), Some(secret)) = (email.get(), password.get()) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let navigate = navigate.clone();
        // Somebody who came by a deep link stays there.
        let at_the_door = path.with_untracked(|path| path == "/sign-in" || path == "/");
        let came_from = location.hash.with_untracked(|hash| came_from(hash));
        spawn_local(async move {
            match workspace.sign_in(email.value().trim().to_owned(), secret.value()).await {
                Ok(()) => {
                    let first = workspace.summaries.with_untracked(Summaries::is_empty);
                    if at_the_door {
                        let home = if first { "/welcome" } else { "/" };
                        navigate(came_from.as_deref().unwrap_or(home), NavigateOptions::default());
                    }
                }
                Err(cause) => {
                    fault.try_set(Some(cause));
                    secret.focus().ok();
                }
            }
            busy.try_set(false);
        });
    };
    let invalid =
        move || fault.with(|it| matches!(it, Some(ActError::WrongCredentials))).to_string();
    let said = move || {
        let cause = fault.get()?;
        let is_offline = matches!(cause, ActError::NoNetwork);
        Some(if is_offline {
            words::sign_in::NO_NETWORK.into()
        } else {
            fault_text::of_act(&cause)
        })
    };
    view! {
        <form class="stack" on:submit=submit>
            <div class="field">
                <label for="email">{tongue.word(words::sign_in::EMAIL)}</label>
                <input
                    class="input"
                    id="email"
                    type="email"
                    autocomplete="username"
                    required
                    node_ref=email
                    value=known.or(last_email).unwrap_or_default()
                />
            </div>
            <div class="field">
                <label for="password">{tongue.word(words::sign_in::PASSWORD)}</label>
                <input
                    class="input"
                    id="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    node_ref=password
                    aria-invalid=invalid
                    aria-describedby=FAULT_ID
                />
            </div>
            <p id=FAULT_ID class="err" role="alert">
                {move || said().map(|text| view! { <Icon name="info" />{tongue.tell(&text)} })}
            </p>
            <button
                type="submit"
                class="btn btn--primary btn--wide btn--big"
                aria-disabled=move || busy.get().to_string()
            >
                {tongue.word(words::account::SIGN_IN)}
            </button>
        </form>
    }
}

/// The way out: what is published can be read without an account, on pages of the server.
#[component]
fn Without() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <a class="btn btn--line btn--wide" href="/" rel="external">
            {tongue.word(words::sign_in::WITHOUT)}
        </a>
        <p class="small muted">{tongue.word(words::sign_in::WITHOUT_TEXT)}</p>
    }
}

/// Reads where somebody came from: the address stands behind the door's own, and is one of ours.
fn came_from(hash: &str) -> Option<String> {
    let address = hash.trim_start_matches('#');
    let is_ours = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    (is_ours && address != "/").then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::came_from;

    #[test]
    fn pu11_after_signing_in_one_is_where_one_came_from_and_never_elsewhere() {
        assert_eq!(came_from("#/documents/x"), Some("/documents/x".to_owned()));
        assert_eq!(came_from("#/documents?page=2"), Some("/documents?page=2".to_owned()));
        for hash in ["", "#", "#/", "#//elsewhere.example", "#https://x", "#/\\elsewhere.example"] {
            assert_eq!(came_from(hash), None, "{hash}");
        }
    }
}
