//! One adoption on its original: who, since when, what was changed, what came of it.
//!
//! Its project's own people write it, and take it back: the copy stays.

use leptos::prelude::*;
use talkoot_core::access::Role;
use talkoot_core::adopt::Standing;
use talkoot_core::id::RecordId;
use talkoot_core::practice::{self, Adoption};
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, Part, Shape, practice_field as tag};
use talkoot_core::value::{Scalar, Value};

use super::evidence::ToldIn;
use super::{path, standing};
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::time_text;
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, is_begun};
use crate::ui::field::entry_form::EntryForm;
use crate::workspace::{Workspace, use_workspace};

/// Draws an adoption, with what its own project can do.
#[component]
pub(super) fn AdoptionRow(
    record: RecordId,
    adoption: Adoption,
    /// Whether its project has said nothing later.
    is_latest: bool,
    /// The post that told of its result, if one did.
    told: Option<Scalar>,
) -> impl IntoView {
    let workspace = use_workspace();
    let form = form_name(&adoption);
    let editing = RwSignal::new(is_begun(record, &form));
    let project = adoption.project;
    let own = Memo::new(move |_| is_ours(workspace, project));
    let (adoption, told) = (StoredValue::new(adoption), StoredValue::new(told));
    let shown = move || {
        view! {
            <Said adoption />
            <ToldIn told=told.get_value() />
            <Show when=move || own.get()>
                <Own record adoption is_latest editing />
            </Show>
        }
    };
    view! {
        <li>
            <Show when=move || editing.get() && own.get() fallback=shown>
                <Editing record adoption editing />
            </Show>
        </li>
    }
}

#[component]
fn Said(adoption: StoredValue<Adoption>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let Adoption { project, copy, since, until, changed, result, .. } = adoption.get_value();
    let said = move |label: Word, text: String| {
        (!text.is_empty()).then(|| {
            view! {
                <p class="small">
                    <span class="muted">{tongue.word(label)} ": "</span>
                    {text}
                </p>
            }
        })
    };
    let named = move || {
        let known = project.and_then(|project| Some((project, workspace.title_of(project)?)));
        match known {
            Some((project, title)) => {
                let href = address::of(Kind::Project, project, &title);
                view! { <a href=href>{title}</a> }.into_any()
            }
            None => view! { <span>{tongue.word(words::practice::SOME_PROJECT)}</span> }.into_any(),
        }
    };
    let since = move || since.map(|date| tongue.tell(&words::practice::since(tongue.date(date))));
    let until = move || until.map(|date| tongue.tell(&words::practice::until(tongue.date(date))));
    let version = move || {
        let title = workspace.title_of(copy?)?;
        let href = address::of(Kind::Practice, copy?, &title);
        let is_binned = standing::of(workspace, copy?) == Standing::Binned;
        let binned = is_binned.then(|| {
            view! { <span class="muted">" (" {tongue.word(words::practice::BINNED)} ")"</span> }
        });
        Some(view! { <p class="small"><a href=href>{title.clone()}</a> {binned}</p> })
    };
    view! {
        {named}
        " "
        <span class="small muted">{since} " " {until}</span>
        {said(words::practice::CHANGED, changed)}
        {said(words::practice::RESULT, result)}
        {version}
    }
}

/// Lets the project say more, end its use, or take the practice into use again.
#[component]
fn Own(
    record: RecordId,
    adoption: StoredValue<Adoption>,
    is_latest: bool,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let is_over = adoption.with_value(|it| it.until.is_some());
    let copy = adoption.with_value(|it| it.copy);
    // Of a version that is in the bin or gone there is nothing to use.
    let may_again = Memo::new(move |_| {
        let there =
            |copy| matches!(standing::of(workspace, copy), Standing::Open | Standing::Closed);
        is_over && is_latest && copy.is_some_and(there)
    });
    view! {
        <div class="acts noprint">
            <button type="button" class="btn btn--quiet" on:click=move |_| editing.set(true)>
                {tongue.word(words::practice::TELL_MORE)}
            </button>
            {(!is_over).then(|| view! { <Withdraw record adoption /> })}
            <Show when=move || may_again.get()>
                <Again record adoption />
            </Show>
        </div>
    }
}

/// Ends the use; the entry stays, with the time (rule P91).
#[component]
fn Withdraw(record: RecordId, adoption: StoredValue<Adoption>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let withdraw = move |_| {
        let item = adoption.with_value(|it| it.item);
        let today = time_text::local_now().date();
        acts.change_undoably(
            record,
            words::practice::WITHDRAWN,
            move |it| practice::end(it, item, today),
            move |it| practice::undo_end(it, item),
        );
    };
    view! {
        <button type="button" class="btn btn--quiet" on:click=withdraw>
            {tongue.word(words::practice::WITHDRAW)}
        </button>
    }
}

/// Takes the practice into use again; the earlier time stays beside it (rule P91).
#[component]
fn Again(record: RecordId, adoption: StoredValue<Adoption>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let again = move |_| {
        let item = adoption.with_value(|it| it.item);
        let today = time_text::local_now().date();
        acts.change_undoably(
            record,
            words::practice::TAKEN_AGAIN,
            move |it| practice::resume(it, item, today),
            move |it| practice::undo_resume(it, item),
        );
    };
    view! {
        <button type="button" class="btn btn--quiet" on:click=again>
            {tongue.word(words::practice::AGAIN)}
        </button>
    }
}

#[component]
fn Editing(
    record: RecordId,
    adoption: StoredValue<Adoption>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let acts = use_acts();
    let begun = BegunForm::open(record, &adoption.with_value(form_name), Vec::new());
    let save = move |entry: Value| {
        // Whose it is stays as it is: the form asks for the rest.
        let item = adoption.with_value(|it| it.item);
        let intent = move |it: &Record| practice::tell(it, item, &entry);
        acts.change_then(record, intent, begun.done());
        editing.set(false);
    };
    view! {
        <EntryForm
            parts=asked()
            entry=asked_of(&adoption.get_value())
            begun
            on_save=save
            on_cancel=move |()| editing.set(false)
        />
    }
}

/// Names the form of an adoption.
fn form_name(adoption: &Adoption) -> String {
    format!("adoption.{}", adoption.item.0)
}

/// Gives what an adoption says in the parts that its project is asked for.
fn asked_of(adoption: &Adoption) -> Value {
    let said = adoption.to_value();
    let parts = asked().iter().filter_map(|part| Some((part.tag, said.part(part.tag)?.clone())));
    Value::Entry(parts.collect())
}

/// Gives the parts that a project is asked for, without those that say whose entry it is.
fn asked() -> &'static [Part] {
    let shape = path::field(tag::ADOPTIONS).map(|field| field.shape);
    let parts = if let Some(Shape::List(parts)) = shape { parts } else { &[] };
    let begins = parts.iter().position(|part| part.tag == tag::ADOPTION_SINCE);
    parts.get(begins.unwrap_or_default()..).unwrap_or_default()
}

/// Says whether a project is one that this person writes for.
pub(super) fn is_ours(workspace: Workspace, project: Option<RecordId>) -> bool {
    workspace.me.with(|me| {
        me.as_ref().is_some_and(|me| {
            let member = project.is_some_and(|project| me.caller.projects.contains(&project));
            me.caller.role == Role::Coordinator || me.caller.role == Role::Member && member
        })
    })
}
