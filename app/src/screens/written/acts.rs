//! What can be done with a written record, one button each: only what this person may.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// Leads to where it is written.
#[component]
pub(crate) fn EditLink(record: RecordId, session: RecordSession, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let may = Memo::new(move |_| session.may(Deal::Edit) && !session.is_trashed());
    let href = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of_editing(kind, record, &title)
    };
    view! {
        <Show when=move || may.get()>
            <a class="btn btn--primary" href=href>
                <Icon name="pencil-simple" />
                {tongue.word(words::act::EDIT)}
            </a>
        </Show>
    }
}

/// Opens it to everybody, or closes it again.
#[component]
pub(crate) fn PublishButton(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let may = Memo::new(move |_| session.may(Deal::Publish) && !session.is_trashed());
    let published = Memo::new(move |_| {
        session.record.with(|record| record.as_ref().is_some_and(|record| record.is_published()))
    });
    let word = move || {
        tongue.say(if published.get() { words::act::UNPUBLISH } else { words::act::PUBLISH })
    };
    view! {
        <Show when=move || may.get()>
            <button
                type="button"
                class="btn btn--soft"
                on:click=move |_| acts.publish(record, !published.get_untracked())
            >
                {word}
            </button>
        </Show>
    }
}

/// Puts it into the bin, and leads to the list that it was in.
#[component]
pub(crate) fn BinButton(record: RecordId, session: RecordSession, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let navigate = use_navigate();
    let may = Memo::new(move |_| session.may(Deal::Trash) && !session.is_trashed());
    let discard = move |_| {
        acts.trash(record);
        navigate(&address::of_list(kind), NavigateOptions::default());
    };
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--quiet" on:click=discard.clone()>
                <Icon name="trash" />
                {tongue.word(words::act::TRASH)}
            </button>
        </Show>
    }
}

/// Takes it out of the bin.
#[component]
pub(crate) fn RestoreButton(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let may = Memo::new(move |_| session.may(Deal::Trash) && session.is_trashed());
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--primary" on:click=move |_| acts.restore(record)>
                {tongue.word(words::act::RESTORE)}
            </button>
        </Show>
    }
}
