//! Settings: language, looks, account, mail, this device.

mod mail;

use leptos::prelude::*;

use self::mail::Mail;
use crate::device;
use crate::i18n::{use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::language::LanguageSegment;
use crate::ui::page::use_page_title;
use crate::ui::segment::{Part, Segment};
use crate::ui::sign_out::SignOut;
use crate::ui::theme::{Theme, use_themes};
use crate::workspace::use_workspace;

/// Draws the settings.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    use_page_title(move || tongue.say(words::settings::TITLE).to_owned());
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::settings::TITLE)}</h1>
            </div>
        </header>
        <div class="stack stack--lg narrow">
            <section aria-labelledby="h-language">
                <h2 id="h-language">{tongue.word(words::settings::LANGUAGE)}</h2>
                <p class="muted">{tongue.word(words::settings::LANGUAGE_TEXT)}</p>
                <LanguageSegment />
            </section>
            <Looks />
            <Account />
            <Show when=move || signed_in.get()>
                <Mail />
            </Show>
            <section aria-labelledby="h-device">
                <h2 id="h-device">{tongue.word(words::settings::DEVICE)}</h2>
                <p>{device::name()}</p>
                <p class="acts">
                    <a class="btn btn--quiet" href="/sync">
                        <Icon name="arrows-clockwise" />
                        {tongue.word(words::sync::TITLE)}
                    </a>
                    <Show when=move || signed_in.get()>
                        <a class="btn btn--quiet" href="/bin">
                            <Icon name="trash" />
                            {tongue.word(words::bin::TITLE)}
                        </a>
                    </Show>
                </p>
            </section>
        </div>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let tongue = use_tongue();
    let themes = use_themes();
    let parts = move || {
        let part = |theme: Theme| Part { value: theme, name: tongue.say(theme.word()), lang: None };
        Theme::ALL.map(part).to_vec()
    };
    view! {
        <section aria-labelledby="h-theme">
            <h2 id="h-theme">{tongue.word(words::settings::THEME)}</h2>
            <Segment
                legend=Signal::derive(move || tongue.say(words::settings::THEME).to_owned())
                name="theme"
                parts=Signal::derive(parts)
                chosen=Signal::derive(move || themes.get())
                on_choose=move |theme| themes.choose(theme)
            />
        </section>
    }
}

#[component]
fn Account() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    let me = move || workspace.me.get();
    let sign_in = move || {
        view! {
            <p class="muted">{tongue.word(words::account::NOT_SIGNED_IN)}</p>
            <a class="btn btn--primary" href="/sign-in">{tongue.word(words::account::SIGN_IN)}</a>
        }
    };
    view! {
        <section class="stack stack--sm" aria-labelledby="h-account">
            <h2 id="h-account">{tongue.word(words::account::TITLE)}</h2>
            <Show when=move || signed_in.get() fallback=sign_in>
                <p>
                    <b>{move || me().map(|me| me.name)}</b>
                    <br />
                    <span class="muted">{move || me().map(|me| me.email)}</span>
                </p>
                <SignOut />
            </Show>
        </section>
    }
}
