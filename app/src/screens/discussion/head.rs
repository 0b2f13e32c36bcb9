//! Who said it, when, in answer to what, and where it is now.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::ChangeId;

use super::conversation::{Said, anchor};
use super::latecomers::when;
use super::page::Page;
use crate::i18n::{use_tongue, words};
use crate::ui::avatar::Avatar;
use crate::ui::names::who;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::use_workspace;

/// Draws who said a post and when.
#[component]
pub(super) fn PostHead(page: Page, said: Memo<Option<Arc<Said>>>, id: ChangeId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let author = Memo::new(move |_| said.with(|said| said.as_ref().map(|said| said.author)));
    // The avatar is of the name also where the page says "you".
    let named = move || {
        let name = author.get().and_then(|author| workspace.name_of(author));
        name.unwrap_or_else(|| tongue.say(words::choice::SOMEBODY).to_owned())
    };
    let shown = move || author.get().map(|author| who(tongue, workspace, author));
    let time = move || said.with(|said| said.as_ref().map(|said| when(tongue, page, said)));
    let waits = Memo::new(move |_| page.waiting().with(|waiting| waiting.contains(&id)));
    view! {
        <div class="post__w">
            <Avatar name=Signal::derive(named) />
            <div>
                <b id=format!("by-{}", anchor(id))>{shown}</b>
                <small>
                    <a class="post__at" href=format!("#{}", anchor(id)) rel="external">{time}</a>
                    <InReplyTo page said />
                </small>
            </div>
            <Show when=move || waits.get()>
                <SyncMark mark=Signal::stored(Mark::Waiting(1)) />
            </Show>
        </div>
    }
}

/// Says whom it answers, where that is not the opening post.
#[component]
fn InReplyTo(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let target = Memo::new(move |_| {
        let opening = page.talk().with(|talk| talk.as_ref().and_then(|talk| talk.opening));
        let target = said.with(|said| said.as_ref().and_then(|said| said.reply_to));
        target.filter(|(post, _)| Some(*post) != opening)
    });
    let link = move |(post, author)| {
        let text = tongue.tell(&words::talk::in_reply_to(who(tongue, workspace, author)));
        view! {
            " · "
            <a href=format!("#{}", anchor(post)) rel="external">{text}</a>
        }
    };
    move || target.get().map(link)
}
