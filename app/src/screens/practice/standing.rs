//! What became of the original of a copy, in words.

use leptos::prelude::*;
use talkoot_core::adopt::Standing;
use talkoot_core::id::RecordId;

use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::icon::Icon;
use crate::workspace::{Workspace, use_workspace};

/// Says where a record that others descend from is.
pub(super) fn of(workspace: Workspace, original: RecordId) -> Standing {
    workspace.summaries.with(|all| Standing::of_summary(all.get(original).map(AsRef::as_ref)))
}

/// Follows where the original of a copy is; `None` where there is none.
pub(super) fn use_standing(session: RecordSession) -> Memo<Option<Standing>> {
    let workspace = use_workspace();
    Memo::new(move |_| {
        let origin = session.record.with(|it| Some(it.as_ref()?.lineage()?.0))?;
        Some(of(workspace, origin))
    })
}

/// Says in a few words where it is, unless it is open.
pub(super) fn mark(standing: Standing) -> Option<Word> {
    match standing {
        Standing::Open => None,
        Standing::Closed => Some(words::practice::NOT_PUBLISHED),
        Standing::Binned => Some(words::practice::BINNED),
        Standing::Away => Some(words::practice::NOT_HERE),
    }
}

/// Says in a sentence where it is, unless it is open.
fn said(standing: Standing) -> Option<Word> {
    match standing {
        Standing::Open => None,
        Standing::Closed => Some(words::practice::ORIGIN_CLOSED),
        Standing::Binned => Some(words::practice::ORIGIN_BINNED),
        Standing::Away => Some(words::practice::ORIGIN_AWAY),
    }
}

/// Says that the original is not to be received from now, and that the copy stays.
#[component]
pub(super) fn NotOpen(standing: Memo<Option<Standing>>) -> impl IntoView {
    let tongue = use_tongue();
    let banner = move |word: Word| {
        view! {
            <div class="banner banner--info noprint">
                <Icon name="info" />
                <p class="banner__t">
                    <b>{tongue.word(word)}</b>
                    {tongue.word(words::practice::ORIGIN_STAYS)}
                </p>
            </div>
        }
    };
    move || standing.get().and_then(said).map(banner)
}
