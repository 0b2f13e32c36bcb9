//! Choice cards: both sides with who and when, and a button that repeats the choice.
//!
//! Nothing is chosen beforehand and nothing is blocked: the text can be written
//! on while a card waits. Settling is a change like any other, with undo.

mod field;
mod publication;
mod side;
mod trashing;

use leptos::prelude::*;
use talkoot_core::choice::Choice;
use talkoot_core::id::RecordId;

use self::field::FieldChoice;
use self::publication::PublicationChoice;
use self::trashing::TrashingChoice;
use crate::record_session::RecordSession;

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
    };
    view! {
        <div id="choices">
            <For each=move || session.choices.get() key=key children=card />
        </div>
    }
}

/// Names a choice by its sides, so that a new side draws a new card and others stay as they are.
fn key(choice: &Choice) -> String {
    match choice {
        Choice::Field { field, sides } => {
            let sides: Vec<_> = sides.iter().map(|side| side.change).collect();
            format!("field {field} {sides:?}")
        }
        Choice::Publication { sides } => {
            let sides: Vec<_> = sides.iter().map(|side| side.change).collect();
            format!("publication {sides:?}")
        }
        Choice::Trashing { trashed, edits } => {
            let sides: Vec<_> = trashed.iter().map(|side| side.change).collect();
            let edits: Vec<_> = edits.iter().map(|deed| deed.change).collect();
            format!("trashing {sides:?} {edits:?}")
        }
    }
}
