//! Beginning something in the margin: a comment on what is selected, or a suggestion.
//!
//! What was selected when the form opened is what it is about; the form is kept until it is sent.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::limits::TEXT_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::text::{TextDocument, plain};
use talkoot_core::thread::Start;
use talkoot_core::thread::margin::Passage;

use super::MarginOf;
use crate::device;
use crate::editor::Chosen;
use crate::i18n::{use_tongue, words};
use crate::screens::discussion::draft::trimmed;
use crate::screens::discussion::words_field::WordsField;
use crate::ui::begun::BegunForm;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::{Workspace, use_workspace};

/// Longest name of a margin thread, in characters: what its passage begins with.
const SUBJECT_CHARS_MAX: usize = 80;

/// What is being begun about a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    chosen: Chosen,
    suggests: bool,
}

/// Draws what can be said of the selection, and the form once one of it was pressed.
#[component]
pub(super) fn Begin(of: MarginOf) -> impl IntoView {
    let tongue = use_tongue();
    let begun = RwSignal::new(None::<Begun>);
    let chosen = of.passages.chosen;
    let is_chosen = Memo::new(move |_| chosen.with(Option::is_some) && begun.with(Option::is_none));
    let is_one_line =
        Memo::new(move |_| chosen.with(|it| it.as_ref().is_some_and(|it| it.lines == 1)));
    let begin = move |suggests: bool| {
        begun.set(chosen.get_untracked().map(|chosen| Begun { chosen, suggests }));
    };
    view! {
        <Show when=move || is_chosen.get()>
            <div class="acts">
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
        {move || begun.get().map(|it| view! { <Form of it begun /> })}
    }
}

#[component]
fn Form(of: MarginOf, it: Begun, begun: RwSignal<Option<Begun>>) -> impl IntoView {
    let tongue = use_tongue();
    let (workspace, toasts) = (use_workspace(), use_toasts());
    // What was begun before, about whatever passage, is there again.
    let form = BegunForm::open(of.record, "margin", Vec::new());
    let said = RwSignal::new(Words::plain(&form.left_text()));
    let wanted = RwSignal::new(it.chosen.words.clone());
    let area = NodeRef::<html::Textarea>::new();
    let busy = RwSignal::new(false);
    let (quote, suggests) = (it.chosen.words.clone(), it.suggests);
    let it = StoredValue::new(it);
    Effect::new(move || {
        if let Some(area) = area.get() {
            area.focus().ok();
        }
    });
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let words = said.with_untracked(trimmed);
        let passage = it.with_value(|it| passage(of, it, &wanted.get_untracked()));
        // A suggestion speaks for itself; a comment without words says nothing.
        let (Some(passage), false) = (passage, busy.get_untracked()) else {
            return toasts.say(words::margin::GONE);
        };
        if words.text.is_empty() && !suggests {
            return;
        }
        busy.set(true);
        let done = form.done();
        let ops = move |record: &Record| {
            begin(workspace, of, passage, Post { words, ..Post::default() }, record)
        };
        spawn_local(async move {
            match workspace.begin(ops).await {
                Ok(_) => {
                    done();
                    begun.try_set(None);
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="mc mc--on" on:submit=send>
            <blockquote class="quote">
                <p class="lines">{quote}</p>
            </blockquote>
            <Show when=move || suggests>
                <label class="field">
                    <span>{tongue.word(words::margin::WANTED)}</span>
                    <textarea
                        class="area"
                        rows="3"
                        maxlength=TEXT_CHARS_MAX.to_string()
                        prop:value=wanted
                        on:input=move |event| wanted.set(event_target_value(&event))
                    ></textarea>
                </label>
            </Show>
            <WordsField
                id="margin-say".to_owned()
                label=if suggests { words::margin::REASON } else { words::margin::SAY }
                words=said
                area
                on_change=move |()| said.with_untracked(|said| form.keep_text(&said.text))
            />
            <div class="acts">
                <button
                    type="submit"
                    class="btn btn--primary"
                    aria-busy=move || busy.get().to_string()
                >
                    {tongue.word(if suggests { words::margin::SEND_SUGGESTION } else { words::margin::SEND })}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| begun.set(None)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// Gives the passage as the editor holds it, with what is suggested for it; `None` where it is
/// gone, or nothing else is suggested than what it says.
fn passage(of: MarginOf, it: &Begun, wanted: &str) -> Option<Passage> {
    let state = of.passages.text_state()?;
    let text = TextDocument::from_state(0, &state).ok()?;
    let section = of.section_name();
    let passage = Passage::of(&text, section, it.chosen.anchor)?;
    if !it.suggests {
        return Some(passage);
    }
    let client = u64::from(u32::from_be_bytes(device::chance()?));
    passage.suggesting(&text, section, wanted.trim(), client).ok()?
}

/// Gives the operations that begin the thread, for whoever the text is for.
fn begin(
    workspace: Workspace,
    of: MarginOf,
    passage: Passage,
    first: Post,
    record: &Record,
) -> Vec<Op> {
    let subject = plain::cut(&passage.quote.replace('\n', " "), SUBJECT_CHARS_MAX);
    // The circle of the text sees what is said beside it.
    let text = workspace.summaries.with_untracked(|all| all.get(of.record).cloned());
    let project = text.as_ref().and_then(|text| text.project);
    let wide = project.is_none() || text.is_some_and(|text| text.published);
    let start = Start {
        subject: &subject,
        about: Some((of.record, Some(of.section))),
        project,
        wide,
        passage: Some(passage),
        ..Start::default()
    };
    start.ops(record, first)
}
