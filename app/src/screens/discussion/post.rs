//! One post: who said it, what it quotes, what it says, what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::change::discuss::{Quote, Words};
use talkoot_core::id::{AccountId, ChangeId};
use talkoot_core::thread;

use super::acts::PostActs;
use super::conversation::{Said, anchor, said_before};
use super::edit::EditPost;
use super::head::PostHead;
use super::page::Page;
use super::spoken::Spoken;
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;
use crate::ui::begun::is_begun;
use crate::ui::names::who;
use crate::workspace::use_workspace;

/// Names the form in which a post is written anew.
pub(super) fn form_name(post: ChangeId) -> String {
    format!("edit.{}", anchor(post))
}

/// Draws what stands in a post, without the frame around it.
#[component]
pub(super) fn PostBody(page: Page, id: ChangeId) -> impl IntoView {
    let said = page.post(id);
    let editing = RwSignal::new(is_begun(page.id, &form_name(id)));
    let is_own =
        move || said.with(|said| said.as_ref().map(|said| said.author)) == page.notes().account;
    let edits = Memo::new(move |_| editing.get() && is_own() && page.rights().get().post);
    let form = move || {
        said.get_untracked()
            .map(|said| view! { <EditPost page said=StoredValue::new(said) editing /> })
    };
    view! {
        <PostHead page said id />
        <Quoted said />
        <Show when=move || edits.get() fallback=move || view! { <Says page said /> }>
            {form}
        </Show>
        <PostActs page said editing />
    }
}

/// Draws the passage that a post quotes.
#[component]
fn Quoted(said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let quote = Memo::new(move |_| said.with(|said| said.as_ref()?.quote.clone()));
    let drawn = move |(quote, author): (Quote, Option<AccountId>)| {
        let author = author.map(|author| {
            let name = move || who(tongue, workspace, author);
            view! {
                <footer>
                    <a href=format!("#{}", anchor(quote.post)) rel="external">{name}</a>
                </footer>
            }
        });
        view! {
            <blockquote class="quote">
                <p class="lines">{quote.passage}</p>
                {author}
            </blockquote>
        }
    };
    move || quote.get().map(drawn)
}

/// Draws the words, or that they were taken back.
#[component]
fn Says(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let words = Memo::new(move |_| said.with(|said| said.as_ref()?.words.clone()));
    let beside = Memo::new(move |_| {
        said.with(|said| said.as_ref().map(|said| said.beside.clone()).unwrap_or_default())
    });
    let is_gone = Memo::new(move |_| {
        said.with(|said| said.as_ref().is_some_and(|said| said.retracted.is_some()))
    });
    view! {
        {move || words.get().map(|words| view! { <Spoken words /> })}
        <Show when=move || !beside.with(Vec::is_empty)>
            <Beside beside />
        </Show>
        <Show when=move || is_gone.get()>
            <Gone page said />
        </Show>
        <Edited page said />
    }
}

/// Shows what the author wrote on another device meanwhile; editing puts one text in place of all.
#[component]
fn Beside(beside: Memo<Vec<Words>>) -> impl IntoView {
    let tongue = use_tongue();
    let drawn = |words: Words| view! { <div class="beside"><Spoken words /></div> };
    view! {
        <p class="small muted">{tongue.word(words::talk::BESIDE)}</p>
        {move || beside.get().into_iter().map(drawn).collect_view()}
    }
}

/// Says who took the post back; whoever may gives it back.
#[component]
fn Gone(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let acts = use_acts();
    let retracted = move || said.with(|said| said.as_ref().and_then(|said| said.retracted));
    let told = move || {
        let gone = retracted()?;
        let when = tongue.moment(gone.by.stamp.wall_ms);
        let by = gone.by.author;
        Some(match (workspace.is_me(by), gone.moderated) {
            (true, _) => tongue.tell(&words::talk::gone_mine(when)),
            (false, true) => {
                tongue.tell(&words::talk::gone_moderated(who(tongue, workspace, by), when))
            }
            (false, false) => tongue.tell(&words::talk::gone(who(tongue, workspace, by), when)),
        })
    };
    // What a moderator took back, only moderators give back.
    let may = Memo::new(move |_| {
        let rights = page.rights().get();
        let is_own =
            said.with(|said| said.as_ref().map(|said| said.author)) == page.notes().account;
        retracted().is_some_and(|gone| {
            if gone.moderated { rights.moderate } else { rights.post && is_own }
        })
    });
    let restore = move |_| {
        let Some((id, gone)) =
            said.with_untracked(|said| said.as_ref().and_then(|it| Some((it.id, it.retracted?))))
        else {
            return;
        };
        acts.change(page.id, move |record| vec![thread::restore(record, id, gone.moderated)]);
    };
    view! {
        <p class="gone">
            <span class="muted">{told}</span>
            <Show when=move || may.get()>
                <button type="button" class="btn btn--quiet" on:click=restore>
                    {tongue.word(words::talk::GIVE_BACK)}
                </button>
            </Show>
        </p>
    }
}

/// Says that the words were changed, and shows what they were before.
#[component]
fn Edited(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let edited = Memo::new(move |_| {
        said.with(|said| said.as_ref().filter(|it| it.retracted.is_none()).and_then(|it| it.edited))
    });
    let before = move || {
        let Some(said) = said.get() else { return Vec::new() };
        let before = |record: &Option<Arc<_>>| record.as_deref().map(|it| said_before(it, &said));
        page.session().record.with_untracked(before).unwrap_or_default()
    };
    let earlier = move |(stamp, words): (talkoot_core::stamp::Stamp, Words)| {
        view! {
            <li>
                <small class="muted">{tongue.moment(stamp.wall_ms)}</small>
                <Spoken words />
            </li>
        }
    };
    let told = move |edited: talkoot_core::stamp::Stamp| {
        view! {
            <details class="earlier">
                <summary>{tongue.tell(&words::talk::edited(tongue.moment(edited.wall_ms)))}</summary>
                <p class="small muted">{tongue.word(words::talk::BEFORE)}</p>
                <ol>{before().into_iter().map(earlier).collect_view()}</ol>
            </details>
        }
    };
    move || edited.get().map(told)
}
