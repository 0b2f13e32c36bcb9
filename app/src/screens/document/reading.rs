//! Reading a document: its head, what waits to be chosen, its text, what is known about it.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, document_field};

use super::actions::Actions;
use super::aside::Aside;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::written::{InBin, Missing, Newer, OpenComments, use_name};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::page::use_page_title;
use crate::ui::prose::headings_below;
use crate::ui::record_row::subkind;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::use_workspace;

/// Draws a document for reading.
#[component]
pub(super) fn Reading(record: RecordId) -> impl IntoView {
    let workspace = use_workspace();
    let tongue = use_tongue();
    let session = workspace.open(record);
    let looks = RwSignal::new(false);
    let seen = move |looks: bool| if looks { workspace.open_published(record) } else { session };
    let known = Memo::new(move |_| workspace.summaries.with(|all| all.get(record).is_some()));
    let name = use_name(record);
    use_page_title(move || name().unwrap_or_default());
    view! {
        <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
            <a href="/documents">{tongue.word(words::nav::DOCUMENTS)}</a>
        </nav>
        <Show when=move || known.get() fallback=|| view! { <Missing /> }>
            <Head record session />
            <Newer record />
            <InBin record said=words::document::IN_BIN />
            <ChoiceCards record session />
            <SeldomPiece part=Seldom::Unpublished(record, session, looks) />
            <div class="cols cols--p">
                {move || view! { <Text session=seen(looks.get()) /> }}
                <Aside record session />
            </div>
            <OpenComments session />
        </Show>
    }
}

#[component]
fn Head(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let state = workspace.record_state(record);
    let language = move || summary().and_then(|it| it.language.clone());
    let name = use_name(record);
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
