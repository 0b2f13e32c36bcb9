//! What became of suggestions: credit on the original, the answer on the copy.

use leptos::prelude::*;
use talkoot_core::adopt::{Offer, Verdict};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::schema::practice_field;

use super::super::adoption::is_ours;
use super::offers_of;
use crate::i18n::{Tongue, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::names::who;
use crate::workspace::{Workspace, use_workspace};

/// Says who suggested something, for which project and when.
pub(super) fn said_by(tongue: Tongue, workspace: Workspace, offer: &Offer) -> String {
    let who = who(tongue, workspace, offer.author);
    let project = offer.project.and_then(|project| workspace.title_of(project));
    let when = tongue.moment(offer.stamp.wall_ms);
    let parts = [who, project.unwrap_or_default(), when];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Lists the suggestions that are in the original now, with whose they were.
#[component]
pub(crate) fn Received(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let accepted = Memo::new(move |_| {
        let all = offers_of(session).into_iter();
        let is_in = |offer: &Offer| {
            offer.answer().is_some_and(|answer| answer.verdict == Verdict::Accepted)
        };
        all.filter(is_in).collect::<Vec<_>>()
    });
    let one = move |offer: Offer| {
        let by = said_by(tongue, workspace, &offer);
        view! {
            <li>
                {tongue.word(offer.section.label)}
                <br />
                <span class="small muted">{by}</span>
            </li>
        }
    };
    view! {
        <Show when=move || accepted.with(|all| !all.is_empty())>
            <section aria-labelledby="h-credit">
                <h2 class="h3" id="h-credit">{tongue.word(words::offer::CREDIT)}</h2>
                <ul class="uses">{move || accepted.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Lists what a copy suggested to its original, and what was answered.
#[component]
pub(crate) fn Given(record: RecordId, session: RecordSession) -> impl IntoView {
    let workspace = use_workspace();
    let origin = Memo::new(move |_| session.record.with(|it| Some(it.as_ref()?.lineage()?.0)));
    move || {
        let origin = origin.get()?;
        let original = workspace.open(origin);
        Some(view! { <Answers record origin original /> })
    }
}

#[component]
fn Answers(record: RecordId, origin: RecordId, original: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let given = Memo::new(move |_| {
        let all = offers_of(original).into_iter();
        all.filter(|offer| offer.copy == Some(record)).collect::<Vec<_>>()
    });
    let one = move |offer: Offer| {
        let word = match offer.answer().map(|answer| answer.verdict) {
            None => words::offer::STATE_WAITING,
            Some(Verdict::Accepted) => words::offer::STATE_ACCEPTED,
            Some(Verdict::Declined) => words::offer::STATE_DECLINED,
        };
        let waits = offer.answers.is_empty();
        let (item, project) = (offer.item, offer.project);
        let mine = move || waits && is_ours(workspace, project);
        // Two who answered at once may both have said why.
        let said = offer.answers.into_iter().filter(|answer| !answer.reason.is_empty());
        let reasons = said.map(|answer| view! { <p class="small lines">{answer.reason}</p> });
        let reasons = reasons.collect_view();
        view! {
            <li>
                {tongue.word(offer.section.label)}
                " "
                <span class="small muted">{tongue.word(word)}</span>
                {reasons}
                <Show when=mine>
                    <Withdraw origin original item />
                </Show>
            </li>
        }
    };
    view! {
        <Show when=move || given.with(|all| !all.is_empty())>
            <section aria-labelledby="h-given">
                <h2 class="h3" id="h-given">{tongue.word(words::offer::OURS)}</h2>
                <ul class="uses">{move || given.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Takes back a suggestion that nobody answered yet.
#[component]
fn Withdraw(origin: RecordId, original: RecordSession, item: ItemId) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let withdraw = move |_| {
        let said = original.record.with_untracked(|record| {
            let state = record.as_ref()?.field(practice_field::OFFERS)?;
            Some(state.items.get(&item)?.value.shown()?.value.clone())
        });
        let Some(said) = said else { return };
        acts.change_undoably(
            origin,
            words::offer::WITHDRAWN,
            move |it| vec![it.remove_item(practice_field::OFFERS, item)],
            move |it| it.append_items(practice_field::OFFERS, [(item, said.clone())]),
        );
    };
    view! {
        <div class="acts noprint">
            <button type="button" class="btn btn--quiet" on:click=withdraw>
                {tongue.word(words::offer::WITHDRAW)}
            </button>
        </div>
    }
}
