//! The button that begins a record: a draft in my project, open for writing at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::value::{Scalar, Value};

use super::fault_text;
use super::icon::Icon;
use super::toast::use_toasts;
use crate::address;
use crate::i18n::{Word, use_tongue};
use crate::workspace::{Workspace, use_workspace};

/// Begins a record of a kind. Not there for those who may not.
#[component]
pub(crate) fn Begin(
    kind: Kind,
    /// What the button says.
    word: Word,
    /// The fields of the kind that hold the language and the project.
    language: u16,
    project: u16,
    /// Whether it is the first thing to do in its place.
    #[prop(default = true)]
    primary: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let mine = Memo::new(move |_| workspace.my_project().map(|(project, _)| project));
    let may = Memo::new(move |_| {
        let mine = mine.get();
        workspace
            .me
            .with(|me| me.as_ref().is_some_and(|me| access::may_create(&me.caller, kind, mine)))
    });
    // Who presses twice wants one record.
    let busy = StoredValue::new(false);
    let begin = move |_| {
        if busy.get_value() {
            return;
        }
        let navigate = navigate.clone();
        // What was begun and left by a closed page waits for its first word.
        if let Some(blank) = blank_of_mine(workspace, kind, mine.get_untracked()) {
            return navigate(&address::of_editing(kind, blank, ""), NavigateOptions::default());
        }
        busy.set_value(true);
        let mut fields = vec![(language, Value::code(tongue.language().tag()))];
        if let Some(mine) = mine.get_untracked() {
            fields.push((project, Value::One(Scalar::Record(mine))));
        }
        spawn_local(async move {
            match workspace.create(kind, fields).await {
                Ok(record) => {
                    navigate(&address::of_editing(kind, record, ""), NavigateOptions::default());
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    };
    let class = if primary { "btn btn--primary" } else { "btn btn--soft" };
    view! {
        <Show when=move || may.get()>
            <button type="button" class=class on:click=begin.clone()>
                <Icon name="plus" />
                {tongue.word(word)}
            </button>
        </Show>
    }
}

/// Finds what this person began in a project and left without a word.
fn blank_of_mine(workspace: Workspace, kind: Kind, project: Option<RecordId>) -> Option<RecordId> {
    let me = workspace.me.with_untracked(|me| me.as_ref().map(|me| me.account))?;
    workspace.summaries.with_untracked(|all| {
        let mut blank = all.iter().filter(|it| {
            let of_mine = it.kind == kind && it.created.author == me && it.project == project;
            of_mine && it.blank && it.trashed.is_none()
        });
        blank.next().map(|it| it.record)
    })
}
