//! What project, programme and organisation pages share: head, choices, every field of the schema.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind, Shape};

use super::record_address::keep_address;
use super::written::Missing;
use crate::i18n::use_tongue;
use crate::record_session::{RecordSession, SaveState};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::field::block::FieldBlock;
use crate::ui::page::use_page_title;
use crate::ui::record_row::title;
use crate::ui::save_line::SaveLine;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::use_workspace;

/// Draws a record with its fields: texts in the column, short facts beside them.
#[component]
pub(crate) fn RecordPage(
    record: RecordId,
    kind: Kind,
    /// The field that stands under the name as the lead.
    #[prop(optional)]
    lead: Option<u16>,
    /// What follows the fields.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    keep_address(kind, record);
    let session = workspace.open(record);
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let known = Memo::new(move |_| summary().is_some_and(|it| it.kind == kind));
    use_page_title(move || summary().map(|it| title(tongue, &it)).unwrap_or_default());
    let children = StoredValue::new(children);
    view! {
        <Show when=move || known.get() fallback=|| view! { <Missing /> }>
            <Head record session lead />
            <ChoiceCards record session />
            <Fields record session kind lead />
            {children.with_value(|children| children.as_ref().map(|children| children()))}
        </Show>
    }
}

#[component]
fn Head(record: RecordId, session: RecordSession, lead: Option<u16>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(record);
    let name = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.map(|summary| title(tongue, &summary))
    };
    let lead = move || {
        session.record.with(|it| it.as_ref()?.field(lead?)?.value()?.as_text().map(str::to_owned))
    };
    // What is sent, the mark beside it says already.
    let says_more = Memo::new(move |_| session.safety.with(|it| *it != SaveState::Sent));
    view! {
        <header class="phead">
            <h1>{name}</h1>
            <p class="lead">{lead}</p>
            <div class="phead__m">
                <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
                <Show when=move || says_more.get()>
                    <SaveLine state=session.safety />
                </Show>
            </div>
        </header>
    }
}

#[component]
fn Fields(
    record: RecordId,
    session: RecordSession,
    kind: Kind,
    lead: Option<u16>,
) -> impl IntoView {
    let loaded = Memo::new(move |_| session.record.with(Option::is_some));
    let (long, short): (Vec<&'static Field>, Vec<&'static Field>) =
        kind.schema().fields.iter().partition(|field| is_long(field, lead));
    let (long, short) = (StoredValue::new(long), StoredValue::new(short));
    let blocks = move |fields: StoredValue<Vec<&'static Field>>| {
        let title = kind.schema().title;
        let block = |field: &'static Field| {
            let has_other_place = field.tag == title || Some(field.tag) == lead;
            view! { <FieldBlock record session field has_other_place /> }
        };
        fields.get_value().into_iter().map(block).collect_view()
    };
    view! {
        <Show when=move || loaded.get()>
            <div class="cols cols--p">
                <div class="read">{blocks(long)}</div>
                <div class="stack facts--side">{blocks(short)}</div>
            </div>
        </Show>
    }
}

/// Says whether a field belongs to the wide column.
fn is_long(field: &Field, lead: Option<u16>) -> bool {
    let wide = matches!(field.shape, Shape::RichText | Shape::List(_));
    wide || Some(field.tag) == lead
}
