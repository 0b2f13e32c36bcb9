//! The list of versions, the newest first, by day.

use leptos::prelude::*;
use talkoot_core::change::Frontier;
use talkoot_core::history::Version;

use super::{Page, step};
use crate::i18n::{by_count, use_tongue, words};
use crate::time_text;
use crate::ui::names;
use crate::workspace::use_workspace;

/// A version, and whether it is the first of its day in the list.
type Row = (Version, bool);

/// Draws the list.
#[component]
pub(super) fn Versions(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let rows = move || page.history.with(|all| all.as_ref().map(|it| rows_of(&it.versions)));
    let is_only =
        move || page.history.with(|all| all.as_ref().is_some_and(|it| it.versions.len() == 1));
    let key = |(version, is_first): &Row| {
        let name = version.name.as_ref().map(|name| name.name.clone());
        (key_of(version), *is_first, version.changes, name)
    };
    let row = move |(version, is_first): Row| view! { <VersionRow page version is_first /> };
    view! {
        <aside class="drawer" aria-labelledby="h-versions">
            <div class="sec__h">
                <h2 class="h3" id="h-versions">{tongue.word(words::history::VERSIONS)}</h2>
            </div>
            <ol class="vers">
                <For each=move || rows().unwrap_or_default() key=key children=row />
            </ol>
            <Show when=is_only>
                <p class="small muted">{tongue.word(words::history::ONLY)}</p>
            </Show>
        </aside>
    }
}

/// Names a version within the list.
fn key_of(version: &Version) -> Vec<(talkoot_core::id::ReplicaId, u64)> {
    version.until.ends().map(|id| (id.replica, id.counter)).collect()
}

fn rows_of(versions: &[Version]) -> Vec<Row> {
    let mut last = None;
    let newest_first = versions.iter().rev();
    let row = newest_first.map(|version| {
        let day = Some(time_text::local(version.at_ms).date());
        let is_first = day != last;
        last = day;
        (version.clone(), is_first)
    });
    row.collect()
}

#[component]
fn VersionRow(page: Page, version: Version, is_first: bool) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let at = time_text::local(version.at_ms);
    let day = is_first.then(|| {
        let day = move || time_text::day(tongue.language(), at, time_text::local_now());
        view! { <h3 class="drawer__d">{day}</h3> }
    });
    let until: Frontier = version.until.clone();
    let is_shown = Memo::new(move |_| page.shown().is_some_and(|shown| shown.until == until));
    let (author, replica, changes) = (version.author, version.replica, version.changes);
    let version = StoredValue::new(version);
    let what = move || version.with_value(|it| step::called(tongue, workspace, page, it));
    let who = move || {
        let who = names::who(tongue, workspace, author);
        let count = tongue.tell(&by_count(
            changes,
            words::history::CHANGES_ONE,
            words::history::changes_many,
        ));
        let device = step::device(tongue, workspace, replica);
        [Some(who), device, Some(count)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let choose = move |_| {
        let version = version.get_value();
        let is_newest = page.newest().is_some_and(|newest| newest.until == version.until);
        page.chosen.set((!is_newest).then_some(version));
    };
    view! {
        <li>
            {day}
            <button
                type="button"
                aria-current=move || is_shown.get().then_some("true")
                on:click=choose
            >
                <b>{move || time_text::clock(tongue.language(), at)} " · " {what}</b>
                <small>{who}</small>
            </button>
        </li>
    }
}
