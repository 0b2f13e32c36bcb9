//! The programme: what it is, its projects by kind, the organisations in it.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, programme_field};
use talkoot_core::summary::Summary;

use super::documents::filter::order_key;
use super::not_found::NotFound;
use super::projects::ProjectsByKind;
use super::record_address::use_record;
use super::record_page::RecordPage;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::ui::empty::Empty;
use crate::ui::page::use_page_title;
use crate::ui::record_row::{subkind, title};
use crate::workspace::{Workspace, use_workspace};

/// Shows the programme of this workspace.
#[component]
pub(crate) fn ProgrammeHome() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    use_page_title(move || tongue.say(words::nav::PROGRAMME).to_owned());
    let programme =
        Memo::new(move |_| of_kind(workspace, Kind::Programme).first().map(|it| it.record));
    move || match programme.get() {
        Some(record) => view! { <Programme record /> }.into_any(),
        None => view! {
            <h1>{tongue.word(words::nav::PROGRAMME)}</h1>
            <Empty title=words::programme::EMPTY text=words::programme::EMPTY_TEXT />
        }
        .into_any(),
    }
}

/// Shows the programme that the address names.
#[component]
pub(crate) fn ProgrammePage() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => view! { <Programme record /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Programme(record: RecordId) -> impl IntoView {
    view! {
        <RecordPage record kind=Kind::Programme lead=programme_field::SHORT_DESCRIPTION>
            <div class="pulse">
                <ProjectsByKind />
            </div>
            <Organisations />
        </RecordPage>
    }
}

#[component]
fn Organisations() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let organisations = Memo::new(move |_| of_kind(workspace, Kind::Organisation));
    let none =
        move || view! { <p class="muted">{tongue.word(words::programme::NO_ORGANISATIONS)}</p> };
    let row = move |summary: Arc<Summary>| {
        let href = address::of(Kind::Organisation, summary.record, &summary.title);
        view! {
            <li>
                <a href=href>{title(tongue, &summary)}</a>
                <span class="small muted">{subkind(tongue, &summary)}</span>
            </li>
        }
    };
    view! {
        <section class="pulse" aria-labelledby="h-organisations">
            <h2 id="h-organisations">{tongue.word(words::programme::ORGANISATIONS)}</h2>
            <Show when=move || !organisations.with(Vec::is_empty) fallback=none>
                <ul class="digi">
                    {move || organisations.get().into_iter().map(row).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

fn of_kind(workspace: Workspace, kind: Kind) -> Vec<Arc<Summary>> {
    let fits = |it: &&Arc<Summary>| it.kind == kind && it.trashed.is_none();
    let mut found: Vec<_> =
        workspace.summaries.with(|all| all.iter().filter(fits).cloned().collect());
    found.sort_by_cached_key(|summary: &Arc<Summary>| order_key(&summary.title));
    found
}
