//! One project: every field, edited in its place, its documents and its practices.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, project_field};

use super::not_found::NotFound;
use super::record_address::use_record;
use super::record_page::RecordPage;
use crate::i18n::{use_tongue, words};
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::talk::{Talk, TalkPiece};
use crate::ui::new_practice::NewPractice;
use crate::workspace::use_workspace;

/// Shows the project that the address names.
#[component]
pub(crate) fn ProjectPage() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => view! {
            <RecordPage record kind=Kind::Project lead=project_field::SHORT_DESCRIPTION>
                <Documents record />
                <Practices record />
                <TalkPiece part=Talk::About(record, Kind::Project) />
                <SeldomPiece part=Seldom::ExportTransfer(record) />
            </RecordPage>
        }
        .into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Leads to the project's documents and says how many there are.
#[component]
fn Documents(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let count = Memo::new(move |_| {
        workspace.summaries.with(|all| {
            let of_project = all.iter().filter(|it| {
                it.kind == Kind::Document && it.project == Some(record) && it.trashed.is_none()
            });
            of_project.count()
        })
    });
    view! {
        <section class="pulse" aria-labelledby="h-documents">
            <h2 id="h-documents">{tongue.word(words::nav::DOCUMENTS)}</h2>
            <a class="btn btn--soft" href=format!("/documents?project={record}")>
                {move || tongue.tell(&words::projects::documents(count.get()))}
            </a>
        </section>
    }
}

/// Leads to the project's practices; its members begin new ones here.
#[component]
fn Practices(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let is_mine =
        Memo::new(move |_| workspace.my_project().is_some_and(|(project, _)| project == record));
    view! {
        <section class="pulse" aria-labelledby="h-practices">
            <h2 id="h-practices">{tongue.word(words::practice::ALL)}</h2>
            <div class="acts">
                <a class="btn btn--soft" href=format!("/practices?project={record}")>
                    {tongue.word(words::practice::OF_PROJECT)}
                </a>
                <Show when=move || is_mine.get()>
                    <NewPractice />
                </Show>
            </div>
        </section>
    }
}
