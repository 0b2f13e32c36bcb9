//! What can be done with a document: edit, publish, export, put into the bin.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::written::{BinButton, EditLink, PublishButton, RestoreButton};
use crate::ui::more::More;

/// Draws the buttons that this person may press.
#[component]
pub(super) fn Actions(record: RecordId, session: RecordSession) -> impl IntoView {
    view! {
        <div class="acts">
            <EditLink record session kind=Kind::Document />
            <PublishButton record session />
            <BinButton record session kind=Kind::Document />
            <RestoreButton record session />
            <More>
                <SeldomPiece part=Seldom::Exports(record, session) />
            </More>
        </div>
    }
}
