//! What this person has begun and not published yet.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use crate::i18n::{use_tongue, words};
use crate::ui::empty::Empty;
use crate::ui::new_document::NewDocument;
use crate::ui::record_row::RecordRow;
use crate::workspace::use_workspace;

/// Most drafts on the home screen.
const ROWS_MAX: usize = 8;

/// Lists my drafts, newest first.
#[component]
pub(crate) fn Drafts() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let signed_in = Memo::new(move |_| workspace.me.with(Option::is_some));
    let drafts = Memo::new(move |_| {
        let me = workspace.me.with(|me| me.as_ref().map(|me| me.account));
        let is_draft = |summary: &&Arc<Summary>| {
            summary.kind == Kind::Document
                && !summary.published
                && summary.trashed.is_none()
                && Some(summary.created.author) == me
        };
        let mut drafts: Vec<_> =
            workspace.summaries.with(|all| all.iter().filter(is_draft).cloned().collect());
        drafts.sort_by_key(|summary: &Arc<Summary>| std::cmp::Reverse(summary.modified.stamp));
        drafts.truncate(ROWS_MAX);
        drafts
    });
    let empty = move || {
        view! {
            <Empty title=words::home::NO_DRAFTS text=words::home::NO_DRAFTS_TEXT>
                <NewDocument />
            </Empty>
        }
    };
    view! {
        <Show when=move || signed_in.get()>
            <section aria-labelledby="h-drafts">
                <div class="sec__h">
                    <h2 id="h-drafts" class="h3">{tongue.word(words::home::DRAFTS)}</h2>
                </div>
                <Show when=move || !drafts.with(Vec::is_empty) fallback=empty>
                    <ul class="rows rows--tight two">
                        {move || drafts.get().into_iter().map(|summary| view! {
                            <li class="row"><RecordRow summary /></li>
                        }).collect_view()}
                    </ul>
                </Show>
            </section>
        </Show>
    }
}
