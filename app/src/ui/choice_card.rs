//! Choice cards: both sides with who, when and on which device, and a button that repeats the
//! choice.
//!
//! Nothing is chosen beforehand and nothing is blocked: the text can be written
//! on while a card waits. Settling is a change like any other, with undo. Cards of
//! entries and answers are in the third part of the program ([`LongChoices`]).

mod answer;
mod copy;
mod entry;
mod field;
mod publication;
mod side;
mod trashing;

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::choice::Choice;
use talkoot_core::id::{ChangeId, RecordId};

use self::answer::AnswerChoice;
use self::entry::EntryChoice;
use self::field::FieldChoice;
use self::publication::PublicationChoice;
use self::trashing::TrashingChoice;
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};

/// Shows a card for each choice of a record.
#[component]
pub(crate) fn ChoiceCards(record: RecordId, session: RecordSession) -> impl IntoView {
    let card = move |choice: Choice| match choice {
        Choice::Field { field, sides } => {
            view! { <FieldChoice record session field sides /> }.into_any()
        }
        Choice::Publication { sides } => view! { <PublicationChoice record sides /> }.into_any(),
        Choice::Trashing { trashed, edits } => {
            view! { <TrashingChoice record session trashed edits /> }.into_any()
        }
        Choice::Item { .. } | Choice::Answer { .. } => ().into_any(),
    };
    let has_long = Memo::new(move |_| session.choices.with(|all| all.iter().any(is_long)));
    view! {
        <div id="choices">
            <For each=move || session.choices.get() key=key children=card />
            <Show when=move || has_long.get()>
                <SeldomPiece part=Seldom::LongChoices(record, session) />
            </Show>
        </div>
    }
}

/// Shows a card for each choice that is about more than one value.
#[component]
pub(crate) fn LongChoices(record: RecordId, session: RecordSession) -> impl IntoView {
    let card = move |choice: Choice| {
        let project = choice.asks_project();
        match choice {
            Choice::Item { field, item, sides, removals } => {
                view! { <EntryChoice record session field item sides removals project /> }
                    .into_any()
            }
            Choice::Answer { offer, sides } => {
                let shows = move || session.may(Deal::Edit);
                let sides = StoredValue::new(sides);
                view! {
                    <Show when=shows>
                        <AnswerChoice record session offer sides=sides.get_value() />
                    </Show>
                }
                .into_any()
            }
            Choice::Field { .. } | Choice::Publication { .. } | Choice::Trashing { .. } => {
                ().into_any()
            }
        }
    };
    let long = move || session.choices.get().into_iter().filter(is_long).collect::<Vec<_>>();
    view! { <For each=long key=key children=card /> }
}

fn is_long(choice: &Choice) -> bool {
    matches!(choice, Choice::Item { .. } | Choice::Answer { .. })
}

/// Names a choice by its sides, so that a new side draws a new card and others stay as they are.
fn key(choice: &Choice) -> (u8, u64, Vec<ChangeId>) {
    match choice {
        Choice::Field { field, sides } => {
            (0, u64::from(*field), sides.iter().map(|side| side.change).collect())
        }
        Choice::Item { item, sides, removals, .. } => {
            let removed = removals.iter().map(|deed| deed.change);
            (1, item.0, sides.iter().map(|side| side.change).chain(removed).collect())
        }
        Choice::Answer { offer, sides } => {
            (2, offer.0, sides.iter().map(|side| side.change).collect())
        }
        Choice::Publication { sides } => (3, 0, sides.iter().map(|side| side.change).collect()),
        Choice::Trashing { trashed, edits } => {
            let edited = edits.iter().map(|deed| deed.change);
            (4, 0, trashed.iter().map(|side| side.change).chain(edited).collect())
        }
    }
}
