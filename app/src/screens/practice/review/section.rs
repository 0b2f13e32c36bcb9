//! One improvement: both sides, and what to do with it.

use leptos::prelude::*;
use talkoot_core::adopt::{Content, Decision};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Shape;
use talkoot_core::text::markdown;
use talkoot_core::value::Value;

use super::Chosen;
use super::sides::Sides;
use crate::i18n::{Word, use_tongue, words};
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
    let draft = RwSignal::new(draft_of(&proposed));
    let choose = move |choice: Choice| {
        let decision = match choice {
            Choice::Take => Decision::Take,
            Choice::Keep => Decision::Keep,
            Choice::Edit => Decision::Write(written(field.shape, &draft.get_untracked())),
        };
        chosen.update(|all| drop(all.insert(field.tag, decision)));
    };
    let write = move |text: String| {
        draft.set(text);
        choose(Choice::Edit);
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
            <Changed original />
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

#[component]
fn Editing(
    name: &'static str,
    draft: RwSignal<String>,
    write: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let tongue = use_tongue();
    let (id, hint) = (format!("write-{name}"), format!("hint-{name}"));
    view! {
        <div class="field">
            <label for=id.clone()>{tongue.word(words::review::NEW_TEXT)}</label>
            <textarea
                class="area"
                id=id
                rows="9"
                aria-describedby=hint.clone()
                prop:value=move || draft.get()
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
            <span class="hint" id=hint>{tongue.word(words::review::HINT)}</span>
        </div>
    }
}

/// Gives what editing begins with: what both sides wrote, or for a plain field our own words.
fn draft_of(proposed: &Proposed) -> String {
    match (&proposed.merged, &proposed.improvement.own) {
        (Some(merged), _) => markdown::write(merged),
        (None, Content::One(value)) => value.as_text().unwrap_or_default().to_owned(),
        (None, Content::Text(_) | Content::Members(_) | Content::Items(_)) => String::new(),
    }
}

fn written(shape: Shape, text: &str) -> Content {
    if shape == Shape::RichText {
        Content::Text(markdown::read(text))
    } else {
        Content::One(Value::text(text.trim()))
    }
}
