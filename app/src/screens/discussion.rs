//! One discussion: what it was begun with, what was said since, and a place to say more.

mod acts;
mod aside;
pub(crate) mod composer;
mod conversation;
pub(crate) mod draft;
mod edit;
mod experience;
mod head;
mod latecomers;
mod naming;
mod opening;
mod page;
mod passage;
mod pieces;
mod post;
mod reactions;
pub(crate) mod reading;
mod replies;
pub(crate) mod spoken;
mod subject;
mod window;
pub(crate) mod words_field;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use self::aside::Aside;
use self::composer::Composer;
use self::opening::Opening;
use self::page::Page;
use self::replies::Replies;
use super::written::{InBin, Missing, Newer, addressed, use_name};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::ui::choice_card::ChoiceCards;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::workspace::use_workspace;

/// Shows the discussion that the address names.
#[component]
pub(crate) fn DiscussionPage() -> impl IntoView {
    addressed(Kind::Thread, |record| view! { <Discussion record /> }.into_any())
}

#[component]
fn Discussion(record: RecordId) -> impl IntoView {
    let workspace = use_workspace();
    let page = Page::open(record);
    let session = page.session();
    let known = Memo::new(move |_| {
        let is_one = |it: &talkoot_core::summary::Summary| it.kind == Kind::Thread;
        workspace.summaries.with(|all| all.get(record).is_some_and(|it| is_one(it)))
    });
    let name = use_name(record);
    use_page_title(move || name().unwrap_or_default());
    view! {
        <Trail page />
        <Show when=move || known.get() fallback=|| view! { <Missing /> }>
            <Newer record />
            <InBin record said=words::talk::IN_BIN />
            <ChoiceCards record session />
            <div class="cols">
                <article class="thread">
                    <Opening page />
                    <Replies page />
                    <Composer page />
                </article>
                <Aside page />
            </div>
        </Show>
    }
}

/// Leads back to the list, and to the thing or the project that it is about.
#[component]
fn Trail(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let thing = move || {
        let thing =
            page.talk().with(|talk| talk.as_ref().and_then(|it| it.about.or(it.project)))?;
        let summary = workspace.summaries.with(|all| all.get(thing).cloned())?;
        let href = address::of(summary.kind, thing, &summary.title);
        Some(view! {
            <Icon name="caret-right" />
            <a href=href>{summary.title.clone()}</a>
        })
    };
    view! {
        <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
            <a href="/discussions">{tongue.word(words::nav::DISCUSSIONS)}</a>
            {thing}
        </nav>
    }
}
