//! Beginning something in the margin: a comment on what is selected, or a suggestion.
//!
//! What was selected when the form opened is what it is about.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::limits::TEXT_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::text::{TextDocument, plain};
use talkoot_core::thread::Start;
use talkoot_core::thread::margin::Passage;

use super::MarginOf;
use super::begun::Beginning;
use crate::device;
use crate::editor::Chosen;
use crate::i18n::{use_tongue, words};
use crate::screens::discussion::draft::trimmed;
use crate::screens::discussion::words_field::WordsField;
use crate::ui::begun::BegunNote;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// Longest name of a margin thread, in characters: what its passage begins with.
const SUBJECT_CHARS_MAX: usize = 80;
/// Most of a passage, and of what is suggested for it, that a post repeats, in characters.
const SPOKEN_CHARS_MAX: usize = 1_000;

/// Draws what can be said of the selection, and the form once one of it was pressed.
#[component]
pub(super) fn Begin(of: MarginOf, beginning: Beginning) -> impl IntoView {
    let tongue = use_tongue();
    let selected = of.passages().chosen;
    let is_begun = Memo::new(move |_| beginning.chosen.with(Option::is_some));
    let is_selected = Memo::new(move |_| selected.with(Option::is_some) && !is_begun.get());
    let is_one_line =
        Memo::new(move |_| selected.with(|it| it.as_ref().is_some_and(|it| it.lines == 1)));
    let begin = move |suggests: bool| {
        selected
            .with_untracked(|it| it.iter().for_each(|it| beginning.begin(it.clone(), suggests)));
    };
    view! {
        <Show when=move || is_selected.get()>
            <div class="acts notes__begin">
                <button type="button" class="btn btn--soft" on:click=move |_| begin(false)>
                    <Icon name="chat-text" />
                    {tongue.word(words::margin::COMMENT)}
                </button>
                <Show when=move || is_one_line.get()>
                    <button type="button" class="btn btn--soft" on:click=move |_| begin(true)>
                        <Icon name="pencil-simple" />
                        {tongue.word(words::margin::SUGGEST)}
                    </button>
                </Show>
            </div>
        </Show>
        <Show when=move || is_begun.get()>
            <Form of beginning />
        </Show>
    }
}

#[component]
fn Form(of: MarginOf, beginning: Beginning) -> impl IntoView {
    let tongue = use_tongue();
    let suggests = beginning.wanted.with_untracked(Option::is_some);
    let quote = move || beginning.chosen.with(|it| it.as_ref().map(|it| it.words.clone()));
    let (area, first) = (NodeRef::<html::Textarea>::new(), NodeRef::<html::Textarea>::new());
    Effect::new(move || {
        let area = if suggests { first.get() } else { area.get() };
        if let Some(area) = area.filter(|_| beginning.pressed.get_value()) {
            area.focus().ok();
        }
    });
    let send = sending(of, beginning);
    let cancel = move |_| {
        beginning.form.give_up();
        beginning.clear();
    };
    let (say, send_word) = if suggests {
        (words::margin::REASON, words::margin::SEND_SUGGESTION)
    } else {
        (words::margin::SAY, words::margin::SEND)
    };
    view! {
        <form
            class="mc mc--on notes__form"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <BegunNote form=beginning.form on_discard=move |()| beginning.clear() />
            <blockquote class="quote">
                <p class="lines">{quote}</p>
            </blockquote>
            <Show when=move || suggests>
                <Wanted of beginning area=first />
            </Show>
            <WordsField
                id=format!("margin-say-{}", of.field.tag)
                label=say
                words=beginning.said
                area
                on_change=move |()| beginning.keep()
            />
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {tongue.word(send_word)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=cancel>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// Writes what the passage is to say.
#[component]
fn Wanted(of: MarginOf, beginning: Beginning, area: NodeRef<html::Textarea>) -> impl IntoView {
    let tongue = use_tongue();
    let id = format!("margin-wanted-{}", of.field.tag);
    let typed = move |event| {
        beginning.wanted.set(Some(event_target_value(&event)));
        beginning.keep();
    };
    view! {
        <div class="field">
            <label for=id.clone()>{tongue.word(words::margin::WANTED)}</label>
            <textarea
                class="area"
                id=id
                rows="3"
                maxlength=TEXT_CHARS_MAX.to_string()
                node_ref=area
                prop:value=move || beginning.wanted.get().unwrap_or_default()
                on:input=typed
            ></textarea>
        </div>
    }
}

/// Gives what sends it: once everything that is typed is stored, so that its passage is known.
fn sending(of: MarginOf, beginning: Beginning) -> impl Fn() + Copy + 'static {
    let (workspace, toasts) = (use_workspace(), use_toasts());
    // Who presses twice says it once.
    let busy = StoredValue::new(false);
    move || {
        let words = beginning.said.with_untracked(trimmed);
        let wanted = beginning.wanted.get_untracked();
        // A comment without words says nothing.
        if busy.get_value() || (words.text.is_empty() && wanted.is_none()) {
            return;
        }
        let chosen = beginning.chosen.get_untracked();
        let passage = chosen.and_then(|it| passage(of, &it, wanted.as_deref()));
        let text = of.session.record.get_untracked().filter(|text| text.kind.is_some());
        let Some((passage, text)) = passage.zip(text) else {
            return toasts.say(words::margin::GONE);
        };
        busy.set_value(true);
        let (done, typed) = (beginning.form.done(), beginning.typed());
        let words = if words.text.is_empty() { without_reason(&passage) } else { words };
        let post = Post { words, ..Post::default() };
        let ops = move |record: &Record| begin(of, text.project(), passage, post, record);
        spawn_local(async move {
            workspace.settle_typing().await;
            match workspace.begin(ops).await {
                Ok(_) => {
                    done();
                    // What was typed while it was stored stays.
                    if beginning.typed() == typed {
                        beginning.clear();
                    }
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    }
}

fn without_reason(passage: &Passage) -> Words {
    let wanted = passage.suggested.as_ref().map(|(words, _)| words.as_str());
    Words::plain(&speaking(&passage.quote, wanted.unwrap_or_default()))
}

/// Gives the words of a suggestion without a reason: it speaks for itself, also where only what
/// people said is shown.
pub(super) fn speaking(quote: &str, wanted: &str) -> String {
    let wanted = if wanted.trim().is_empty() { "–" } else { wanted.trim() };
    let short = |words: &str| plain::cut(words, SPOKEN_CHARS_MAX);
    format!("{} → {}", short(quote.trim()), short(wanted))
}

/// Gives the passage as the editor holds it, with what is suggested for it; `None` where it is
/// gone, or nothing else is suggested than what it says.
fn passage(of: MarginOf, chosen: &Chosen, wanted: Option<&str>) -> Option<Passage> {
    let text = TextDocument::from_state(0, &of.passages().text_state()?).ok()?;
    let passage = Passage::of(&text, of.field.name, chosen.anchor)?;
    let Some(wanted) = wanted else { return Some(passage) };
    let client = device::chance::<4>().map(u32::from_le_bytes)?;
    let wanted = in_one_line(&passage.quote, wanted);
    passage.suggesting(&text, of.field.name, &wanted, u64::from(client)).ok()?
}

/// Writes what is wanted in one line, with the empty room that was selected around the passage.
fn in_one_line(passage: &str, wanted: &str) -> String {
    let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
    let ahead = passage.len().saturating_sub(passage.trim_start().len());
    let behind = passage.trim_end().len();
    let (ahead, behind) = (passage.get(..ahead), passage.get(behind..));
    format!("{}{wanted}{}", ahead.unwrap_or_default(), behind.unwrap_or_default())
}

/// Gives the operations that begin the thread. What was selected may not be published, so those
/// see it who may write the text: its project, and everybody only where it has none (rule MA8).
fn begin(
    of: MarginOf,
    project: Option<RecordId>,
    passage: Passage,
    first: Post,
    record: &Record,
) -> Vec<Op> {
    let subject = plain::cut(&passage.quote.replace('\n', " "), SUBJECT_CHARS_MAX);
    let start = Start {
        subject: &subject,
        about: Some((of.record(), Some(of.field.tag))),
        project,
        wide: project.is_none(),
        passage: Some(passage),
        ..Start::default()
    };
    start.ops(record, first)
}
