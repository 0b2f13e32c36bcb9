//! Writing a document: title, toolbar, paper, details; who else is here; where the words are safe.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Kind, document_field};

use super::details::Details;
use crate::i18n::words;
use crate::record_session::RecordSession;
use crate::screens::margin::{InItsMargin, MarginOf};
use crate::screens::written::{TitleField, WritingPage};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::save_fault::SaveFault;
use crate::ui::text_editor::{MountNote, mount_editor};
use crate::workspace::use_workspace;

/// Draws a document for writing.
#[component]
pub(super) fn Editing(record: RecordId) -> impl IntoView {
    let session = use_workspace().open(record);
    view! {
        <WritingPage record session kind=Kind::Document list=words::nav::DOCUMENTS>
            <Paper record session />
        </WritingPage>
    }
}

#[component]
fn Paper(record: RecordId, session: RecordSession) -> impl IntoView {
    let (element, toolbar) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let editor = mount_editor(session, "body", words::editor::DOCUMENT_TEXT, element, toolbar);
    let language = move || super::aside::code(session, document_field::LANGUAGE);
    let of = Kind::Document.schema().field(document_field::BODY);
    let of = of.map(|field| MarginOf::new(session, field, editor.passages));
    view! {
        <div class="tb" node_ref=toolbar></div>
        <div class="edwrap">
            <div class="stack">
                <ChoiceCards record session />
                <SaveFault state=session.safety paper=element />
                <MountNote mounting=editor.mounting />
                <TitleField session kind=Kind::Document />
                <div class="paper" id="text" lang=language node_ref=element></div>
            </div>
            <div class="stack edaside">
                {of.map(|of| view! { <InItsMargin of /> })}
                <Details record session />
            </div>
        </div>
    }
}
