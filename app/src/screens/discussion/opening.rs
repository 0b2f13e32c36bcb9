//! What a discussion was begun with, under its subject.

use leptos::prelude::*;

use super::page::Page;
use super::passage::AboutPassage;
use super::post::PostBody;
use super::subject::{EditSubject, OfferSubject, is_begun_subject};
use crate::address::post_anchor;
use crate::screens::discussions::following::{Follow, Mute};
use crate::screens::written::use_name;

/// Draws the subject and the opening post.
#[component]
pub(super) fn Opening(page: Page) -> impl IntoView {
    let name = use_name(page.id);
    let renaming = RwSignal::new(is_begun_subject(page));
    let opening =
        Memo::new(move |_| page.talk().with(|talk| talk.as_ref().and_then(|talk| talk.opening)));
    let post = move |id| {
        view! {
            <div id=post_anchor(id) class="post post--q" tabindex="-1">
                <PostBody page id />
            </div>
        }
    };
    view! {
        <header>
            <h1>{name}</h1>
            <EditSubject page renaming />
            <AboutPassage page />
            <div class="acts noprint">
                <Follow notes=page.notes() record=page.id />
                <Mute notes=page.notes() record=page.id />
                <OfferSubject page renaming />
            </div>
        </header>
        {move || opening.get().map(post)}
    }
}
