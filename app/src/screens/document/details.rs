//! What is known about a document, as forms beside the text. Every field but the title and the text.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Heritage, Kind, document_field};

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::field::editor::FieldEditor;

/// Draws the panel of details.
#[component]
pub(super) fn Details(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let has_place_of_its_own =
        |field: &&Field| [document_field::TITLE, document_field::BODY].contains(&field.tag);
    let asked = Kind::Document.schema().fields.iter().filter(|it| it.heritage != Heritage::Kept);
    let fields = asked.filter(|it| !has_place_of_its_own(it));
    let editors = fields.map(|field| view! { <FieldEditor record session field /> }).collect_view();
    view! {
        <aside class="margin" aria-labelledby="h-details">
            <div class="panel stack">
                <h2 id="h-details">{tongue.word(words::document::DETAILS)}</h2>
                {editors}
            </div>
        </aside>
    }
}
