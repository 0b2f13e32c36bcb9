//! What stands beside a discussion: where it stands, who takes part, who sees it, what is near it.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use super::page::Page;
use crate::address;
use crate::i18n::{by_count, use_tongue, words};
use crate::screens::discussions::filter::last_words;
use crate::screens::discussions::row::{DiscussionRow, standing};
use crate::screens::written::{BinButton, RestoreButton};
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::record_row::{icon, title};
use crate::workspace::use_workspace;

/// Most people whose letters show.
const PEOPLE_MAX: usize = 8;
/// Most discussions about the same thing.
const NEAR_MAX: usize = 5;

/// Draws the column beside the posts.
#[component]
pub(super) fn Aside(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let (record, session) = (page.id, page.session());
    view! {
        <aside class="stack stack--lg aside" aria-label=tongue.word(words::talk::ABOUT)>
            <Standing page />
            <People page />
            <About page />
            <Near page />
            <div class="acts noprint">
                <BinButton record session kind=Kind::Thread />
                <RestoreButton record session />
            </div>
        </aside>
    }
}

/// Says whether it is answered, and who sees it.
#[component]
fn Standing(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let standing = Memo::new(move |_| {
        workspace.summaries.with(|all| all.get(page.id).and_then(|it| standing(it)))
    });
    let is_answered = move || standing.get() == Some(words::talk::ANSWERED);
    let seen_by = move || {
        let circle = page.talk().with(|talk| talk.as_ref().map(|it| (it.wide, it.project)))?;
        let project = circle.1.filter(|_| !circle.0).and_then(|it| workspace.title_of(it));
        Some(match project {
            Some(project) => tongue.tell(&words::talk::seen_by(project)),
            None => tongue.say(words::talk::SEEN_BY_ALL).to_owned(),
        })
    };
    view! {
        <section aria-labelledby="h-standing">
            <h2 class="h3" id="h-standing">{tongue.word(words::talk::STANDING)}</h2>
            {move || standing.get().map(|word| view! {
                <p class="anstag anstag--s">
                    <Icon name=Signal::derive(move || if is_answered() { "check-circle" } else { "chats-circle" }) />
                    <b>{tongue.say(word)}</b>
                </p>
            })}
            <p class="small muted">{seen_by}</p>
        </section>
    }
}

/// Shows who said something.
#[component]
fn People(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let people = Memo::new(move |_| {
        page.talk().with(|talk| talk.as_ref().map(|talk| talk.people.clone()).unwrap_or_default())
    });
    let names = move || {
        let name = |account| {
            let name = workspace.name_of(account);
            name.unwrap_or_else(|| who(tongue, workspace, account))
        };
        people.get().into_iter().take(PEOPLE_MAX).map(name).collect::<Vec<_>>()
    };
    let count = move || {
        tongue.tell(&by_count(
            people.with(Vec::len),
            words::talk::PEOPLE_ONE,
            words::talk::people_many,
        ))
    };
    view! {
        <section aria-labelledby="h-people">
            <h2 class="h3" id="h-people">{tongue.word(words::talk::PEOPLE)}</h2>
            <div class="avs">
                {move || names().into_iter().map(|name| view! { <Avatar name /> }).collect_view()}
            </div>
            <p class="small muted">{move || names().join(", ")}</p>
            <p class="small muted">{count}</p>
        </section>
    }
}

/// Leads to the thing that it is about.
#[component]
fn About(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    move || {
        let (about, section) = page
            .talk()
            .with(|talk| talk.as_ref().map(|it| (it.about.or(it.project), it.section)))?;
        let summary = workspace.summaries.with(|all| all.get(about?).cloned())?;
        let label = section.and_then(|tag| summary.kind.schema().field(tag)).map(|it| it.label);
        let href = address::of(summary.kind, summary.record, &summary.title);
        let section = label.map(|label| tongue.say(label));
        Some(view! {
            <section aria-labelledby="h-about">
                <h2 class="h3" id="h-about">{tongue.word(words::talk::IS_ABOUT)}</h2>
                <a class="att" href=href>
                    <Icon name=icon(summary.kind) />
                    <span>
                        <b>{title(tongue, &summary)}</b>
                        <small>{section}</small>
                    </span>
                </a>
            </section>
        })
    }
}

/// Lists other discussions about the same thing.
#[component]
fn Near(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let near = Memo::new(move |_| {
        let about = page.talk().with(|talk| talk.as_ref().and_then(|talk| talk.about));
        let is_near = |it: &&Arc<Summary>| {
            let of_same = it
                .thread
                .as_ref()
                .is_some_and(|thread| thread.about == about && thread.margin.is_none());
            about.is_some() && of_same && it.record != page.id && it.trashed.is_none()
        };
        let mut near: Vec<_> =
            workspace.summaries.with(|all| all.iter().filter(is_near).cloned().collect());
        near.sort_by_key(|it: &Arc<Summary>| std::cmp::Reverse(last_words(it)));
        near.truncate(NEAR_MAX);
        near
    });
    let row = move |summary| {
        view! {
            <li class="row">
                <DiscussionRow summary notes=page.notes() names_thing=false />
            </li>
        }
    };
    view! {
        <Show when=move || !near.with(Vec::is_empty)>
            <section aria-labelledby="h-near">
                <h2 class="h3" id="h-near">{tongue.word(words::talk::NEAR)}</h2>
                <ul class="rows rows--tight">
                    {move || near.get().into_iter().map(row).collect_view()}
                </ul>
            </section>
        </Show>
    }
}
