//! The projects of the programme by kind: exactly those that exist.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::schema::{Kind, area};
use talkoot_core::summary::Summary;

use super::documents::filter::order_key;
use crate::address;
use crate::i18n::{Tongue, Word, use_tongue, words};
use crate::ui::page::use_page_title;
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{Workspace, use_workspace};

/// Draws the list of projects.
#[component]
pub(crate) fn Projects() -> impl IntoView {
    let tongue = use_tongue();
    use_page_title(move || tongue.say(words::nav::PROJECTS).to_owned());
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::nav::PROJECTS)}</h1>
            </div>
        </header>
        <ProjectsByKind />
    }
}

/// Lists the projects under the label of their kind; a kind without any says so.
#[component]
pub(crate) fn ProjectsByKind() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let group = move |code: area::Code| {
        let projects = Memo::new(move |_| of_kind(workspace, code.code));
        let none = move || view! { <p class="muted">{tongue.word(words::projects::NONE)}</p> };
        let id = format!("h-kind-{}", code.code);
        let heading = id.clone();
        view! {
            <section aria-labelledby=heading>
                <h2 id=id>{tongue.word(heading_of(code))}</h2>
                <Show when=move || !projects.with(Vec::is_empty) fallback=none>
                    <ul class="rows">
                        {move || projects.get().into_iter().map(|summary| view! { <Row summary /> }).collect_view()}
                    </ul>
                </Show>
            </section>
        }
    };
    view! {
        <div class="stack stack--lg narrow">{area::codes("project_kind").map(group).collect_view()}</div>
    }
}

/// Names the projects of a kind, of which there are several, where the label names one.
fn heading_of(kind: area::Code) -> Word {
    match kind.code {
        "regional" => words::projects::REGIONAL,
        "digital" => words::projects::DIGITAL,
        "coordination" => words::projects::COORDINATION,
        _ => Word(kind.labels),
    }
}

#[component]
fn Row(summary: Arc<Summary>) -> impl IntoView {
    let tongue = use_tongue();
    let state = use_workspace().record_state(summary.record);
    let href = address::of(Kind::Project, summary.record, &summary.title);
    let (named, excerpt) = (Arc::clone(&summary), summary.excerpt.clone());
    let about = move || about(tongue, &summary);
    view! {
        <li class="row">
            <div class="row__b">
                <a href=href>{move || title(tongue, &named)}</a>
                <p class="small">{excerpt}</p>
                <div class="row__m">
                    {move || about().into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                    <SyncMark mark=Signal::derive(move || Mark::from(state.get())) />
                </div>
            </div>
        </li>
    }
}

fn about(tongue: Tongue, summary: &Summary) -> Vec<String> {
    let areas = summary.areas.iter().map(|code| tongue.code("area", code));
    let period = summary.period.map(|period| tongue.period(period));
    areas.chain(period).collect()
}

fn of_kind(workspace: Workspace, code: &str) -> Vec<Arc<Summary>> {
    let fits = |it: &&Arc<Summary>| {
        it.kind == Kind::Project && it.trashed.is_none() && it.subkind.as_deref() == Some(code)
    };
    let mut projects: Vec<_> =
        workspace.summaries.with(|all| all.iter().filter(fits).cloned().collect());
    projects.sort_by_cached_key(|summary: &Arc<Summary>| order_key(&summary.title));
    projects
}
