//! One of two versions that a project has of a practice: a way to it, and what was changed in it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind, practice_field};

use crate::address;
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// Leads to a version and says what it says otherwise than the original (rule P92).
#[component]
pub(super) fn CopyFacts(copy: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let ways = RwSignal::new(None::<Vec<&'static Field>>);
    let modified = Memo::new(move |_| {
        workspace.summaries.with(|all| all.get(copy).map(|summary| summary.modified))
    });
    Effect::new(move || {
        if modified.get().is_none() {
            return ways.set(None);
        }
        spawn_local(async move {
            // A device that cannot read says so elsewhere; here nothing is claimed.
            if let Ok(found) = workspace.own_ways(copy).await {
                // A version has a name of its own in any case: that says nothing.
                let found = found.into_iter().filter(|it| it.tag != practice_field::NAME);
                ways.try_set(Some(found.collect()));
            }
        });
    });
    let way = move || match workspace.title_of(copy) {
        Some(title) => {
            let href = address::of(Kind::Practice, copy, &title);
            view! { <a href=href>{title}</a> }.into_any()
        }
        None => tongue.word(words::choice::COPY_GONE).into_any(),
    };
    let changed = move || {
        let ways = ways.get()?;
        if ways.is_empty() {
            return Some(tongue.say(words::choice::COPY_SAME).to_owned());
        }
        let labels: Vec<_> = ways.into_iter().map(|field| tongue.say(field.label)).collect();
        Some(format!("{}: {}", tongue.say(words::practice::WAYS), labels.join(", ")))
    };
    view! {
        <span class="opt__p">{way}</span>
        <span class="opt__p opt__p--new">{changed}</span>
    }
}
