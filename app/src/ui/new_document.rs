//! The button that begins a document: a draft in my project, open for writing at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::value::{Scalar, Value};

use super::fault_text;
use super::icon::Icon;
use super::toast::use_toasts;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// Begins a document. Not there for those who may not.
#[component]
pub(crate) fn NewDocument() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let project = Memo::new(move |_| workspace.my_project().map(|(project, _)| project));
    let may = Memo::new(move |_| {
        let project = project.get();
        workspace.me.with(|me| {
            me.as_ref().is_some_and(|me| access::may_create(&me.caller, Kind::Document, project))
        })
    });
    // Who presses twice wants one document.
    let busy = StoredValue::new(false);
    let begin = move |_| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let navigate = navigate.clone();
        let mut fields = vec![(document_field::LANGUAGE, Value::code(tongue.language().tag()))];
        if let Some(project) = project.get_untracked() {
            fields.push((document_field::PROJECT, Value::One(Scalar::Record(project))));
        }
        spawn_local(async move {
            match workspace.create(Kind::Document, fields).await {
                Ok(record) => {
                    navigate(&address::of_editing(record, ""), NavigateOptions::default());
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    };
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--primary" on:click=begin.clone()>
                <Icon name="plus" />
                {tongue.word(words::document::NEW)}
            </button>
        </Show>
    }
}
