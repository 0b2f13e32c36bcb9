//! What a copy says otherwise than its original did when it last received from there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Shape, practice_field as tag};

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::workspace::use_workspace;

/// Lists the sections and values of one's own, each leading to where it stands on the page.
#[component]
pub(crate) fn Ways(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let ways = RwSignal::new(Vec::<&'static Field>::new());
    let lineage = Memo::new(move |_| {
        let known = session.record.with(|it| Some(it.as_ref()?.lineage()?.1.clone()));
        known.map(|lineage| (lineage, session.record.with(|it| it.as_ref()?.modified)))
    });
    Effect::new(move || {
        if lineage.get().is_none() {
            return ways.set(Vec::new());
        }
        spawn_local(async move {
            // A device that cannot read says so elsewhere; here nothing is claimed.
            if let Ok(found) = workspace.own_ways(record).await {
                // A version has a name of its own in any case: that says nothing.
                ways.try_set(found.into_iter().filter(|it| it.tag != tag::NAME).collect());
            }
        });
    });
    let one = move |field: &'static Field| {
        let label = tongue.word(field.label);
        let said = if has_heading(field) {
            view! { <a href=format!("#h-{}", field.name) rel="external">{label}</a> }.into_any()
        } else {
            label.into_any()
        };
        view! { <li>{said}</li> }
    };
    view! {
        <Show when=move || ways.with(|all| !all.is_empty())>
            <section aria-labelledby="h-ways">
                <h2 class="h3" id="h-ways">{tongue.word(words::practice::WAYS)}</h2>
                <ul class="uses">{move || ways.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Says whether the page has a heading for a field; facts stand together without.
fn has_heading(field: &Field) -> bool {
    field.shape == Shape::RichText
        || [tag::KEYWORDS, tag::LINKS, tag::DOCUMENTS].contains(&field.tag)
}
