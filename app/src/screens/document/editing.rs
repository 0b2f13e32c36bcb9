//! Writing a document: title, toolbar, paper, details; who else is here; where the words are safe.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, document_field};

use super::actions::PublishButton;
use super::details::Details;
use super::presence::Presence;
use super::reading::Missing;
use super::title::TitleField;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::{RecordSession, SaveState};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::record_row::title;
use crate::ui::save_fault::SaveFault;
use crate::ui::save_line::SaveLine;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::ui::text_editor::{MountNote, mount_editor};
use crate::workspace::{LineState, Phase, use_workspace};

/// Draws a document for writing.
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
    leave_if_not_for_writing(Kind::Document, record, session);
    let missing = || view! { <div class="edwrap"><Missing /></div> };
    view! {
        <OfflineBanner />
        <Show when=move || known.get() fallback=missing>
            <Head record session />
            <Show when=move || loaded.get()>
                <Show when=move || may.get()>
                    <Paper record session />
                </Show>
            </Show>
        </Show>
    }
}

/// Shows for reading what this person may not write, or what lies in the bin.
pub(crate) fn leave_if_not_for_writing(kind: Kind, record: RecordId, session: RecordSession) {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let is_busy = move || {
        let unsafe_yet = |it: &SaveState| matches!(it, SaveState::Writing | SaveState::Failed(_));
        session.save_state.with(unsafe_yet)
    };
    Effect::new(move || {
        // Nobody is led away from words that are not stored, or while signing out.
        if is_busy() || workspace.phase.with(|phase| *phase != Phase::Ready) {
            return;
        }
        let is_here = session.record.with(Option::is_some);
        if is_here && (session.is_trashed() || !session.may(Deal::Edit)) {
            let title = workspace.title_of(record).unwrap_or_default();
            let options = NavigateOptions { replace: true, ..Default::default() };
            navigate(&address::of(kind, record, &title), options);
        }
    });
}

/// Says that being without a network is fine.
#[component]
pub(crate) fn OfflineBanner() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let offline =
        Memo::new(move |_| workspace.status.with(|status| status.line == LineState::Offline));
    view! {
        <Show when=move || offline.get()>
            <div class="banner banner--info edbanner">
                <Icon name="wifi-slash" />
                <p class="banner__t">
                    <b>{tongue.word(words::editor::OFFLINE)}</b>
                    {tongue.word(words::editor::OFFLINE_TEXT)}
                </p>
            </div>
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
        address::of(Kind::Document, record, &title)
    };
    view! {
        <header class="edhead">
            <div class="edhead__t">
                <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
                    <a href="/documents">{tongue.word(words::nav::DOCUMENTS)}</a>
                    <Icon name="caret-right" />
                    <a href=href>{tongue.word(words::editor::READ)}</a>
                </nav>
                <div class="edhead__l">
                    <h1 class="edhead__n">{name}</h1>
                    <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
                </div>
                <SaveLine state=session.save_state />
            </div>
            <div class="acts">
                <Presence session />
                <PublishButton record session />
            </div>
        </header>
    }
}

#[component]
fn Paper(record: RecordId, session: RecordSession) -> impl IntoView {
    let (element, toolbar) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let mounting = mount_editor(session, "body", words::editor::DOCUMENT_TEXT, element, toolbar);
    let language = move || super::aside::code(session, document_field::LANGUAGE);
    view! {
        <div class="tb" node_ref=toolbar></div>
        <div class="edwrap">
            <div class="stack">
                <ChoiceCards record session />
                <SaveFault state=session.save_state paper=element />
                <MountNote mounting />
                <TitleField record session kind=Kind::Document />
                <div class="paper" id="text" lang=language node_ref=element></div>
            </div>
            <Details record session />
        </div>
    }
}
