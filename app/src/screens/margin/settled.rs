//! What is resolved, accepted or declined in a margin: found again, and opened again.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::thread::margin::{State, settle};

use super::MarginOf;
use super::notes::{Note, settled_of};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;
use crate::workspace::use_workspace;

/// Lists what is settled, closed at first.
#[component]
pub(super) fn Settled(of: MarginOf) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let settled = Memo::new(move |_| settled_of(workspace, of));
    let count = move || tongue.tell(&words::margin::settled(settled.with(Vec::len)));
    view! {
        <Show when=move || !settled.with(Vec::is_empty)>
            <details class="earlier">
                <summary>{count}</summary>
                <ul class="rows rows--tight">
                    <For
                        each=move || settled.get()
                        key=|note| (note.thread, note.state.code())
                        children=move |note| view! { <Row note /> }
                    />
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn Row(note: Note) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Note { thread, state, .. } = note;
    let name = move || workspace.title_of(thread).unwrap_or_default();
    let state_name = move || tongue.code("margin_state", state.code());
    view! {
        <li class="row">
            <div class="row__b">
                <a href=move || address::of(Kind::Thread, thread, &name())>{name}</a>
                <div class="row__m">
                    <span>{state_name}</span>
                </div>
            </div>
            // What is accepted is in the text: whoever wants it otherwise writes there.
            {(state != State::Accepted).then(|| view! { <Reopen thread state /> })}
        </li>
    }
}

/// Opens again what was resolved or declined.
#[component]
fn Reopen(thread: RecordId, state: State) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let session = use_workspace().open(thread);
    let may = Memo::new(move |_| session.may(Deal::Edit));
    let reopen = move |_| {
        acts.change_undoably(
            thread,
            words::margin::REOPENED,
            |record| vec![settle(record, State::Open)],
            move |record| vec![settle(record, state)],
        );
    };
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--quiet" on:click=reopen>
                {tongue.word(words::margin::REOPEN)}
            </button>
        </Show>
    }
}
