//! Answering in the margin: a button first, a box for words once it was pressed.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::thread::{Thread, post};
use talkoot_core::value::Value;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::discussion::composer::{read_post, send_word, written_post};
use crate::screens::discussion::draft::trimmed;
use crate::screens::discussion::words_field::WordsField;
use crate::ui::begun::BegunForm;
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// An answer that is not sent yet.
#[derive(Clone, Copy)]
struct Answering {
    words: RwSignal<Words>,
    open: RwSignal<bool>,
    /// Whether it was opened by pressing: what only lay there takes no focus.
    pressed: StoredValue<bool>,
    form: BegunForm,
}

impl Answering {
    fn keep(self) {
        let words = self.words.get_untracked();
        let is_begun = !words.text.trim().is_empty();
        let written = || written_post(&Post { words, ..Post::default() });
        self.form.keep(if is_begun { written() } else { Value::Empty });
    }

    fn clear(self) {
        self.open.try_set(false);
        self.words.try_set(Words::default());
    }

    /// Shows again what was thrown away; the card may be gone by then.
    fn fill(self, left: &Value) {
        let Some(post) = read_post(left) else { return };
        self.words.try_set(post.words);
        self.open.try_set(true);
    }
}

/// Draws the button beside the others, and the box under them.
#[component]
pub(super) fn Reply(thread: RecordId, session: RecordSession, children: Children) -> impl IntoView {
    let tongue = use_tongue();
    let form = BegunForm::open(thread, "margin", Vec::new());
    let left = form.left().as_ref().and_then(read_post).map(|post| post.words);
    let open = RwSignal::new(left.is_some());
    let pressed = StoredValue::new(false);
    let words = RwSignal::new(left.unwrap_or_default());
    let answering = Answering { words, open, pressed, form };
    form.on_back(move |left| answering.fill(left));
    let press = move |_| {
        pressed.set_value(true);
        open.set(true);
    };
    view! {
        <div class="acts">
            <Show when=move || !open.get()>
                <button type="button" class="btn btn--quiet" on:click=press>
                    {tongue.word(words::talk::REPLY)}
                </button>
            </Show>
            {children()}
        </div>
        <Show when=move || open.get()>
            <Form answering session />
        </Show>
    }
}

#[component]
fn Form(answering: Answering, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        if let Some(area) = area.get().filter(|_| answering.pressed.get_value()) {
            area.focus().ok();
        }
    });
    let send = sending(answering, session);
    let cancel = move |_| {
        answering.form.give_up();
        answering.clear();
    };
    view! {
        <form
            class="stack stack--sm"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <WordsField
                id=format!("reply-{}", session.id)
                label=words::margin::REPLY_TEXT
                words=answering.words
                area
                on_change=move |()| answering.keep()
            />
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {move || send_word(tongue)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=cancel>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

fn sending(answering: Answering, session: RecordSession) -> impl Fn() + Copy + 'static {
    let (workspace, toasts) = (use_workspace(), use_toasts());
    // Who presses twice says it once.
    let busy = StoredValue::new(false);
    move || {
        let typed = answering.words.get_untracked();
        let words = trimmed(&typed);
        if words.text.is_empty() || busy.get_value() {
            return;
        }
        busy.set_value(true);
        let first = session
            .record
            .with_untracked(|record| Some(Thread::of(record.as_ref()?)?.posts.first()?.id));
        let (said, done) =
            (Post { words, reply_to: first, ..Post::default() }, answering.form.done());
        spawn_local(async move {
            match workspace.change(session.id, |_| vec![post(said)]).await {
                Ok(()) => {
                    done();
                    // What was typed while it was stored stays.
                    if answering.words.try_get_untracked() == Some(typed) {
                        answering.clear();
                    }
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    }
}
