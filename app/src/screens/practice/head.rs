//! The head of a practice: its name, what it is in a sentence, where it stands.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::practice_field;

use super::actions::Actions;
use super::aside::in_projects;
use super::points::ReadyMark;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::use_workspace;

/// Draws the head.
#[component]
pub(super) fn Head(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let state = workspace.record_state(record);
    let language = move || summary().and_then(|it| it.language.clone());
    let name = move || summary().map(|it| title(tongue, &it));
    let lead = move || {
        session.record.with(|record| {
            let value = record.as_ref()?.field(practice_field::SHORT_DESCRIPTION)?.value()?;
            let text = value.as_text().map(str::trim).filter(|text| !text.is_empty())?;
            Some(view! { <p class="lead" lang=language>{text.to_owned()}</p> })
        })
    };
    let changed = move || {
        let modified = summary()?.modified;
        let when = tongue.moment(modified.stamp.wall_ms);
        let who = who(tongue, workspace, modified.author);
        Some(tongue.tell(&words::practice::modified(who, when)))
    };
    view! {
        <header class="phead">
            <h1 lang=language>{name}</h1>
            {lead}
            <div class="phead__m">
                <ReadyMark record />
                <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
                <Adopted record />
                <span class="small muted">{changed}</span>
            </div>
            <Actions record session />
        </header>
    }
}

/// Says in how many projects it is in use, if it is in any.
#[component]
fn Adopted(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let count = Memo::new(move |_| {
        let count = workspace
            .summaries
            .with(|all| Some(all.get(record)?.practice.as_ref()?.users().count()));
        count.unwrap_or_default()
    });
    view! {
        <Show when=move || count.get() != 0>
            <span class="adopt">
                <Icon name="plant" />
                {move || tongue.tell(&in_projects(count.get()))}
            </span>
        </Show>
    }
}
