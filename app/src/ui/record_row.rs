//! What a list says of one thing: its name as a link, a line about it, its sync state.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use super::icon::Icon;
use super::sync_mark::{Mark, SyncMark};
use crate::address;
use crate::i18n::{Tongue, use_tongue, words};
use crate::workspace::{Workspace, use_workspace};

/// Gives the name that shows; a thing without one is called so.
pub(crate) fn title(tongue: Tongue, summary: &Summary) -> String {
    if summary.title.trim().is_empty() {
        tongue.say(words::record::UNTITLED).to_owned()
    } else {
        summary.title.clone()
    }
}

/// Gives the icon of a kind.
pub(crate) fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Programme => "map-trifold",
        Kind::Project => "users-three",
        Kind::Document => "file-text",
        Kind::Organisation => "flag",
        Kind::Practice => "plant",
        Kind::Thread | Kind::Notebook => "chats-circle",
    }
}

/// Gives the label of the kind that a document or project has itself.
pub(crate) fn subkind(tongue: Tongue, summary: &Summary) -> Option<String> {
    let list = match summary.kind {
        Kind::Document => "document_kind",
        Kind::Project => "project_kind",
        Kind::Organisation => "sector",
        Kind::Practice => "phase",
        Kind::Thread => "thread_kind",
        Kind::Programme | Kind::Notebook => return None,
    };
    summary.subkind.as_deref().map(|code| tongue.code(list, code))
}

/// Draws the inside of a list's row, without the row itself.
#[component]
pub(crate) fn RecordRow(
    summary: Arc<Summary>,
    /// Marks it as new since the last visit.
    #[prop(default = false)]
    new: bool,
    /// Whether the row names the project.
    #[prop(default = true)]
    names_project: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(summary.record);
    let mark = Signal::derive(move || Mark::from(state.get()));
    let href = address::of(summary.kind, summary.record, &summary.title);
    let (named, about) = (Arc::clone(&summary), Arc::clone(&summary));
    let lang = summary.language.clone();
    let parts = move || about_parts(tongue, workspace, &about, names_project);
    view! {
        <Icon name=icon(summary.kind) />
        <div class="row__b">
            <a href=href class:new=new lang=lang>{move || title(tongue, &named)}</a>
            <div class="row__m">
                {move || parts().into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                <SyncMark mark />
            </div>
        </div>
    }
}

/// Lists what is said of it: kind, project, draft or date, who changed it and when.
fn about_parts(
    tongue: Tongue,
    workspace: Workspace,
    summary: &Summary,
    names_project: bool,
) -> Vec<String> {
    let project = summary.project.filter(|_| names_project);
    let project = project.and_then(|project| workspace.title_of(project));
    let draft = summary.kind == Kind::Document && !summary.published;
    let who = workspace.name_of(summary.modified.author);
    let when = tongue.moment(summary.modified.stamp.wall_ms);
    let changed = match who {
        Some(who) => format!("{who}, {when}"),
        None => when,
    };
    let draft = draft.then(|| tongue.say(words::record::DRAFT).to_owned());
    [subkind(tongue, summary), project, draft, Some(changed)].into_iter().flatten().collect()
}
