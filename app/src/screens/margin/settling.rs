//! Resolving a comment, accepting or declining a suggestion; each can be undone.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::access::Deal;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::text::TextDocument;
use talkoot_core::thread::Thread;
use talkoot_core::thread::margin::{Acceptance, Passage, State, accepting, reopening, settle};

use super::MarginOf;
use super::notes::Note;
use crate::device;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::{Acts, Intent, use_acts};
use crate::ui::icon::Icon;
use crate::ui::toast::{Toasts, use_toasts};
use crate::workspace::{Workspace, use_workspace};

/// What settling needs.
#[derive(Clone, Copy)]
struct Settler {
    of: MarginOf,
    /// The thread, open.
    thread: RecordSession,
    workspace: Workspace,
    acts: Acts,
    toasts: Toasts,
    busy: StoredValue<bool>,
}

/// Draws the buttons that settle a thread.
#[component]
pub(super) fn Settling(of: MarginOf, note: Note, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let (workspace, acts, toasts) = (use_workspace(), use_acts(), use_toasts());
    let busy = StoredValue::new(false);
    let settler = Settler { of, thread: session, workspace, acts, toasts, busy };
    let may = Memo::new(move |_| session.may(Deal::Edit));
    let decline = move |_| settler.become_(State::Declined, words::margin::DECLINED);
    let resolve = move |_| settler.become_(State::Resolved, words::margin::RESOLVED);
    let suggestion = move || {
        view! {
            // There is nothing to change any more where the passage is gone.
            {(!note.is_gone).then(|| view! {
                <button type="button" class="btn btn--soft" on:click=move |_| settler.accept()>
                    <Icon name="check" />
                    {tongue.word(words::margin::ACCEPT)}
                </button>
            })}
            <button type="button" class="btn btn--quiet" on:click=decline>
                {tongue.word(words::margin::DECLINE)}
            </button>
        }
    };
    let comment = move || {
        view! {
            <button type="button" class="btn btn--quiet" on:click=resolve>
                <Icon name="check" />
                {tongue.word(words::margin::RESOLVE)}
            </button>
        }
    };
    view! {
        <Show when=move || may.get()>
            {move || if note.suggests { suggestion().into_any() } else { comment().into_any() }}
        </Show>
    }
}

impl Settler {
    fn become_(self, state: State, told: Word) {
        self.acts.change_undoably(
            self.thread.id,
            told,
            move |record| vec![settle(record, state)],
            |record| vec![settle(record, State::Open)],
        );
    }

    /// Accepts once everything that is typed is stored: the words and what became of the
    /// suggestion are stored together, so neither is there without the other.
    fn accept(self) {
        // Who presses twice accepts once.
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            self.workspace.settle_typing().await;
            let Some(Acceptance { bring, back }) = self.accepting() else {
                self.busy.try_set_value(false);
                return self.toasts.say(words::margin::NOT_YET);
            };
            let thread = self.thread.id;
            let accepted = |record: &Record| vec![settle(record, State::Accepted)];
            let ended = move |is_done| {
                self.busy.try_set_value(false);
                if is_done {
                    self.offer_back(back);
                }
            };
            let both: [(RecordId, Intent); 2] =
                [(self.of.record(), Box::new(move |_| vec![bring])), (thread, Box::new(accepted))];
            self.acts.change_all(both.into(), Box::new(ended));
        });
    }

    /// Works out what accepts it in the text as the editor holds it; `None` where it does not fit.
    fn accepting(self) -> Option<Acceptance> {
        let text =
            TextDocument::from_state(0, &self.of.passages.try_get_value()?.text_state()?).ok()?;
        let client = device::chance::<4>().map(u32::from_le_bytes)?;
        let (kind, section) = (self.of.kind()?, self.of.field.name);
        self.thread.record.try_with_untracked(|record| {
            let thread = Thread::of(record.as_ref()?)?;
            accepting(&thread, &text, kind, section, u64::from(client)).ok()?
        })?
    }

    /// Offers to take the words back, and to have the suggestion open as before.
    fn offer_back(self, back: Option<(Op, Passage)>) {
        let (acts, text, thread) = (self.acts, self.of.record(), self.thread.id);
        self.toasts.say_undoable(words::margin::ACCEPTED, move || match back.clone() {
            Some((op, passage)) => {
                let reopened = move |record: &Record| reopening(record, &passage);
                let both: [(RecordId, Intent); 2] =
                    [(text, Box::new(move |_| vec![op])), (thread, Box::new(reopened))];
                acts.change_all(both.into(), Box::new(|_| {}));
            }
            None => acts.change(thread, |record| vec![settle(record, State::Open)]),
        });
    }
}
