//! Adopting a practice: one button, a name, and the project has a version of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::may_create;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::dialog::Dialog;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::{Adopted, Workspace, use_workspace};

/// A record with its name.
type Named = (RecordId, String);

/// Offers to adopt the practice, or leads to the version that one's project has already.
#[component]
pub(crate) fn AdoptButton(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let open = RwSignal::new(false);
    let projects = Memo::new(move |_| adopting_projects(workspace, record));
    let own = Memo::new(move |_| own_version(workspace, record));
    let may = Memo::new(move |_| {
        let newer = session.is_newer.get() || session.is_trashed();
        !newer && own.with(Option::is_none) && projects.with(|all| !all.is_empty())
    });
    let version = move |(copy, title): Named| {
        view! {
            <a class="btn btn--soft" href=address::of(Kind::Practice, copy, &title)>
                <Icon name="plant" />
                {tongue.word(words::adopt::OWN_VERSION)}
            </a>
        }
    };
    let title = Signal::derive(move || tongue.say(words::adopt::TITLE).to_owned());
    view! {
        {move || own.get().map(version)}
        <Show when=move || may.get()>
            <button
                type="button"
                class="btn btn--primary"
                aria-haspopup="dialog"
                on:click=move |_| open.set(true)
            >
                <Icon name="plant" />
                {tongue.word(words::adopt::ADOPT)}
            </button>
        </Show>
        <Dialog open id="h-adopt" title>
            <Question record open projects />
        </Dialog>
    }
}

/// Says what adopting means, and asks for a name.
#[component]
fn Question(record: RecordId, open: RwSignal<bool>, projects: Memo<Vec<Named>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let name = RwSignal::new(workspace.title_of(record).unwrap_or_default());
    let first = projects.with_untracked(|all| all.first().map(|(project, _)| *project));
    let mine = workspace.my_project().map(|(project, _)| project);
    let mine = mine.filter(|it| projects.with_untracked(|all| all.iter().any(|one| one.0 == *it)));
    let project = RwSignal::new(mine.or(first));
    let busy = RwSignal::new(false);
    let adopt = move || {
        let Some(project) = project.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let (name, navigate) = (name.get_untracked(), navigate.clone());
        spawn_local(async move {
            match workspace.adopt(record, name.clone(), project).await {
                Ok(adopted) => {
                    let (copy, said, name) = match adopted {
                        Adopted::Begun(copy) => (copy, words::adopt::DONE, Some(name)),
                        Adopted::Already(copy) => {
                            (copy, words::adopt::ALREADY, workspace.title_of(copy))
                        }
                    };
                    toasts.say(said);
                    let to = address::of(Kind::Practice, copy, &name.unwrap_or_default());
                    navigate(&to, NavigateOptions::default());
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
            open.try_set(false);
        });
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                adopt();
            }
        >
            <p class="muted">{tongue.word(words::adopt::TEXT)}</p>
            <ul class="promise">
                <Promise icon="plant" word=words::adopt::OWN />
                <Promise icon="git-merge" word=words::adopt::RECEIVE />
                <Promise icon="arrow-bend-up-left" word=words::adopt::GIVE_BACK />
            </ul>
            <div class="field">
                <label for="adopt-name">{tongue.word(words::adopt::NAME)}</label>
                <input
                    class="input"
                    id="adopt-name"
                    required
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <ProjectChoice projects project />
            <div class="acts">
                <button type="submit" class="btn btn--primary" disabled=move || busy.get()>
                    <Icon name="plant" />
                    {tongue.word(words::adopt::ADOPT)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
            <p class="small muted">{tongue.word(words::adopt::OFFLINE)}</p>
        </form>
    }
}

#[component]
fn Promise(icon: &'static str, word: Word) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <li>
            <Icon name=icon />
            <span>{tongue.word(word)}</span>
        </li>
    }
}

/// Asks for which project, where there is a choice.
#[component]
fn ProjectChoice(projects: Memo<Vec<Named>>, project: RwSignal<Option<RecordId>>) -> impl IntoView {
    let tongue = use_tongue();
    let option = move |(id, name): Named| {
        let selected = move || project.get() == Some(id);
        view! { <option value=id.to_string() prop:selected=selected>{name}</option> }
    };
    let choose = move |event| project.set(event_target_value(&event).parse().ok());
    view! {
        <Show when=move || projects.with(|all| all.len() > 1)>
            <div class="field">
                <label for="adopt-project">{tongue.word(words::adopt::PROJECT)}</label>
                <select class="input" id="adopt-project" on:change=choose>
                    {move || projects.get().into_iter().map(option).collect_view()}
                </select>
            </div>
        </Show>
    }
}

/// Lists the projects in which this person may begin a copy, without the practice's own and those
/// that have one.
fn adopting_projects(workspace: Workspace, record: RecordId) -> Vec<Named> {
    let Some(caller) = workspace.me.with(|me| me.as_ref().map(|me| me.caller.clone())) else {
        return Vec::new();
    };
    workspace.summaries.with(|all| {
        let home = all.get(record).and_then(|it| it.project);
        let projects = all.iter().filter(|it| it.kind == Kind::Project && Some(it.record) != home);
        let has_copy = |project: RecordId| {
            all.iter().any(|it| it.project == Some(project) && is_copy(it, record))
        };
        let may = projects.filter(|it| may_create(&caller, Kind::Practice, Some(it.record)));
        let may = may.filter(|it| !has_copy(it.record));
        may.map(|it| (it.record, it.title.clone())).collect()
    })
}

/// Gives the copy that one's project has of this practice.
fn own_version(workspace: Workspace, record: RecordId) -> Option<Named> {
    let (mine, _) = workspace.my_project()?;
    workspace.summaries.with(|all| {
        let copies = all.iter().filter(|it| it.project == Some(mine) && is_copy(it, record));
        copies.map(|it| (it.record, it.title.clone())).next()
    })
}

fn is_copy(summary: &Summary, original: RecordId) -> bool {
    let origin = summary.practice.as_ref().and_then(|practice| practice.origin);
    origin == Some(original) && summary.trashed.is_none()
}
