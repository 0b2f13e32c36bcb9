//! What came of trying a practice: said in a post, and taken over into the practice in one step.

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::Tried;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::thread::{PostView, Thread, as_evidence, as_result};

use super::conversation::Said;
use super::page::Page;
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Gives the operations on a practice that take a post over.
type TakeOver = fn(&Record, RecordId, &PostView<'_>) -> Vec<Op>;

/// Says which practice was tried and by whom, with what can be done with that.
#[component]
pub(super) fn Experience(page: Page, said: Memo<Option<Arc<Said>>>) -> impl IntoView {
    let tried =
        Memo::new(move |_| said.with(|said| said.as_ref().and_then(|it| Some((it.id, it.tried?)))));
    move || tried.get().map(|(post, tried)| view! { <Told page post tried /> })
}

#[component]
fn Told(page: Page, post: ChangeId, tried: Tried) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let practice = workspace.open(tried.practice);
    let name = move || match workspace.title_of(tried.practice) {
        Some(title) => {
            let href = address::of(Kind::Practice, tried.practice, &title);
            view! { <a href=href>{title}</a> }.into_any()
        }
        None => view! { <span>{tongue.say(words::record::NOT_HERE)}</span> }.into_any(),
    };
    let project = move || workspace.title_of(tried.project?).map(|title| format!(" · {title}"));
    let may_edit = Memo::new(move |_| practice.may(Deal::Edit) && !practice.is_trashed());
    let may_tell = Memo::new(move |_| {
        let ours = tried.project.is_some_and(|it| workspace.my_projects().contains(&it));
        may_edit.get() || ours
    });
    view! {
        <div class="tried">
            <p class="small">
                <Icon name="plant" />
                <b>{tongue.word(words::talk::TRIED)}</b>
                " "
                {name}
                {project}
            </p>
            <div class="acts">
                <Take
                    page
                    post
                    practice
                    may=may_edit
                    take=as_evidence
                    word=words::talk::USE_EVIDENCE
                    done=words::talk::IN_EVIDENCE
                />
                <Take
                    page
                    post
                    practice
                    may=may_tell
                    take=as_result
                    word=words::talk::ADD_RESULT
                    done=words::talk::IN_RESULT
                />
            </div>
        </div>
    }
}

/// Takes the post over into the practice, while there is something to take over.
#[component]
fn Take(
    page: Page,
    post: ChangeId,
    practice: RecordSession,
    may: Memo<bool>,
    take: TakeOver,
    word: Word,
    done: Word,
) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let toasts = use_toasts();
    let session = page.session();
    let is_open = Memo::new(move |_| {
        let thread = session.record.get();
        let Some((thread, practice)) = thread.zip(practice.record.get()) else { return false };
        may.get() && !ops(&thread, post, &practice, take).is_empty()
    });
    let act = move |_| {
        let Some(thread) = session.record.get_untracked() else { return };
        let intent = move |practice: &Record| ops(&thread, post, practice, take);
        acts.change_then(practice.id, intent, move || toasts.say(done));
    };
    view! {
        <Show when=move || is_open.get()>
            <button type="button" class="btn btn--soft" on:click=act>
                {tongue.word(word)}
            </button>
        </Show>
    }
}

fn ops(thread: &Record, post: ChangeId, practice: &Record, take: TakeOver) -> Vec<Op> {
    let read = Thread::of(thread);
    let found = read.as_ref().and_then(|read| read.post(post));
    found.map(|found| take(practice, thread.id, found)).unwrap_or_default()
}
