//! One improvement: both sides, and what to do with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::adopt::Content;
use talkoot_core::id::RecordId;
use talkoot_core::schema::{Field, Kind, Shape};
use talkoot_core::value::Value;

use super::Page;
use super::reason::Reasons;
use super::sides::Sides;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::draft_editor::DraftEditor;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::{Choice, Proposed, Review, Seen, Way, Written, use_workspace};

fn word_of(way: Way) -> Word {
    match way {
        Way::Take => words::review::TAKE,
        Way::Keep => words::review::KEEP,
        Way::Edit => words::review::EDIT,
    }
}

/// Draws the improvement of a field.
#[component]
pub(super) fn Section(page: Page, tag: u16) -> impl IntoView {
    Kind::Practice.schema().field(tag).map(|field| view! { <Improved page field /> })
}

#[component]
fn Improved(page: Page, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let tag = field.tag;
    let proposed = Memo::new(move |_| page.proposed(tag));
    let (id, heading) = (format!("h-{}", field.name), format!("h-{}", field.name));
    let place = move || {
        let at =
            |all: &Review| all.improvements.iter().position(|it| it.improvement.field.tag == tag);
        let at = page.read(at).flatten().unwrap_or_default();
        format!("{} / {}", at + 1, page.count())
    };
    let way = Memo::new(move |_| page.chosen.with(|all| all.get(&tag).and_then(|it| it.way)));
    let lapsed = Memo::new(move |_| {
        page.chosen.with(|all| all.get(&tag).is_some_and(|it| it.way.is_none()))
    });
    let has_text = Memo::new(move |_| {
        page.chosen.with(|all| all.get(&tag).is_some_and(|it| it.written.is_some()))
    });
    let choose = use_choosing(page, field);
    let why = move || {
        let original = page.read(|review| review.original)?;
        Some(match proposed.get()?.reasons {
            reasons if reasons.is_empty() => view! { <Changed original /> }.into_any(),
            reasons => view! { <Reasons original reasons /> }.into_any(),
        })
    };
    let sides = move || proposed.get().map(|it| view! { <Sides improvement=it.improvement /> });
    let is_text = matches!(field.shape, Shape::RichText | Shape::Text | Shape::Line);
    let button = move |it: Way| {
        view! {
            <button
                type="button"
                aria-pressed=move || (way.get() == Some(it)).to_string()
                on:click=move |_| choose.run(it)
            >
                <Show when=move || way.get() == Some(it)>
                    <Icon name="check" />
                </Show>
                {tongue.word(word_of(it))}
            </button>
        }
    };
    let ways = [Way::Take, Way::Keep].into_iter().chain(is_text.then_some(Way::Edit));
    let ways = ways.map(button).collect_view();
    view! {
        <section class="mg" aria-labelledby=id>
            <div class="mg__h">
                <h2 id=heading tabindex="-1">{tongue.word(field.label)}</h2>
                <span class="muted small">{place}</span>
            </div>
            {why}
            <div role="status">
                <Show when=move || lapsed.get()>
                    <p>
                        <b>{tongue.word(words::review::AGAIN)}</b>
                        " "
                        <Show when=move || has_text.get()>
                            {tongue.word(words::review::YOURS_STAYS)}
                        </Show>
                    </p>
                </Show>
            </div>
            {sides}
            <div class="seg seg--acts" role="group" aria-label=tongue.word(words::review::WHAT)>
                {ways}
            </div>
            <Show when=move || way.get() == Some(Way::Edit)>
                <Editing page field />
            </Show>
        </section>
    }
}

/// Gives what chooses a way. Whoever wrote already goes on from there, with what came since.
fn use_choosing(page: Page, field: &'static Field) -> Callback<Way> {
    let workspace = use_workspace();
    let toasts = use_toasts();
    let set = move |way: Way, on: Content, seen: Seen, written: Option<Written>| {
        page.choose(|all| {
            drop(all.insert(field.tag, Choice { way: Some(way), on, seen, written }));
        });
    };
    Callback::new(move |way: Way| {
        let shown = untrack(|| Some((page.proposed(field.tag)?, page.read(|it| it.seen.clone())?)));
        let Some((proposed, seen)) = shown else { return };
        let on = proposed.improvement.original.clone();
        let begun = page.chosen.with_untracked(|all| all.get(&field.tag)?.written.clone());
        match (way, begun) {
            (Way::Take | Way::Keep, begun) => set(way, on, seen, begun),
            (Way::Edit, None) => {
                let written = Written { said: draft_of(&proposed), seen: seen.clone() };
                set(way, on, seen, Some(written));
            }
            (Way::Edit, Some(begun)) if begun.seen == seen => set(way, on, seen, Some(begun)),
            (Way::Edit, Some(begun)) => spawn_local(async move {
                match workspace.carried(page.record, field, &begun).await {
                    Ok(said) => {
                        let written = Written { said, seen: seen.clone() };
                        set(way, on, seen, Some(written));
                    }
                    Err(fault) => toasts.say(fault_text::of_act(&fault)),
                }
            }),
        }
    })
}

/// Says who changed the original last, and when.
#[component]
fn Changed(original: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let said = move || {
        let modified = workspace.summaries.with(|all| all.get(original).map(|it| it.modified))?;
        let who = workspace.name_of(modified.author).unwrap_or_default();
        let when = tongue.moment(modified.stamp.wall_ms);
        Some(tongue.tell(&words::practice::modified(who, when)))
    };
    view! { <p class="small muted">{said}</p> }
}

/// Lets a person write, beginning with what both sides wrote.
#[component]
fn Editing(page: Page, field: &'static Field) -> impl IntoView {
    let tongue = use_tongue();
    let (label, name) = (words::review::NEW_TEXT, field.name);
    let write = move |content: Content| {
        page.choose(|all| {
            if let Some(written) = all.get_mut(&field.tag).and_then(|it| it.written.as_mut()) {
                written.said = content;
            }
        });
    };
    let hint = view! { <span class="hint">{tongue.word(words::review::HINT)}</span> };
    let begun =
        page.chosen.with_untracked(|all| Some(all.get(&field.tag)?.written.as_ref()?.said.clone()));
    match begun {
        Some(Content::Text(blocks)) => {
            let on_change = move |blocks| write(Content::Text(blocks));
            view! {
                <div class="field">
                    <span class="label">{tongue.word(label)}</span>
                    <DraftEditor field=name label blocks on_change />
                    {hint}
                </div>
            }
            .into_any()
        }
        Some(Content::One(value)) => {
            let id = format!("write-{name}");
            let words = value.as_text().unwrap_or_default().to_owned();
            let hear = move |event| {
                let text = event_target_value(&event);
                write(Content::One(Value::text(text.trim())));
            };
            view! {
                <div class="field">
                    <label for=id.clone()>{tongue.word(label)}</label>
                    <textarea class="area" id=id rows="4" prop:value=words on:input=hear></textarea>
                </div>
            }
            .into_any()
        }
        Some(Content::Members(_) | Content::Items(_)) | None => ().into_any(),
    }
}

/// Gives what editing begins with: what both sides wrote, or for a plain field our own words.
fn draft_of(proposed: &Proposed) -> Content {
    match &proposed.merged {
        Some(merged) => Content::Text(merged.clone()),
        None => proposed.improvement.own.clone(),
    }
}
