//! The ways to the versions of a record, for those who may edit it.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;

use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::icon::Icon;
use crate::workspace::use_workspace;

/// Leads there from among the other actions.
#[component]
pub(crate) fn HistoryLink(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let href = use_href(record, session);
    let link = move |href| {
        view! {
            <a class="btn btn--quiet" href=href>
                <Icon name="clock-counter-clockwise" />
                {tongue.word(words::history::TITLE)}
            </a>
        }
    };
    move || href.get().map(link)
}

/// Leads there from where it is written.
#[component]
pub(crate) fn HistoryIcon(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let href = use_href(record, session);
    let link = move |href| {
        view! {
            <a class="ib" href=href aria-label=tongue.word(words::history::TITLE)>
                <Icon name="clock-counter-clockwise" />
            </a>
        }
    };
    move || href.get().map(link)
}

/// Gives the address, for those who may go there.
fn use_href(record: RecordId, session: RecordSession) -> Memo<Option<String>> {
    let workspace = use_workspace();
    Memo::new(move |_| {
        let kind = session.record.with(|it| it.as_ref()?.kind)?;
        let title = workspace.title_of(record).unwrap_or_default();
        session.may(Deal::Edit).then(|| address::of_history(kind, record, &title))
    })
}
