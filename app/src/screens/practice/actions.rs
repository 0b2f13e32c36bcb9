//! What can be done with a practice: adopt, edit, publish, print, export, put into the bin.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::written::{BinButton, EditLink, PublishButton, RestoreButton};
use crate::ui::icon::Icon;
use crate::ui::more::More;

/// Draws the buttons that this person may press.
#[component]
pub(super) fn Actions(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    // A browser that cannot print says so itself.
    let print = move |_| {
        window().print().ok();
    };
    view! {
        <div class="acts noprint">
            <SeldomPiece part=Seldom::Adopt(record, session) />
            <EditLink record session kind=Kind::Practice />
            <PublishButton record session />
            <SeldomPiece part=Seldom::Suggest(record, session) />
            <button type="button" class="btn btn--quiet" on:click=print>
                <Icon name="printer" />
                {tongue.word(words::practice::PRINT)}
            </button>
            <More>
                <SeldomPiece part=Seldom::Exports(record, session) />
                <BinButton record session kind=Kind::Practice />
            </More>
            <RestoreButton record session />
        </div>
    }
}
