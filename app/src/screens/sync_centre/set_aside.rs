//! Changes that are in no text: why, what they said, what can be done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::ChangeId;

use crate::device::download::save_text;
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::{SetAside, use_workspace};

/// The name of the file that carries one text.
const FILE_NAME: &str = "talkoot.txt";

/// Lists what was set aside; nothing when nothing was.
#[component]
pub(super) fn SetAsides() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let aside = Memo::new(move |_| workspace.status.with(|status| status.set_aside.clone()));
    view! {
        <Show when=move || !aside.with(Vec::is_empty)>
            <section class="clashbox" aria-labelledby="h-aside">
                <div>
                    <h2 id="h-aside">{tongue.word(words::aside::TITLE)}</h2>
                    <p class="muted">{tongue.word(words::aside::TEXT)}</p>
                </div>
                <ul class="rows">
                    <For
                        each=move || aside.get()
                        key=|it| it.change
                        children=|change| view! { <Row change /> }
                    />
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(change: SetAside) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let SetAside { change: id, record, code, at_ms, text } = change;
    let why = fault_text::of_refusal(&code);
    // What another took back is not tried again in one's own name.
    let is_own = code != "withdrawn";
    let name = move || {
        let title = workspace.title_of(record);
        title.unwrap_or_else(|| tongue.say(words::record::UNTITLED).to_owned())
    };
    view! {
        <li class="row">
            <div class="row__b stack stack--sm">
                <b>{name}</b>
                <p>{tongue.word(why)}</p>
                <div class="row__m">
                    <span>{move || tongue.moment(at_ms)}</span>
                </div>
                <details>
                    <summary class="btn btn--quiet">{tongue.word(words::aside::SHOW)}</summary>
                    <p class="lines panel">{text.clone()}</p>
                </details>
                <Acts id text is_own />
                <p class="small muted">{move || tongue.tell(&words::aside::code(&code))}</p>
            </div>
        </li>
    }
}

#[component]
fn Acts(id: ChangeId, text: String, is_own: bool) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let text = StoredValue::new(text);
    let copy = move |_| {
        spawn_local(async move {
            let copied = window().navigator().clipboard().write_text(&text.get_value());
            let done = wasm_bindgen_futures::JsFuture::from(copied).await.is_ok();
            toasts.say(if done { words::aside::COPIED } else { words::fault::ACT });
        });
    };
    let save = move |_| {
        if !text.with_value(|text| save_text(FILE_NAME, text)) {
            toasts.say(words::fault::ACT);
        }
    };
    let again = move |_| {
        spawn_local(async move {
            match workspace.retry_set_aside(id).await {
                Ok(()) => toasts.say(words::sync::TRYING),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    let discard = move |_| {
        spawn_local(async move {
            if let Err(fault) = workspace.discard_set_aside(id).await {
                toasts.say(fault_text::of_act(&fault));
            }
        });
    };
    let again_button = is_own.then(|| {
        view! {
            <button type="button" class="btn btn--soft" on:click=again>
                {tongue.word(words::aside::AGAIN)}
            </button>
        }
    });
    let discard_button = move || {
        view! {
            <button type="button" class="btn btn--quiet" on:click=move |_| asking.set(true)>
                {tongue.word(words::aside::DISCARD)}
            </button>
        }
    };
    view! {
        <div class="acts">
            <button type="button" class="btn btn--soft" on:click=copy>{tongue.word(words::aside::COPY)}</button>
            <button type="button" class="btn btn--soft" on:click=save>
                <Icon name="download-simple" />
                {tongue.word(words::aside::SAVE)}
            </button>
            {again_button}
            <Show when=move || asking.get() fallback=discard_button>
                <span>{tongue.word(words::aside::SURE)}</span>
                <button type="button" class="btn btn--danger" on:click=discard>
                    {tongue.word(words::aside::DISCARD)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| asking.set(false)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </Show>
        </div>
    }
}
