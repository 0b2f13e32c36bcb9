//! Writing a practice: head with the line of saving, the form, the contents beside it.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::contents::Contents;
use super::form::Form;
use super::points::{ReadyMark, Reminder};
use crate::i18n::words;
use crate::record_session::RecordSession;
use crate::screens::written::WritingPage;
use crate::ui::choice_card::ChoiceCards;
use crate::ui::save_fault::SaveFault;
use crate::workspace::use_workspace;

/// Draws a practice for writing.
#[component]
pub(super) fn Editing(record: RecordId) -> impl IntoView {
    let session = use_workspace().open(record);
    let mark = move || view! { <ReadyMark record /> };
    let note = move || view! { <Reminder session /> };
    view! {
        <WritingPage record session kind=Kind::Practice list=words::practice::ALL mark note>
            <Page record session />
        </WritingPage>
    }
}

#[component]
fn Page(record: RecordId, session: RecordSession) -> impl IntoView {
    let form = NodeRef::<html::Div>::new();
    view! {
        <div class="edwrap pedit">
            <div class="stack" node_ref=form>
                <ChoiceCards record session />
                <SaveFault state=session.safety paper=form />
                <Form record session />
            </div>
            <Contents session />
        </div>
    }
}
