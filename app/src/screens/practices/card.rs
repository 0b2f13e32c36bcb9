//! A practice on the shelf: where it is from, its name, what it does, how far it has come.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;

use super::marks::{EvidenceMark, PhaseMark};
use super::{name, region};
use crate::address;
use crate::i18n::{Phrase, Tongue, by_count, use_tongue, words};
use crate::ui::choosing::{Choosing, Tick};
use crate::ui::icon::Icon;
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{Workspace, use_workspace};

/// How many areas a card names; of more it says none.
const AREAS_MAX: usize = 2;

/// Draws a card.
#[component]
pub(super) fn Card<'a>(
    summary: &'a Arc<Summary>,
    mine: Memo<BTreeSet<RecordId>>,
    choosing: Choosing,
) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let state = workspace.record_state(summary.record);
    let mark = Signal::derive(move || Mark::from(state.get()));
    let href = address::of(summary.kind, summary.record, &summary.title);
    let [placed, named, from] = [(); 3].map(|()| Arc::clone(summary));
    let (origin, project) = (origin_of(summary), summary.project);
    let own = Memo::new(move |_| mine.with(|mine| is_own_version(origin, project, mine)));
    let top = move || {
        if own.get() {
            tongue.say(words::practices::OWN).to_owned()
        } else {
            place(tongue, workspace, &placed)
        }
    };
    let draft = (!summary.published)
        .then(|| view! { <span class="tag">{tongue.word(words::record::DRAFT)}</span> });
    view! {
        <li class="pcard" class:pcard--own=own>
            <div class="pcard__top">
                <Tick choosing summary />
                <span class="muted">{top}</span>
                <SyncMark mark />
            </div>
            <h3>
                <a href=href lang=summary.language.clone()>{move || title(tongue, &named)}</a>
            </h3>
            <p lang=summary.language.clone()>{summary.excerpt.clone()}</p>
            <div class="pcard__m">
                <PhaseMark summary />
                <EvidenceMark summary />
                {draft}
                <Waits summary />
            </div>
            <div class="pcard__f">
                <span>{move || credit(tongue, workspace, &from)}</span>
                <Adopters summary />
            </div>
        </li>
    }
}

/// How much waits for this person in it (rule P89).
#[component]
fn Waits<'a>(summary: &'a Arc<Summary>) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let summary = Arc::clone(summary);
    let tag = move |count: usize, said: Phrase| {
        (count > 0).then(|| view! { <span class="tag">{tongue.tell(&said)}</span> })
    };
    move || {
        let improvements = workspace.improvements_of(&summary);
        let suggestions = workspace.suggestions_of(&summary);
        let (one, many) = (words::practices::IMPROVEMENTS_ONE, words::practices::improvements_many);
        let improved = by_count(improvements, one, many);
        let (one, many) = (words::practices::SUGGESTIONS_ONE, words::practices::suggestions_many);
        let suggested = by_count(suggestions, one, many);
        (tag(improvements, improved), tag(suggestions, suggested))
    }
}

/// How many projects took it into use.
#[component]
fn Adopters<'a>(summary: &'a Summary) -> impl IntoView + use<> {
    let tongue = use_tongue();
    let count = summary.practice.as_ref().map_or(0, |it| it.users().count());
    let said = move || {
        let (one, many) = (words::practices::ADOPTERS_ONE, words::practices::adopters_many);
        tongue.tell(&by_count(count, one, many))
    };
    (count > 0).then(|| {
        view! {
            <span class="adopt">
                <Icon name="plant" />
                <span aria-hidden="true">{count}</span>
                <span class="vh">{said}</span>
            </span>
        }
    })
}

/// Gives the practice that another was taken from.
fn origin_of(summary: &Summary) -> Option<RecordId> {
    summary.practice.as_ref().and_then(|it| it.origin)
}

/// Says whether a practice of a project, taken from another, is one's own version (rule P24).
fn is_own_version(
    origin: Option<RecordId>,
    project: Option<RecordId>,
    mine: &BTreeSet<RecordId>,
) -> bool {
    origin.is_some() && project.is_some_and(|project| mine.contains(&project))
}

/// Chooses the areas that a card names: its own, else those of its project (rule P24).
fn areas_named<'a>(own: &'a [String], of_project: &'a [String]) -> Vec<&'static str> {
    let areas = [own, of_project].into_iter().map(region::of_all);
    let mut fitting = areas.filter(|areas| (1..=AREAS_MAX).contains(&areas.len()));
    fitting.next().unwrap_or_default()
}

/// Says where a practice is from: its areas, else the name of its project.
fn place(tongue: Tongue, workspace: Workspace, summary: &Summary) -> String {
    let project = summary.project;
    let project = project.and_then(|it| workspace.summaries.with(|all| all.get(it).cloned()));
    let of_project = project.as_ref().map(|it| it.areas.as_slice()).unwrap_or_default();
    let areas = areas_named(&summary.areas, of_project);
    if areas.is_empty() {
        return project.map(|it| it.title.clone()).unwrap_or_default();
    }
    let names: Vec<_> = areas.into_iter().map(|code| name::of_area(tongue, code)).collect();
    names.join(", ")
}

/// Names the project; a version of somebody's practice names theirs before it.
fn credit(tongue: Tongue, workspace: Workspace, summary: &Summary) -> String {
    let title_of = |project: Option<RecordId>| project.and_then(|it| workspace.title_of(it));
    let by = title_of(summary.project);
    let origin =
        origin_of(summary).and_then(|it| workspace.summaries.with(|all| all.get(it).cloned()));
    let from = title_of(origin.and_then(|it| it.project));
    match (from, by) {
        (Some(from), Some(by)) if from != by => tongue.tell(&words::practices::adapted(from, by)),
        (from, by) => by.or(from).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p24_a_version_is_ones_own_when_a_project_of_ones_own_took_it_from_another() {
        let [origin, ours, theirs] = [1, 2, 3].map(|name| RecordId([name; 16]));
        let mine = BTreeSet::from([ours]);
        assert!(is_own_version(Some(origin), Some(ours), &mine));
        assert!(!is_own_version(None, Some(ours), &mine), "written by us, taken from nobody");
        assert!(!is_own_version(Some(origin), Some(theirs), &mine));
        assert!(!is_own_version(Some(origin), None, &mine));
    }

    #[test]
    fn p24_a_card_names_few_areas_or_those_of_its_project() {
        let codes = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let table = [
            ("KU179 MK13", "MK19", "MK13"),
            ("MK13 MK19", "", "MK13 MK19"),
            ("MK13 MK18 MK19", "MK12", "MK12"),
            ("", "FI", "FI"),
            ("", "", ""),
        ];
        for (own, of_project, expected) in table {
            let named = areas_named(&codes(own), &codes(of_project)).join(" ");
            assert_eq!(named, expected, "{own} in {of_project}");
        }
    }
}
