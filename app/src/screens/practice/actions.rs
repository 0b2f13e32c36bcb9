//! What can be done with a practice: edit, publish, print, export, put into the bin.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::document::PublishButton;
use crate::ui::acts::use_acts;
use crate::ui::export_page::ExportPage;
use crate::ui::export_transfer::ExportTransfer;
use crate::ui::icon::Icon;
use crate::ui::more::More;
use crate::workspace::{Scope, use_workspace};

/// Draws the buttons that this person may press.
#[component]
pub(super) fn Actions(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let may = move |deal| Memo::new(move |_| session.may(deal));
    let acts = use_acts();
    let navigate = use_navigate();
    let discard = move |_| {
        acts.trash(record);
        navigate("/practices", NavigateOptions::default());
    };
    let bin = move || {
        view! {
            <button type="button" class="btn btn--quiet" on:click=discard.clone()>
                <Icon name="trash" />
                {tongue.word(words::act::TRASH)}
            </button>
        }
    };
    let (edit, trash) = (may(Deal::Edit), may(Deal::Trash));
    let trashed = Memo::new(move |_| session.is_trashed());
    let href = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of_editing(Kind::Practice, record, &title)
    };
    // A browser that cannot print says so itself.
    let print = move |_| {
        window().print().ok();
    };
    view! {
        <div class="acts noprint">
            <Show when=move || edit.get() && !trashed.get()>
                <a class="btn btn--primary" href=href>
                    <Icon name="pencil-simple" />
                    {tongue.word(words::act::EDIT)}
                </a>
            </Show>
            <PublishButton record session />
            <button type="button" class="btn btn--quiet" on:click=print>
                <Icon name="printer" />
                {tongue.word(words::practice::PRINT)}
            </button>
            <Show when=move || trash.get() && trashed.get()>
                <button type="button" class="btn btn--primary" on:click=move |_| acts.restore(record)>
                    {tongue.word(words::act::RESTORE)}
                </button>
            </Show>
            <More>
                <ExportPage session />
                <ExportTransfer scope=Scope::Record(record) />
                <Show when=move || trash.get() && !trashed.get()>{bin.clone()}</Show>
            </More>
        </div>
    }
}
