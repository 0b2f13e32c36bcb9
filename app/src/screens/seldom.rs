//! What few days need, in a part of the program of its own: adopting, suggesting, exporting, the
//! sync centre.
//!
//! Reading and writing wait for the second part alone; this one is fetched when a page asks for
//! it, and kept by the service worker with the rest. [`draw`] is its only door.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::comments::Comments;
use super::door::Door;
use super::history::{HistoryIcon, HistoryLink, addressed_history};
use super::practice::seldom::{
    AdoptButton, Given, Improvements, PracticeReview, Received, Suggest, Suggestions, Ways,
};
use super::sync_centre::SyncCentre;
use super::written::{PublishChanges, Unpublished};
use crate::record_session::RecordSession;
use crate::ui::choice_card::LongChoices;
use crate::ui::choosing::Choosing;
use crate::ui::chosen_bar::ChosenBar;
use crate::ui::export_page::ExportPage;
use crate::ui::export_transfer::ExportTransfer;
use crate::workspace::Scope;

/// Something of the third part.
#[derive(Clone, Copy)]
pub(crate) enum Seldom {
    PracticeReview,
    Adopt(RecordId, RecordSession),
    Improvements(RecordId, RecordSession),
    Suggest(RecordId, RecordSession),
    Suggestions(RecordId, RecordSession),
    Given(RecordId, RecordSession),
    Received(RecordSession),
    Ways(RecordId, RecordSession),
    /// Choices about more than one value.
    LongChoices(RecordId, RecordSession),
    /// A record as a page, and as a transfer file.
    Exports(RecordId, RecordSession),
    ExportTransfer(RecordId),
    /// A word about what is not published, with a way to see what is.
    Unpublished(RecordId, RecordSession, RwSignal<bool>),
    PublishChanges(RecordId, RecordSession),
    /// What is done with several chosen things.
    Chosen(Choosing),
    SyncCentre,
    /// The open comments that wait.
    Comments,
    DocumentHistory,
    PracticeHistory,
    /// The way to the versions of what is being written.
    HistoryIcon(RecordId, RecordSession),
}

/// Draws a whole page of the third part as soon as that is here.
#[component]
pub(crate) fn SeldomScreen(part: Seldom) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) /> }
}

/// Draws a piece of a page; the page does not wait for it.
#[component]
pub(crate) fn SeldomPiece(part: Seldom) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(part)) quiet=true /> }
}

impl Seldom {
    /// Says whether the page that a piece belongs to was left while the part was on its way.
    fn came_too_late(self) -> bool {
        let session = match self {
            Self::Adopt(_, session)
            | Self::Improvements(_, session)
            | Self::Suggest(_, session)
            | Self::Suggestions(_, session)
            | Self::Given(_, session)
            | Self::Exports(_, session)
            | Self::Ways(_, session)
            | Self::Unpublished(_, session, _)
            | Self::PublishChanges(_, session)
            | Self::HistoryIcon(_, session)
            | Self::LongChoices(_, session)
            | Self::Received(session) => session,
            Self::Chosen(choosing) => return choosing.is_on.try_get_untracked() != Some(true),
            Self::PracticeReview
            | Self::ExportTransfer(_)
            | Self::SyncCentre
            | Self::Comments
            | Self::DocumentHistory
            | Self::PracticeHistory => return false,
        };
        session.record.try_with_untracked(|_| ()).is_none()
    }
}

/// Draws: the door to the third part.
#[wasm_split(seldom, wasm_split_path = ::leptos::wasm_split, fallible)]
fn draw(part: Seldom) -> Result<AnyView, SplitLoaderError> {
    if part.came_too_late() {
        return Ok(().into_any());
    }
    Ok(match part {
        Seldom::PracticeReview => view! { <PracticeReview /> }.into_any(),
        Seldom::Adopt(record, session) => view! { <AdoptButton record session /> }.into_any(),
        Seldom::Improvements(record, session) => {
            view! { <Improvements record session /> }.into_any()
        }
        Seldom::Suggest(record, session) => view! { <Suggest record session /> }.into_any(),
        Seldom::Suggestions(record, session) => view! { <Suggestions record session /> }.into_any(),
        Seldom::Given(record, session) => view! { <Given record session /> }.into_any(),
        Seldom::Received(session) => view! { <Received session /> }.into_any(),
        Seldom::Ways(record, session) => view! { <Ways record session /> }.into_any(),
        Seldom::LongChoices(record, session) => view! { <LongChoices record session /> }.into_any(),
        Seldom::Exports(record, session) => view! {
            <HistoryLink record session />
            <ExportPage session />
            <ExportTransfer scope=Scope::Record(record) />
        }
        .into_any(),
        Seldom::ExportTransfer(record) => {
            view! { <ExportTransfer scope=Scope::Record(record) /> }.into_any()
        }
        Seldom::Unpublished(record, session, looks) => {
            view! { <Unpublished record session looks /> }.into_any()
        }
        Seldom::PublishChanges(record, session) => {
            view! { <PublishChanges record session /> }.into_any()
        }
        Seldom::Chosen(choosing) => view! { <ChosenBar choosing /> }.into_any(),
        Seldom::SyncCentre => view! { <SyncCentre /> }.into_any(),
        Seldom::Comments => view! { <Comments /> }.into_any(),
        Seldom::DocumentHistory => addressed_history(Kind::Document),
        Seldom::PracticeHistory => addressed_history(Kind::Practice),
        Seldom::HistoryIcon(record, session) => view! { <HistoryIcon record session /> }.into_any(),
    })
}
