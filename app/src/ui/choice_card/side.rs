//! One side of a choice as a radio card: the value first, then who, when and on which device.

use leptos::prelude::*;
use talkoot_core::id::{AccountId, ChangeId};
use talkoot_core::stamp::Stamp;

use crate::i18n::use_tongue;
use crate::ui::avatar::Avatar;
use crate::ui::names::{device, who};
use crate::ui::sync_mark::{Mark, Shape};
use crate::workspace::use_workspace;

/// Draws one side.
#[component]
pub(crate) fn SideCard(
    /// The name that ties the radios of a card together.
    #[prop(into)]
    group: String,
    #[prop(into)] value: Signal<String>,
    change: ChangeId,
    author: AccountId,
    stamp: Stamp,
    #[prop(into)] on_choose: Callback<()>,
    /// What else there is to say of it.
    #[prop(optional)]
    more: Option<AnyView>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let name = Signal::derive(move || workspace.name_of(author).unwrap_or_default());
    view! {
        <label class="opt">
            <input type="radio" name=group on:change=move |_| on_choose.run(()) />
            <span class="opt__v">{value}</span>
            {more}
            <span class="opt__w">
                <Avatar name />
                <span>
                    <b>{move || who(tongue, workspace, author)}</b>
                    <small>
                        {move || tongue.moment(stamp.wall_ms)} " · "
                        {move || device(tongue, workspace, author, change.replica)}
                    </small>
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
