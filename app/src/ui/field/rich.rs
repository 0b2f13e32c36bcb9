//! Writing a formatted text in its place on a page.

use leptos::html;
use leptos::prelude::*;
use talkoot_core::schema::Field;

use crate::record_session::RecordSession;
use crate::screens::margin::{InItsMargin, MarginOf};
use crate::ui::text_editor::{MountNote, mount_editor};

/// Mounts the editor for one fragment of the record's text, with its margin under it.
#[component]
pub(crate) fn RichEditor(session: RecordSession, field: &'static Field) -> impl IntoView {
    let (element, toolbar) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let editor = mount_editor(session, field.name, field.label.into(), element, toolbar);
    let of = MarginOf::new(session, field, editor.passages);
    view! {
        <MountNote mounting=editor.mounting />
        <div class="tb tb--field" node_ref=toolbar></div>
        <div class="richbox" node_ref=element></div>
        <InItsMargin of />
    }
}
