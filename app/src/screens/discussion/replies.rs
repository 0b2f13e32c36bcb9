//! What was said since: the accepted answer first, then everything in its order.

use leptos::prelude::*;
use talkoot_core::id::ChangeId;
use talkoot_core::thread::Answered;

use super::conversation::{Conversation, anchor};
use super::page::Page;
use super::post::PostBody;
use super::window::POSTS;
use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::workspace::use_workspace;

/// Draws the answers and the posts of the window.
#[component]
pub(super) fn Replies(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let count = Memo::new(move |_| of(page, |talk| (talk.question, talk.replies)));
    let heading = move || tongue.tell(&heading(count.get()));
    let shown = Memo::new(move |_| {
        let window = page.window().get();
        of(page, |talk| {
            let until = window.until(talk.rest.len());
            talk.rest.iter().take(until).skip(window.from).copied().collect::<Vec<_>>()
        })
    });
    let earlier = Memo::new(move |_| page.window().get().from);
    let later = Memo::new(move |_| {
        let rest = of(page, |talk| talk.rest.len());
        rest.saturating_sub(page.window().get().until(rest))
    });
    let open_later = move |_| {
        let rest = of(page, |talk| talk.rest.len());
        page.window().update(|window| *window = window.later(rest));
    };
    let first_new = page.first_new();
    view! {
        <section aria-labelledby="h-replies">
            <div class="sec__h">
                <h2 id="h-replies">{heading}</h2>
                <NewCount page first_new />
            </div>
            <Answers page />
            <Show when=move || earlier.get() != 0>
                <button
                    type="button"
                    class="btn btn--soft"
                    on:click=move |_| page.window().update(|window| *window = window.earlier())
                >
                    {move || tongue.tell(&words::talk::earlier(earlier.get().min(POSTS)))}
                </button>
            </Show>
            <For
                each=move || shown.get()
                key=|id| *id
                children=move |id| view! { <Reply page id first_new /> }
            />
            <Show when=move || later.get() != 0>
                <button type="button" class="btn btn--soft" on:click=open_later>
                    {move || tongue.tell(&words::talk::later(later.get().min(POSTS)))}
                </button>
            </Show>
        </section>
    }
}

fn of<T: Default>(page: Page, look: impl FnOnce(&Conversation) -> T) -> T {
    page.talk().with(|talk| talk.as_deref().map(look)).unwrap_or_default()
}

fn heading((question, replies): (bool, usize)) -> Phrase {
    match (question, replies) {
        (true, 0) => words::talk::NO_ANSWERS.into(),
        (true, _) => by_count(replies, words::talk::ANSWERS_ONE, words::talk::answers_many),
        (false, 0) => words::talk::NO_REPLIES.into(),
        (false, _) => by_count(replies, words::talk::REPLIES_ONE, words::talk::replies_many),
    }
}

/// Says how much is new, and leads to the first of it.
#[component]
fn NewCount(page: Page, first_new: Memo<Option<ChangeId>>) -> impl IntoView {
    let tongue = use_tongue();
    let count = Memo::new(move |_| page.new().with(std::collections::BTreeSet::len));
    let told = move || tongue.tell(&words::talk::new_count(count.get()));
    let link = move || {
        first_new.get().map(|id| {
            view! {
                <a class="newlink" href=format!("#{}", anchor(id)) rel="external">
                    {told}
                </a>
            }
        })
    };
    view! { <Show when=move || count.get() != 0>{link}</Show> }
}

/// Draws what was marked as the answer; where two were, both, until somebody says which it is.
#[component]
fn Answers(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let answers = Memo::new(move |_| of(page, |talk| talk.answers.clone()));
    let is_unclear = Memo::new(move |_| answers.with(|answers| answers.len() > 1));
    view! {
        <Show when=move || is_unclear.get()>
            <p class="banner banner--accent" role="status">
                {tongue.word(words::talk::TWO_ANSWERS)}
            </p>
        </Show>
        <For
            each=move || answers.get()
            key=|answered| answered.post
            children=move |answered| view! { <Answer page answered /> }
        />
    }
}

#[component]
fn Answer(page: Page, answered: Answered) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let id = answered.post;
    let by = move || {
        let who = who(tongue, workspace, answered.by.author);
        tongue.tell(&words::talk::marked_by(who, tongue.moment(answered.by.stamp.wall_ms)))
    };
    view! {
        <article class="post post--ans" id=anchor(id) tabindex="-1" aria-labelledby=format!("ans-{}", anchor(id))>
            <p class="anstag" id=format!("ans-{}", anchor(id))>
                <Icon name="check-circle" />
                <b>{tongue.word(words::talk::ACCEPTED)}</b>
                <span>{by}</span>
            </p>
            <PostBody page id />
        </article>
    }
}

#[component]
fn Reply(page: Page, id: ChangeId, first_new: Memo<Option<ChangeId>>) -> impl IntoView {
    let tongue = use_tongue();
    let said = page.post(id);
    let is_below = Memo::new(move |_| {
        let opening = of(page, |talk| talk.opening);
        said.with(|said| {
            let target = said.as_ref().and_then(|said| said.reply_to);
            target.is_some_and(|(post, _)| Some(post) != opening)
        })
    });
    let waits = Memo::new(move |_| page.waiting().with(|waiting| waiting.contains(&id)));
    let is_new = Memo::new(move |_| page.new().with(|new| new.contains(&id)));
    let is_first_new = Memo::new(move |_| first_new.get() == Some(id));
    let new: Word = words::talk::NEW_FROM_HERE;
    view! {
        <Show when=move || is_first_new.get()>
            <p class="newline">
                <span>{tongue.word(new)}</span>
            </p>
        </Show>
        <article
            class="post"
            class:post--sub=move || is_below.get()
            class:post--pend=move || waits.get()
            class:post--new=move || is_new.get()
            id=anchor(id)
            tabindex="-1"
            aria-labelledby=format!("by-{}", anchor(id))
        >
            <PostBody page id />
        </article>
    }
}
