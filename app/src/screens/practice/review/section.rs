//! One improvement: both sides, and what to do with it.

use leptos::prelude::*;
use talkoot_core::adopt::{Content, Decision};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Shape;
use talkoot_core::value::Value;

use super::Chosen;
use super::reason::Reasons;
use super::sides::Sides;
use crate::i18n::{Word, use_tongue, words};
use crate::ui::draft_editor::DraftEditor;
use crate::ui::icon::Icon;
use crate::workspace::{Proposed, use_workspace};

/// What a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Take,
    Keep,
    Edit,
}

impl Choice {
    fn of(decision: &Decision) -> Self {
        match decision {
            Decision::Take => Self::Take,
            Decision::Keep => Self::Keep,
            Decision::Write(_) => Self::Edit,
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Take => words::review::TAKE,
            Self::Keep => words::review::KEEP,
            Self::Edit => words::review::EDIT,
        }
    }
}

/// Draws an improvement.
#[component]
pub(super) fn Section(
    proposed: Proposed,
    original: RecordId,
    place: usize,
    total: usize,
    chosen: Chosen,
) -> impl IntoView {
    let tongue = use_tongue();
    let field = proposed.improvement.field;
    let (id, heading) = (format!("h-{}", field.name), format!("h-{}", field.name));
    let choice = Memo::new(move |_| chosen.with(|all| all.get(&field.tag).map(Choice::of)));
    let writing = Memo::new(move |_| choice.get() == Some(Choice::Edit));
    // Whoever wrote already goes on from there when the page is drawn anew under the writing.
    let written = chosen.with_untracked(|all| match all.get(&field.tag) {
        Some(Decision::Write(content)) => Some(content.clone()),
        Some(Decision::Take | Decision::Keep) | None => None,
    });
    let draft = RwSignal::new(written.unwrap_or_else(|| draft_of(&proposed)));
    let choose = move |choice: Choice| {
        let decision = match choice {
            Choice::Take => Decision::Take,
            Choice::Keep => Decision::Keep,
            Choice::Edit => Decision::Write(draft.get_untracked()),
        };
        chosen.update(|all| drop(all.insert(field.tag, decision)));
    };
    let write = Callback::new(move |content: Content| {
        draft.set(content);
        choose(Choice::Edit);
    });
    let why = match proposed.reasons {
        reasons if reasons.is_empty() => view! { <Changed original /> }.into_any(),
        reasons => view! { <Reasons original reasons /> }.into_any(),
    };
    let is_text = matches!(field.shape, Shape::RichText | Shape::Text | Shape::Line);
    let button = move |it: Choice| {
        view! {
            <button
                type="button"
                aria-pressed=move || (choice.get() == Some(it)).to_string()
                on:click=move |_| choose(it)
            >
                <Show when=move || choice.get() == Some(it)>
                    <Icon name="check" />
                </Show>
                {tongue.word(it.word())}
            </button>
        }
    };
    let choices = [Choice::Take, Choice::Keep].into_iter().chain(is_text.then_some(Choice::Edit));
    let choices = choices.map(button).collect_view();
    view! {
        <section class="mg" aria-labelledby=id>
            <div class="mg__h">
                <h2 id=heading tabindex="-1">{tongue.word(field.label)}</h2>
                <span class="muted small">{place + 1} " / " {total}</span>
            </div>
            {why}
            <Sides improvement=proposed.improvement />
            <div class="seg seg--acts" role="group" aria-label=tongue.word(words::review::WHAT)>
                {choices}
            </div>
            <Show when=move || writing.get()>
                <Editing name=field.name draft write />
            </Show>
        </section>
    }
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
fn Editing(
    name: &'static str,
    draft: RwSignal<Content>,
    write: Callback<Content>,
) -> impl IntoView {
    let tongue = use_tongue();
    let label = words::review::NEW_TEXT;
    let hint = view! { <span class="hint">{tongue.word(words::review::HINT)}</span> };
    match draft.get_untracked() {
        Content::Text(blocks) => {
            let on_change = move |blocks| write.run(Content::Text(blocks));
            view! {
                <div class="field">
                    <span class="label">{tongue.word(label)}</span>
                    <DraftEditor field=name label blocks on_change />
                    {hint}
                </div>
            }
            .into_any()
        }
        Content::One(value) => {
            let id = format!("write-{name}");
            let words = value.as_text().unwrap_or_default().to_owned();
            let hear = move |event| {
                let text = event_target_value(&event);
                write.run(Content::One(Value::text(text.trim())));
            };
            view! {
                <div class="field">
                    <label for=id.clone()>{tongue.word(label)}</label>
                    <textarea class="area" id=id rows="4" prop:value=words on:input=hear></textarea>
                </div>
            }
            .into_any()
        }
        Content::Members(_) | Content::Items(_) => ().into_any(),
    }
}

/// Gives what editing begins with: what both sides wrote, or for a plain field our own words.
fn draft_of(proposed: &Proposed) -> Content {
    match &proposed.merged {
        Some(merged) => Content::Text(merged.clone()),
        None => proposed.improvement.own.clone(),
    }
}
