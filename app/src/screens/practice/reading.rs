//! Reading a practice: head, phase, facts, summary, path, evidence, lessons. Nothing empty shows.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, practice_field};

use super::aside::Aside;
use super::evidence::Evidence;
use super::facts::Facts;
use super::head::Head;
use super::path;
use super::phase::PhaseSteps;
use super::sections::{Section, Summary, WholePath};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::written::{InBin, Missing, Newer, OpenComments};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::record_row::title;
use crate::workspace::use_workspace;

/// Draws a practice for reading.
#[component]
pub(super) fn Reading(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let session = workspace.open(record);
    let looks = RwSignal::new(false);
    let seen = move |looks: bool| if looks { workspace.open_published(record) } else { session };
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let known = Memo::new(move |_| summary().is_some_and(|it| it.kind == Kind::Practice));
    use_page_title(move || summary().map(|it| title(tongue, &it)).unwrap_or_default());
    view! {
        <div class="practice">
            <Trail record />
            <Show when=move || known.get() fallback=|| view! { <Missing /> }>
                <Head record session />
                <Newer record />
                <InBin record said=words::practice::IN_BIN />
                <ChoiceCards record session />
                <SeldomPiece part=Seldom::Unpublished(record, session, looks) />
                <SeldomPiece part=Seldom::Improvements(record, session) />
                <SeldomPiece part=Seldom::Suggestions(record, session) />
                <PhaseSteps record />
                <div class="cols cols--p">
                    {move || view! { <Body record session=seen(looks.get()) named=looks.get() /> }}
                    <Aside record session />
                </div>
                <OpenComments session />
            </Show>
        </div>
    }
}

/// Leads back to the library and to the project.
#[component]
fn Trail(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let project = move || {
        let project = workspace.summaries.with(|all| all.get(record)?.project)?;
        Some((project, workspace.title_of(project)?))
    };
    let link = |(project, title): (RecordId, String)| {
        view! {
            <Icon name="caret-right" />
            <a href=address::of(Kind::Project, project, &title)>{title.clone()}</a>
        }
    };
    view! {
        <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
            <a href="/practices">{tongue.word(words::practice::ALL)}</a>
            {move || project().map(link)}
        </nav>
    }
}

#[component]
fn Body(
    record: RecordId,
    session: RecordSession,
    /// Whether it says its name: above it stands that of the version which is being written.
    named: bool,
) -> impl IntoView {
    let workspace = use_workspace();
    let language = move || workspace.summaries.with(|all| all.get(record)?.language.clone());
    let section = move |tag| path::field(tag).map(|field| view! { <Section session field /> });
    view! {
        <article class="read" lang=language>
            {named.then(|| view! { <Name session /> })}
            <Facts session />
            <Summary session />
            <Evidence session />
            {section(practice_field::LESSONS)}
            <WholePath session />
            {section(practice_field::KEYWORDS)}
            {section(practice_field::LINKS)}
            {section(practice_field::DOCUMENTS)}
        </article>
    }
}

#[component]
fn Name(session: RecordSession) -> impl IntoView {
    let name = move || {
        session
            .record
            .with(|record| record.as_ref()?.title().map(str::to_owned))
            .unwrap_or_default()
    };
    let lead = move || {
        session.record.with(|record| {
            let value = record.as_ref()?.field(practice_field::SHORT_DESCRIPTION)?.value()?;
            value.as_text().map(str::to_owned)
        })
    };
    view! {
        <h2>{name}</h2>
        <p class="lead">{lead}</p>
    }
}
