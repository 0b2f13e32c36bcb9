//! What waits for this person: choices to settle, improvements to decide about, suggestions to
//! answer, changes that were set aside.

use leptos::prelude::*;
use std::sync::Arc;
use talkoot_core::summary::Summary;

use crate::address;
use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::record_row::title;
use crate::ui::sync_mark::{Mark, Shape};
use crate::workspace::{Workspace, use_workspace};

/// Something that waits in a record, with how many there are.
type Waiting = (Arc<Summary>, usize);

/// Shows a card for each thing; nothing at all when nothing waits.
#[component]
pub(crate) fn Awaiting() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let choices = follow(workspace, |it, summary| it.choices_of(summary));
    let improvements = follow(workspace, |it, summary| it.improvements_of(summary));
    let suggestions = follow(workspace, |it, summary| it.suggestions_of(summary));
    let set_aside = Memo::new(move |_| workspace.status.with(|status| status.set_aside.len()));
    let held = Memo::new(move |_| workspace.held_count());
    let any = move || {
        let lists = [choices, improvements, suggestions];
        set_aside.get() != 0
            || held.get() != 0
            || lists.iter().any(|list| !list.with(Vec::is_empty))
    };
    let choice = |(summary, count)| view! { <ChoiceLink summary count /> };
    let improvement = |(summary, count)| view! { <ImprovementsLink summary count /> };
    let suggestion = |(summary, count)| view! { <SuggestionsLink summary count /> };
    view! {
        <Show when=any>
            <section class="await" aria-labelledby="h-await">
                <h2 id="h-await">{tongue.word(words::home::AWAIT)}</h2>
                <ul class="await__l">
                    {move || choices.get().into_iter().map(choice).collect_view()}
                    {move || improvements.get().into_iter().map(improvement).collect_view()}
                    {move || suggestions.get().into_iter().map(suggestion).collect_view()}
                    {move || (held.get() > 0).then(|| view! { <HeldLine count=held.get() /> })}
                    {move || (set_aside.get() > 0).then(|| view! { <SetAsideLink count=set_aside.get() /> })}
                </ul>
            </section>
        </Show>
    }
}

/// Follows the records in which something waits, and how much.
fn follow(
    workspace: Workspace,
    count: impl Fn(Workspace, &Summary) -> usize + Send + Sync + 'static,
) -> Memo<Vec<Waiting>> {
    Memo::new(move |_| {
        let all: Vec<_> = workspace.summaries.with(|all| all.iter().cloned().collect());
        let counted = all.into_iter().map(|it| (count(workspace, &it), it));
        counted.filter(|(count, _)| *count > 0).map(|(count, it)| (it, count)).collect()
    })
}

#[component]
fn ChoiceLink(summary: Arc<Summary>, count: usize) -> impl IntoView {
    let tongue = use_tongue();
    let href = address::of(summary.kind, summary.record, &summary.title);
    view! {
        <li>
            <a href=href>
                <Shape mark=Signal::stored(Mark::Attention) class="on-ball" />
                <span>
                    <b>{move || title(tongue, &summary)}</b>
                    <span class="muted">
                        {move || tongue.tell(&by_count(count, words::home::CHOICES_ONE, words::home::choices_many))}
                    </span>
                    <span class="golink">{tongue.word(words::home::CHOOSE)}</span>
                </span>
            </a>
        </li>
    }
}

#[component]
fn ImprovementsLink(summary: Arc<Summary>, count: usize) -> impl IntoView {
    let page = address::of(summary.kind, summary.record, &summary.title);
    view! {
        <Link
            href=format!("{page}/improvements")
            icon="git-merge"
            said=by_count(count, words::review::ONE, words::review::many)
            summary
            act=words::review::REVIEW
        />
    }
}

#[component]
fn SuggestionsLink(summary: Arc<Summary>, count: usize) -> impl IntoView {
    view! {
        <Link
            href=address::of(summary.kind, summary.record, &summary.title)
            icon="arrow-bend-up-left"
            said=by_count(count, words::offer::WAITING_ONE, words::offer::waiting_many)
            summary
            act=words::home::ANSWER
        />
    }
}

/// Leads to a practice: how much waits, in which one, what to do.
#[component]
fn Link(
    href: String,
    icon: &'static str,
    said: Phrase,
    summary: Arc<Summary>,
    act: Word,
) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <a href=href>
                <span class="ball ball--brand">
                    <Icon name=icon />
                </span>
                <span>
                    <b>{move || tongue.tell(&said)}</b>
                    <span class="muted">{move || title(tongue, &summary)}</span>
                    <span class="golink">{tongue.word(act)}</span>
                </span>
            </a>
        </li>
    }
}

/// Leads to the open comments that wait.
#[component]
fn HeldLine(count: usize) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <a href="/comments">
                <span class="ball ball--brand">
                    <Icon name="chat-text" />
                </span>
                <span>
                    <b>
                        {move || tongue.tell(&by_count(count, words::comments::WAIT_ONE, words::comments::wait_many))}
                    </b>
                    <span class="golink">{tongue.word(words::comments::READ)}</span>
                </span>
            </a>
        </li>
    }
}

#[component]
fn SetAsideLink(count: usize) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <a href="/sync">
                <Shape mark=Signal::stored(Mark::Attention) class="on-ball" />
                <span>
                    <b>
                        {move || tongue.tell(&by_count(count, words::home::SET_ASIDE_ONE, words::home::set_aside_many))}
                    </b>
                    <span class="muted">{tongue.word(words::home::SET_ASIDE_TEXT)}</span>
                    <span class="golink">{tongue.word(words::home::LOOK)}</span>
                </span>
            </a>
        </li>
    }
}
