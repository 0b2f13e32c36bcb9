//! Why the original changed, in the words of those who published it.

use leptos::prelude::*;
use talkoot_core::adopt::Reason;
use talkoot_core::id::RecordId;

use crate::i18n::{use_tongue, words};
use crate::ui::avatar::Avatar;
use crate::ui::names::who;
use crate::workspace::use_workspace;

/// Draws the reasons of an improvement, oldest first.
#[component]
pub(super) fn Reasons(original: RecordId, reasons: Vec<Reason>) -> impl IntoView {
    reasons.into_iter().map(|reason| view! { <One original reason /> }).collect_view()
}

#[component]
fn One(original: RecordId, reason: Reason) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Reason { by, words: said } = reason;
    let name = Signal::derive(move || who(tongue, workspace, by.author));
    let said_by = move || {
        let project = workspace.summaries.with(|all| all.get(original)?.project);
        match project.and_then(|project| workspace.title_of(project)) {
            Some(project) => tongue.tell(&words::published::said(name.get(), project)),
            None => format!("{}:", name.get()),
        }
    };
    let quoted = move || tongue.tell(&words::published::quoted(said.clone()));
    let when = move || tongue.moment(by.stamp.wall_ms);
    view! {
        <div class="said">
            <Avatar name />
            <p>
                <b>{said_by}</b>
                " "
                <span class="lines">{quoted}</span>
                " "
                <small class="muted">{when}</small>
            </p>
        </div>
    }
}
