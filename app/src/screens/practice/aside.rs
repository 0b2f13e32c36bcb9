//! What stands beside a practice: where it comes from, who took it into use, when it was written.

use std::cmp::Reverse;

use leptos::prelude::*;
use talkoot_core::adopt::{Ancestor, line};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::practice::{self, Adoption};
use talkoot_core::record::Deed;
use talkoot_core::schema::{Kind, practice_field};
use talkoot_core::value::Scalar;

use super::adoption::AdoptionRow;
use super::facts::Fact;
use super::{path, standing};
use crate::address;
use crate::i18n::{Phrase, by_count, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::seldom::{Seldom, SeldomPiece};
use crate::screens::talk::{Talk, TalkPiece};
use crate::ui::field::shown::is_filled;
use crate::ui::names::who;
use crate::workspace::use_workspace;

/// Says in how many projects a practice is in use.
pub(super) fn in_projects(count: usize) -> Phrase {
    by_count(count, words::practice::ADOPTED_ONE, words::practice::adopted_many)
}

/// Draws the column beside the text.
#[component]
pub(super) fn Aside(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <aside class="stack stack--lg aside" aria-label=tongue.word(words::practice::ABOUT)>
            <Lineage record session />
            <SeldomPiece part=Seldom::Ways(record, session) />
            <SeldomPiece part=Seldom::Given(record, session) />
            <Adoptions record session />
            <SeldomPiece part=Seldom::Received(session) />
            <TalkPiece part=Talk::About(record, Kind::Practice) />
            <Details record session />
        </aside>
    }
}

/// Draws the line from the original through this one to those who use it.
#[component]
fn Lineage(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let summary = move || workspace.summaries.with(|all| all.get(record).cloned());
    let ancestors = move || {
        let line = session.record.with(|it| it.as_ref().map(|it| line(it)).unwrap_or_default());
        let first = line.len().saturating_sub(1);
        let taken = session.record.with(|it| Some(it.as_ref()?.lineage()?.1.since));
        let one = |(place, ancestor)| {
            let taken = taken.filter(|_| place == 0);
            view! { <AncestorRow ancestor taken first=place == first /> }
        };
        line.into_iter().enumerate().rev().map(one).collect_view()
    };
    let project = move || workspace.title_of(summary()?.project?);
    let users = Memo::new(move |_| {
        summary().and_then(|it| Some(it.practice.as_ref()?.users().count())).unwrap_or_default()
    });
    view! {
        <section aria-labelledby="h-lineage">
            <h2 class="h3" id="h-lineage">{tongue.word(words::practice::LINEAGE)}</h2>
            <ol class="prov">
                {ancestors}
                <li class="prov--me">
                    <span class="prov__d"></span>
                    <b>{tongue.word(words::practice::THIS)}</b>
                    <small>{project}</small>
                </li>
                <Show when=move || users.get() != 0>
                    <li>
                        <span class="prov__d"></span>
                        <a href="#adoptions" rel="external">
                            {move || tongue.tell(&in_projects(users.get()))}
                        </a>
                    </li>
                </Show>
            </ol>
        </section>
    }
}

/// Draws one that this practice descends from: as it is called now, or was then if it is not here.
#[component]
fn AncestorRow(
    ancestor: Ancestor,
    /// Who adopted it into this one, and when.
    taken: Option<Deed>,
    /// Whether it descends from none itself.
    first: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Ancestor { record, title, project_name, since, .. } = ancestor;
    let since = move || since.map(|date| tongue.tell(&words::practice::since(tongue.date(date))));
    let name = move || match workspace.title_of(record) {
        Some(now) => {
            let href = address::of(Kind::Practice, record, &now);
            view! { <a href=href>{now}</a> }.into_any()
        }
        None => view! { <span>{title.clone()}</span> }.into_any(),
    };
    let said = move |by: Deed| {
        let said = move || {
            let who = who(tongue, workspace, by.author);
            tongue.tell(&words::practice::taken(who, tongue.moment(by.stamp.wall_ms)))
        };
        view! { <small>{said}</small> }
    };
    view! {
        <li>
            <span class="prov__d"></span>
            {name}
            <Show when=move || first>
                <small>{tongue.word(words::practice::ORIGINAL)}</small>
            </Show>
            {move || standing::mark(standing::of(workspace, record)).map(|word| {
                view! { <small>{tongue.word(word)}</small> }
            })}
            <small>{project_name} " " {since}</small>
            {taken.map(said)}
        </li>
    }
}

/// Lists who took it into use, since when, what they changed and what came of it.
#[component]
fn Adoptions(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let any = Memo::new(move |_| {
        path::field(practice_field::ADOPTIONS).is_some_and(|field| is_filled(session, field))
    });
    let rows = move || {
        let mut all = session
            .record
            .with(|it| it.as_ref().map(|it| practice::adoptions(it)).unwrap_or_default());
        // What is over comes after what is in use, the latest first.
        all.sort_by_key(|it| (it.until.is_some(), Reverse(it.until)));
        let latest = all.clone();
        let one = move |adoption: Adoption| {
            let mut of_project = latest.iter().filter(|it| it.project == adoption.project);
            let is_latest = of_project.next().is_some_and(|it| it.item == adoption.item);
            let told = told_in(session, adoption.item);
            view! { <AdoptionRow record adoption is_latest told /> }
        };
        all.into_iter().map(one).collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <section id="adoptions" tabindex="-1" aria-labelledby="h-adoptions">
                <h2 class="h3" id="h-adoptions">{tongue.word(words::practice::IN_USE)}</h2>
                <ul class="uses">{rows}</ul>
            </section>
        </Show>
    }
}

/// Finds the post in a discussion that told of an adoption's result.
fn told_in(session: RecordSession, item: ItemId) -> Option<Scalar> {
    session.record.with(|record| {
        let items = record.as_ref()?.field(practice_field::ADOPTIONS)?.items();
        let (_, value) = items.into_iter().find(|(other, _)| *other == item)?;
        value.part(practice_field::ADOPTION_POST).cloned()
    })
}

/// Lists when it was begun, in which language, by whom.
#[component]
fn Details(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let created = move || {
        let created = workspace.summaries.with(|all| Some(all.get(record)?.created))?;
        let who = workspace.name_of(created.author);
        let when = tongue.moment(created.stamp.wall_ms);
        Some(who.map_or_else(|| when.clone(), |who| format!("{when}, {who}")))
    };
    let fields = [practice_field::AUTHORS, practice_field::LANGUAGE];
    let facts = fields.into_iter().filter_map(path::field);
    let facts = facts.map(|field| view! { <Fact session field /> }).collect_view();
    view! {
        <section aria-labelledby="h-details">
            <h2 class="h3" id="h-details">{tongue.word(words::practice::DETAILS)}</h2>
            <dl class="facts facts--aside">
                {facts}
                <div>
                    <dt>{tongue.word(words::practice::BEGUN)}</dt>
                    <dd>{created}</dd>
                </div>
            </dl>
        </section>
    }
}
