//! Writing a practice: head with the line of saving, the form, the contents beside it.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::contents::Contents;
use super::form::Form;
use super::points::{ReadyMark, Reminder};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::document::{
    Missing, OfflineBanner, Presence, PublishButton, leave_if_not_for_writing,
};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::record_row::title;
use crate::ui::save_fault::SaveFault;
use crate::ui::save_line::SaveLine;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::use_workspace;

/// Draws a practice for writing.
#[component]
pub(super) fn Editing(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let session = workspace.open(record);
    let loaded = Memo::new(move |_| session.record.with(Option::is_some));
    let known = Memo::new(move |_| {
        loaded.get() || workspace.summaries.with(|all| all.get(record).is_some())
    });
    let may = Memo::new(move |_| session.may(Deal::Edit));
    use_page_title(move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.map(|summary| title(tongue, &summary)).unwrap_or_default()
    });
    leave_if_not_for_writing(Kind::Practice, record, session);
    let missing = || view! { <div class="edwrap"><Missing /></div> };
    view! {
        <OfflineBanner />
        <Show when=move || known.get() fallback=missing>
            <Head record session />
            <Show when=move || loaded.get()>
                <Show when=move || may.get()>
                    <Page record session />
                </Show>
            </Show>
        </Show>
    }
}

#[component]
fn Head(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(record);
    let name = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.map(|summary| title(tongue, &summary)).unwrap_or_default()
    };
    let href = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of(Kind::Practice, record, &title)
    };
    view! {
        <header class="edhead">
            <div class="edhead__t">
                <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
                    <a href="/practices">{tongue.word(words::practice::ALL)}</a>
                    <Icon name="caret-right" />
                    <a href=href>{tongue.word(words::editor::READ)}</a>
                </nav>
                <div class="edhead__l">
                    <h1 class="edhead__n">{name}</h1>
                    <ReadyMark record />
                    <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
                </div>
                <SaveLine state=session.save_state />
                <Reminder session />
            </div>
            <div class="acts">
                <Presence session />
                <PublishButton record session />
            </div>
        </header>
    }
}

#[component]
fn Page(record: RecordId, session: RecordSession) -> impl IntoView {
    let form = NodeRef::<html::Div>::new();
    view! {
        <div class="edwrap pedit">
            <div class="stack" node_ref=form>
                <ChoiceCards record session />
                <SaveFault state=session.save_state paper=form />
                <Form record session />
            </div>
            <Contents session />
        </div>
    }
}
