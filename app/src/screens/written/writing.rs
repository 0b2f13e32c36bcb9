//! A record while it is written: its head with the line of saving, and what is written below it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::acts::PublishButton;
use super::notices::Missing;
use super::presence::Presence;
use super::use_name;
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::{RecordSession, SaveState};
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::ui::acts::use_acts;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::save_line::SaveLine;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{LineState, Phase, use_workspace};

/// Draws a record for writing; for reading where this person may not write it.
#[component]
pub(crate) fn WritingPage(
    record: RecordId,
    session: RecordSession,
    kind: Kind,
    /// What the list is called that it lies in.
    list: Word,
    /// What stands beside the name.
    #[prop(optional, into)]
    mark: ViewFn,
    /// What stands under the line of saving.
    #[prop(optional, into)]
    note: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let workspace = use_workspace();
    let loaded = Memo::new(move |_| session.record.with(Option::is_some));
    let known = Memo::new(move |_| {
        loaded.get() || workspace.summaries.with(|all| all.get(record).is_some())
    });
    let may = Memo::new(move |_| loaded.get() && session.may(Deal::Edit));
    let name = use_name(record);
    use_page_title(move || name().unwrap_or_default());
    leave_if_not_for_writing(kind, record, session);
    let acts = use_acts();
    on_cleanup(move || {
        if session.is_left_blank() {
            acts.drop_blank(record);
        }
    });
    let missing = || view! { <div class="edwrap"><Missing /></div> };
    let children = StoredValue::new(children);
    view! {
        <OfflineBanner />
        <Show when=move || known.get() fallback=missing>
            <Head record session kind list mark=mark.clone() note=note.clone() />
            <Show when=move || may.get()>{children.with_value(|children| children())}</Show>
        </Show>
    }
}

#[component]
fn Head(
    record: RecordId,
    session: RecordSession,
    kind: Kind,
    list: Word,
    mark: ViewFn,
    note: ViewFn,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(record);
    let name = use_name(record);
    let href = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of(kind, record, &title)
    };
    view! {
        <header class="edhead">
            <div class="edhead__t">
                <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
                    <a href=address::of_list(kind)>{tongue.word(list)}</a>
                    <Icon name="caret-right" />
                    <a href=href>{tongue.word(words::editor::READ)}</a>
                </nav>
                <div class="edhead__l">
                    <h1 class="edhead__n">{name}</h1>
                    {mark.run()}
                    <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
                </div>
                <SaveLine state=session.safety />
                {note.run()}
            </div>
            <div class="acts">
                <Presence session />
                <SeldomPiece part=Seldom::HistoryIcon(record, session) />
                <PublishButton record session />
                <SeldomPiece part=Seldom::PublishChanges(record, session) />
            </div>
        </header>
    }
}

/// Shows for reading what this person may not write, or what lies in the bin.
fn leave_if_not_for_writing(kind: Kind, record: RecordId, session: RecordSession) {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let is_busy = move || {
        let unsafe_yet = |it: &SaveState| matches!(it, SaveState::Writing | SaveState::Failed(_));
        session.safety.with(unsafe_yet)
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
fn OfflineBanner() -> impl IntoView {
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
