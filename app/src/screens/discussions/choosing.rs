//! What is chosen of a new discussion: which section it is about, who sees it, whose experience
//! it tells.

use leptos::prelude::*;
use talkoot_core::change::discuss::Tried;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Label;

use super::begin::Writing;
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// Chooses the section that it is about, of a thing that has several.
#[component]
pub(super) fn Section(writing: Writing) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let sections = Memo::new(move |_| {
        let about = writing.topic.about.filter(|_| !writing.topic.tried);
        let kind = about.and_then(|it| workspace.summaries.with(|all| Some(all.get(it)?.kind)));
        let texts = kind.into_iter().flat_map(|kind| kind.schema().rich_texts());
        texts.map(|field| (field.tag, field.label)).collect::<Vec<_>>()
    });
    let chosen = move || writing.now.with(|now| now.section);
    let option = move |(tag, label): (u16, Label)| {
        view! {
            <option value=tag.to_string() prop:selected=move || chosen() == Some(tag)>
                {tongue.word(label)}
            </option>
        }
    };
    let choose = move |event| {
        let section = event_target_value(&event).parse().ok();
        writing.change(|now| now.section = section);
    };
    view! {
        <Show when=move || { sections.with(Vec::len) > 1 }>
            <div class="field">
                <label for="thread-section">{tongue.word(words::talk::SECTION)}</label>
                <select class="select" id="thread-section" on:change=choose>
                    <option value="" prop:selected=move || chosen().is_none()>
                        {tongue.word(words::talk::SECTION_ALL)}
                    </option>
                    {move || sections.get().into_iter().map(option).collect_view()}
                </select>
            </div>
        </Show>
    }
}

/// Chooses who sees it; of a thing, those who see the thing do.
#[component]
pub(super) fn Circle(writing: Writing) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let about = move || {
        let title = workspace.title_of(writing.topic.about?)?;
        Some(view! {
            <p class="small muted">{tongue.tell(&words::talk::begun_about(title))}</p>
        })
    };
    let projects = Memo::new(move |_| {
        let mine = workspace.my_projects().into_iter();
        let of_topic = |it: &RecordId| writing.topic.project.is_none_or(|project| project == *it);
        let named = mine.filter(of_topic).filter_map(|it| Some((it, workspace.title_of(it)?)));
        named.collect::<Vec<_>>()
    });
    let chosen = move || writing.now.with(|now| now.circle);
    let option = move |(project, title): (RecordId, String)| {
        view! {
            <option value=project.to_string() prop:selected=move || chosen() == Some(project)>
                {tongue.tell(&words::talk::only_project(title))}
            </option>
        }
    };
    let choose = move |event| {
        let circle = event_target_value(&event).parse().ok();
        writing.change(|now| now.circle = circle);
    };
    view! {
        {about}
        <Show when=move || writing.topic.about.is_none() && !projects.with(Vec::is_empty)>
            <div class="field">
                <label for="circle">{tongue.word(words::talk::WHO_SEES)}</label>
                <select class="select" id="circle" on:change=choose>
                    <option value="" prop:selected=move || chosen().is_none()>
                        {tongue.word(words::talk::EVERYBODY)}
                    </option>
                    {move || projects.get().into_iter().map(option).collect_view()}
                </select>
            </div>
        </Show>
    }
}

/// Chooses whose experience it is: one of the person's projects, or nobody's in particular.
#[component]
pub(super) fn TriedBy(writing: Writing) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let mine = Memo::new(move |_| {
        let mine = workspace.my_projects().into_iter();
        mine.filter_map(|it| Some((it, workspace.title_of(it)?))).collect::<Vec<_>>()
    });
    let chosen = move || writing.now.with(|now| now.tried.and_then(|tried| tried.project));
    let choose = move |event| {
        let project = event_target_value(&event).parse().ok();
        writing.change(|now| now.tried = now.tried.map(|tried| Tried { project, ..tried }));
    };
    let option = move |(project, title): (RecordId, String)| {
        view! {
            <option value=project.to_string() prop:selected=move || chosen() == Some(project)>
                {title}
            </option>
        }
    };
    view! {
        <Show when=move || !mine.with(Vec::is_empty)>
            <div class="field">
                <label for="tried-by">{tongue.word(words::talk::TRIED_BY)}</label>
                <select class="select" id="tried-by" on:change=choose>
                    {move || mine.get().into_iter().map(option).collect_view()}
                    <option value="" prop:selected=move || chosen().is_none()>
                        {tongue.word(words::talk::TRIED_BY_NONE)}
                    </option>
                </select>
            </div>
        </Show>
    }
}
