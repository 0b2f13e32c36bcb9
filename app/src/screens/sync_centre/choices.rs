//! The choices of every record in one place, each with its cards.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::address;
use crate::i18n::use_tongue;
use crate::ui::choice_card::ChoiceCards;
use crate::ui::record_row::title;
use crate::workspace::use_workspace;

/// Shows the cards of every record that has any.
#[component]
pub(super) fn Choices() -> impl IntoView {
    let workspace = use_workspace();
    let asking = Memo::new(move |_| {
        workspace.summaries.with(|all| {
            let asking = all.iter().filter(|summary| workspace.choices_of(summary) > 0);
            asking.map(|summary| (summary.record, summary.kind)).collect::<Vec<_>>()
        })
    });
    view! {
        <For
            each=move || asking.get()
            key=|asking| *asking
            children=|(record, kind)| view! { <OfRecord record kind /> }
        />
    }
}

#[component]
fn OfRecord(record: RecordId, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let session = workspace.open(record);
    let summary = move || workspace.summaries.with(|all| all.get(record).map(Arc::clone));
    let link = move || {
        let summary = summary()?;
        let href = address::of(kind, record, &summary.title);
        Some(view! { <a href=href>{title(tongue, &summary)}</a> })
    };
    view! {
        <p class="asking">{link}</p>
        <ChoiceCards record session />
    }
}
