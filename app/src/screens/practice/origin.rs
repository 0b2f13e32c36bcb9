//! What a copy says of its original: improvements that wait, and a way to suggest one's own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::Deal;
use talkoot_core::adopt::Standing;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::review::count_of;
use super::standing::{NotOpen, use_standing};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// Says how many improvements of the original wait, to those who may decide about them.
#[component]
pub(crate) fn Improvements(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let origin = Memo::new(move |_| {
        let lineage = session.record.with(|it| Some(it.as_ref()?.lineage()?.0));
        lineage.filter(|_| session.may(Deal::Edit) && !session.is_trashed())
    });
    let standing = use_standing(session);
    // Counted again when the copy or the original has changed.
    let moved = Memo::new(move |_| {
        let origin = origin.get().filter(|_| standing.get() == Some(Standing::Open))?;
        let of = |record| workspace.summaries.with(|all| all.get(record).map(|it| it.modified));
        Some((of(origin)?, of(record)))
    });
    let count = RwSignal::new(0);
    Effect::new(move || {
        if moved.get().is_none() {
            return count.set(0);
        }
        spawn_local(async move {
            // A device that cannot read says so elsewhere; here nothing is claimed.
            if let Ok(review) = workspace.review(record).await {
                count.try_set(review.map_or(0, |review| review.improvements.len()));
            }
        });
    });
    let navigate = use_navigate();
    let review = move |_| {
        let title = workspace.title_of(record).unwrap_or_default();
        let page = address::of(Kind::Practice, record, &title);
        navigate(&format!("{page}/improvements"), NavigateOptions::default());
    };
    let shown = Memo::new(move |_| origin.get().and(standing.get()));
    view! {
        <NotOpen standing=shown />
        <Show when=move || count.get() != 0>
            <div class="banner banner--brand noprint">
                <Icon name="git-merge" />
                <p class="banner__t">
                    <b>{move || tongue.tell(&count_of(count.get()))}</b>
                    {tongue.word(words::review::WAITING)}
                </p>
                <button type="button" class="btn btn--primary" on:click=review.clone()>
                    {tongue.word(words::review::REVIEW)}
                </button>
            </div>
        </Show>
    }
}
