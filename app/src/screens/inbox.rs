//! The inbox: what concerns this person, by day, the newest first.
//!
//! What is listed, in which order and whether it is unread, core says ([`talkoot_core::inbox`]);
//! it is read from summaries and the notebook, so it is here with no network.

pub(crate) mod count;
mod list;
mod marking;
mod row;
pub(crate) mod shared;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::inbox::{Entry, Reader, inbox};

use self::list::Entries;
use self::marking::{Ahead, Marking};
use self::shared::use_inbox;
use super::discussions::notes::{Notes, use_notes};
use crate::i18n::{by_count, use_tongue, words};
use crate::time_text;
use crate::ui::empty::Empty;
use crate::ui::page::use_page_title;
use crate::workspace::{Workspace, use_workspace};

/// What the person's inbox holds now.
#[derive(Clone, Copy)]
struct Inbox {
    entries: Memo<Vec<Entry>>,
    unread: Memo<usize>,
    notes: Notes,
    marking: Marking,
}

/// Follows the inbox; `ahead` is what was marked as read and is not written yet.
fn follow(ahead: Ahead) -> Inbox {
    let (workspace, notes, marking) = (use_workspace(), use_notes(), Marking::of(ahead));
    let entries = Memo::new(move |_| {
        // Before the notebook is here, nothing is known to be unread.
        if notes.are_here() { entries(workspace, notes, marking) } else { Vec::new() }
    });
    let unread = Memo::new(move |_| {
        entries.with(|entries| entries.iter().filter(|entry| entry.is_unread).count())
    });
    Inbox { entries, unread, notes, marking }
}

fn entries(workspace: Workspace, notes: Notes, marking: Marking) -> Vec<Entry> {
    let Some(caller) = workspace.me.with(|me| me.as_ref().map(|me| me.caller.clone())) else {
        return Vec::new();
    };
    let notebook = marking.ahead(notes.notebook.get());
    let reader = Reader { caller: &caller, notebook: &notebook };
    workspace.summaries.with(|all| {
        let find = |record: RecordId| all.get(record).map(AsRef::as_ref);
        inbox(reader, all.iter().map(AsRef::as_ref), &find)
    })
}

/// Draws the inbox.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let tongue = use_tongue();
    use_page_title(move || tongue.say(words::nav::INBOX).to_owned());
    let (inbox, workspace) = (use_inbox(), use_workspace());
    let on_open = Callback::new(move |entry| inbox.open(&workspace, entry));
    let counted = move || match inbox.unread.get() {
        0 => tongue.say(words::inbox::NONE_UNREAD).to_owned(),
        count => {
            let number =
                |count| words::inbox::unread_many(time_text::number(tongue.language(), count));
            tongue.tell(&by_count(count, words::inbox::UNREAD_ONE, number))
        }
    };
    let any = Memo::new(move |_| inbox.entries.with(|entries| !entries.is_empty()));
    let are_here = move || inbox.notes.are_here();
    view! {
        <header class="head">
            <div>
                <h1>{tongue.word(words::nav::INBOX)}</h1>
                <p class="lead" aria-live="polite">
                    {move || (are_here() && any.get()).then(counted)}
                </p>
            </div>
            <div class="acts">
                <Show when=move || inbox.unread.get() != 0>
                    <button type="button" class="btn btn--soft" on:click=move |_| inbox.mark_all()>
                        {tongue.word(words::inbox::MARK_ALL)}
                    </button>
                </Show>
            </div>
        </header>
        <Show
            when=move || any.get()
            fallback=move || {
                are_here()
                    .then(|| view! { <Empty title=words::inbox::EMPTY text=words::inbox::EMPTY_TEXT /> })
            }
        >
            <Entries entries=inbox.entries on_open />
        </Show>
    }
}
