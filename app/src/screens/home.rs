//! Home: what waits for a person, what is new, what one was writing.

mod awaiting;
mod drafts;
mod news;
mod outgoing;

use leptos::prelude::*;

use self::awaiting::Awaiting;
use self::drafts::Drafts;
use self::news::News;
use self::outgoing::Outgoing;
use crate::i18n::{Tongue, Word, use_tongue, words};
use crate::time_text;
use crate::ui::new_document::NewDocument;
use crate::ui::page::use_page_title;
use crate::workspace::use_workspace;

/// Draws the home screen.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::nav::HOME).to_owned());
    let first_name = move || {
        let name = workspace.me.with(|me| me.as_ref().map(|me| me.name.clone()));
        name.as_deref().and_then(|name| name.split_whitespace().next()).map(str::to_owned)
    };
    let greeting = move || {
        let hello = tongue.say(greeting_at(time_text::local_now().hour));
        first_name().map_or_else(|| hello.to_owned(), |name| format!("{hello}, {name}"))
    };
    view! {
        <header class="head">
            <div>
                <p class="muted">{move || long_date(tongue)}</p>
                <h1>{greeting}</h1>
            </div>
            <div class="acts">
                <NewDocument />
            </div>
        </header>
        <Awaiting />
        <div class="cols">
            <div class="stack stack--lg">
                <News />
                <Drafts />
            </div>
            <div class="stack stack--lg">
                <Outgoing />
            </div>
        </div>
    }
}

fn greeting_at(hour: u8) -> Word {
    match hour {
        4..=9 => words::home::MORNING,
        10..=16 => words::home::DAY,
        _ => words::home::EVENING,
    }
}

/// Writes today's date after the name of the day, as the browser knows them. The two are
/// asked for apart: inside a Finnish date the name would stand in the essive.
fn long_date(tongue: Tongue) -> String {
    let day = today(tongue, &[("weekday", "long")]);
    let date = today(tongue, &[("day", "numeric"), ("month", "long"), ("year", "numeric")]);
    let mut letters = day.chars();
    let day: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    format!("{day} {date}")
}

fn today(tongue: Tongue, parts: &[(&str, &str)]) -> String {
    let options = js_sys::Object::new();
    for (part, form) in parts {
        js_sys::Reflect::set(&options, &(*part).into(), &(*form).into()).ok();
    }
    let tag = match tongue.language().tag() {
        "en" => "en-GB",
        tag => tag,
    };
    js_sys::Date::new_0().to_locale_date_string(tag, &options).into()
}
