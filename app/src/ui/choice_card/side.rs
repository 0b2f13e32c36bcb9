//! One side of a choice as a radio card: the value first, then who and when.

use leptos::prelude::*;
use talkoot_core::id::AccountId;
use talkoot_core::stamp::Stamp;

use crate::i18n::{Tongue, use_tongue, words};
use crate::ui::avatar::Avatar;
use crate::ui::sync_mark::{Mark, Shape};
use crate::workspace::{Workspace, use_workspace};

/// Says who did something: you, a name, or somebody whose name is not known here.
pub(crate) fn who(tongue: Tongue, workspace: Workspace, account: AccountId) -> String {
    if workspace.is_me(account) {
        tongue.say(words::choice::YOU).to_owned()
    } else {
        let name = workspace.name_of(account);
        name.unwrap_or_else(|| tongue.say(words::choice::SOMEBODY).to_owned())
    }
}

/// Draws one side.
#[component]
pub(crate) fn SideCard(
    /// The name that ties the radios of a card together.
    #[prop(into)]
    group: String,
    #[prop(into)] value: Signal<String>,
    author: AccountId,
    stamp: Stamp,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let name = Signal::derive(move || workspace.name_of(author).unwrap_or_default());
    view! {
        <label class="opt">
            <input type="radio" name=group on:change=move |_| on_choose.run(()) />
            <span class="opt__v">{value}</span>
            <span class="opt__w">
                <Avatar name />
                <span>
                    <b>{move || who(tongue, workspace, author)}</b>
                    <small>{move || tongue.moment(stamp.wall_ms)}</small>
                </span>
            </span>
        </label>
    }
}

/// Draws the frame of a card: the mark, what happened, what to do.
#[component]
pub(crate) fn Card(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    children: Children,
) -> impl IntoView {
    let heading = id.clone();
    view! {
        <section class="clashbox" aria-labelledby=heading>
            <div class="clashbox__h">
                <Shape mark=Signal::stored(Mark::Attention) class="on-ball" />
                <div>
                    <h2 id=id>{title}</h2>
                    <p class="muted">{text}</p>
                </div>
            </div>
            {children()}
        </section>
    }
}
