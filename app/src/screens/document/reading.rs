//! Reading a document: its head, what waits to be chosen, its text, what is known about it.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, document_field};

use super::actions::Actions;
use super::aside::Aside;
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::bin;
use crate::ui::choice_card::ChoiceCards;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::prose::headings_below;
use crate::ui::record_row::{subkind, title};
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{RecordSync, use_workspace};

/// Draws a document for reading.
#[component]
pub(super) fn Reading(record: RecordId) -> impl IntoView {
    let workspace = use_workspace();
    let tongue = use_tongue();
    let session = workspace.open(record);
    let known = Memo::new(move |_| workspace.summaries.with(|all| all.get(record).is_some()));
    let name = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.map(|summary| title(tongue, &summary)).unwrap_or_default()
    };
    use_page_title(name);
    view! {
        <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
            <a href="/documents">{tongue.word(words::nav::DOCUMENTS)}</a>
        </nav>
        <Show when=move || known.get() fallback=|| view! { <Missing /> }>
            <Head record session />
            <Newer record />
            <InBin record said=words::document::IN_BIN />
            <ChoiceCards record session />
            <div class="cols cols--p">
                <Text session />
                <Aside record session />
            </div>
        </Show>
    }
}

/// Says that the thing is not on this device: not sent here yet, or not for this person.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <h1>{tongue.word(words::record::NOT_HERE)}</h1>
        <p class="lead">{tongue.word(words::record::NOT_HERE_TEXT)}</p>
    }
}

#[component]
fn Head(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let state = workspace.record_state(record);
    let language = move || summary().and_then(|it| it.language.clone());
    let name = move || summary().map(|it| title(tongue, &it));
    let project = move || {
        let project = summary()?.project?;
        let title = workspace.title_of(project)?;
        Some(view! { <a href=address::of(Kind::Project, project, &title)>{title.clone()}</a> })
    };
    let facts = move || {
        let summary = summary()?;
        let status =
            if summary.published { words::record::PUBLISHED } else { words::record::DRAFT };
        let date = summary.date.map(|date| tongue.date(date));
        let parts = [subkind(tongue, &summary), Some(tongue.say(status).to_owned()), date];
        Some(parts.into_iter().flatten().map(|part| view! { <span>{part}</span> }).collect_view())
    };
    let authors = move || {
        let authors = super::aside::members(session, document_field::AUTHORS);
        (!authors.is_empty()).then(|| view! { <span>{authors.join(", ")}</span> })
    };
    view! {
        <header class="phead">
            <h1 lang=language>{name}</h1>
            <div class="phead__m">
                {facts} {project} {authors}
                <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
            </div>
            <Actions record session />
        </header>
    }
}

/// Says that the text was made with a newer version, so it can only be read here.
#[component]
pub(crate) fn Newer(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let state = use_workspace().record_state(record);
    view! {
        <Show when=move || state.get() == RecordSync::Newer>
            <div class="banner banner--info" role="status">
                <Icon name="info" />
                <p class="banner__t">{tongue.word(words::record::NEWER)}</p>
            </div>
        </Show>
    }
}

/// Says that the record lies in the bin, since when and for how long.
#[component]
pub(crate) fn InBin(record: RecordId, said: Word) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let since =
        Memo::new(move |_| workspace.summaries.with(|all| Some(all.get(record)?.trashed?.wall_ms)));
    let banner = move |since_ms| {
        let when = move || tongue.tell(&words::bin::since(tongue.moment(since_ms)));
        let left = move || tongue.tell(&bin::left(since_ms));
        view! {
            <div class="banner" role="status">
                <Icon name="trash" />
                <p class="banner__t">
                    <b>{tongue.word(said)}</b>
                    {when} " · " {left}
                </p>
            </div>
        }
    };
    move || since.get().map(banner)
}

#[component]
fn Text(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let html = Memo::new(move |_| headings_below(1, &session.html("body")));
    let language = move || super::aside::code(session, document_field::LANGUAGE);
    let empty = move || view! { <p class="muted">{tongue.word(words::document::NO_TEXT)}</p> };
    view! {
        <article class="read prose" id="text" tabindex="-1" lang=language>
            <Show when=move || !html.with(String::is_empty) fallback=empty>
                <div inner_html=html></div>
            </Show>
        </article>
    }
}
