//! What can be done with a practice: edit, publish, print, put into the bin.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::written::{BinButton, EditLink, PublishButton, RestoreButton};
use crate::ui::icon::Icon;

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
            <More record session />
            <RestoreButton record session />
        </div>
    }
}

/// Holds what is done seldom.
#[component]
fn More(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let any = Memo::new(move |_| session.may(Deal::Trash) && !session.is_trashed());
    view! {
        <Show when=move || any.get()>
            <details class="moreacts">
                <summary class="ib" aria-label=tongue.word(words::practice::MORE)>
                    <Icon name="dots-three" />
                </summary>
                <div class="menu">
                    <BinButton record session kind=Kind::Practice />
                </div>
            </details>
        </Show>
    }
}
