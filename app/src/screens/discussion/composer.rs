//! Where one says something: a text, whom it answers, what it quotes. Kept until it is sent.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::change::discuss::{Post, Quote, Tried, Words};
use talkoot_core::codec;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::limits::{CHANGE_BYTES_MAX, QUOTE_CHARS_MAX};
use talkoot_core::schema::Kind;
use talkoot_core::text::plain;
use talkoot_core::thread;
use talkoot_core::value::{Scalar, Value};

use super::conversation::{Said, author_of};
use super::draft::trimmed;
use super::page::Page;
use super::words_field::{NameSomebody, WordsField};
use crate::i18n::{Tongue, use_tongue, words};
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::toast::use_toasts;
use crate::workspace::{LineState, use_workspace};

/// What is being written in a discussion.
#[derive(Clone, Copy)]
pub(super) struct Composing {
    words: RwSignal<Words>,
    /// The post that it answers.
    reply_to: RwSignal<Option<ChangeId>>,
    quote: RwSignal<Option<Quote>>,
    /// Whose experience it tells, where it tells of having tried what the discussion is about.
    tried: RwSignal<Option<Tried>>,
    form: BegunForm,
    area: NodeRef<html::Textarea>,
}

impl Composing {
    /// Goes on with what was begun in a discussion.
    pub(super) fn open(thread: RecordId) -> Self {
        let form = BegunForm::open(thread, "post", Vec::new());
        let left = form.left().as_ref().and_then(read_post).unwrap_or_default();
        let composing = Self {
            words: RwSignal::new(left.words),
            reply_to: RwSignal::new(left.reply_to),
            quote: RwSignal::new(left.quote),
            tried: RwSignal::new(left.tried),
            form,
            area: NodeRef::new(),
        };
        form.on_back(move |left| composing.fill(read_post(left).unwrap_or_default()));
        composing
    }

    /// Answers a post.
    pub(super) fn reply(self, said: &Said) {
        self.reply_to.set(Some(said.id));
        self.go_there();
    }

    /// Quotes a passage of a post.
    pub(super) fn quote(self, said: &Said, passage: &str) {
        let quote = Quote { post: said.id, passage: plain::cut(passage, QUOTE_CHARS_MAX) };
        self.quote.set(Some(quote));
        self.go_there();
    }

    fn go_there(self) {
        self.keep();
        if let Some(area) = self.area.get_untracked() {
            area.focus().ok();
        }
    }

    /// Gives what is written; nothing once the page is gone.
    fn post(self) -> Option<Post> {
        Some(Post {
            words: self.words.try_get_untracked()?,
            reply_to: self.reply_to.try_get_untracked()?,
            quote: self.quote.try_get_untracked()?,
            tried: self.tried.try_get_untracked()?,
        })
    }

    /// Keeps what is written; what only answers or quotes says nothing yet.
    fn keep(self) {
        let post = self.post().filter(|post| !post.words.text.trim().is_empty());
        self.form.keep(post.map_or(Value::Empty, |post| written_post(&post)));
    }

    /// Shows other words; the page may be gone by then.
    fn fill(self, post: Post) {
        self.words.try_set(post.words);
        self.reply_to.try_set(post.reply_to);
        self.quote.try_set(post.quote);
        self.tried.try_set(post.tried);
    }
}

/// Writes a post that is not sent yet, to be kept with the forms.
pub(crate) fn written_post(post: &Post) -> Value {
    Value::One(Scalar::Passage(codec::encode(post)))
}

/// Reads such a post.
pub(crate) fn read_post(value: &Value) -> Option<Post> {
    let Value::One(Scalar::Passage(bytes)) = value else { return None };
    codec::decode(bytes, CHANGE_BYTES_MAX).ok()
}

/// Says what sending does now: without a network it waits.
pub(crate) fn send_word(tongue: Tongue) -> &'static str {
    let line = use_workspace().status.with(|status| status.line);
    tongue.say(match line {
        LineState::Offline => words::talk::SEND_LATER,
        LineState::Online | LineState::Connecting | LineState::Held(_) => words::talk::SEND,
    })
}

/// Draws the place to say something, for those who may.
#[component]
pub(super) fn Composer(page: Page) -> impl IntoView {
    view! {
        <Show when=move || page.rights().get().post>
            <Form page />
        </Show>
    }
}

#[component]
fn Form(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let (composing, talk, window) = (page.composing(), page.talk(), page.window());
    // Who presses twice says it once.
    let busy = StoredValue::new(false);
    let send = move || {
        let typed = composing.post().unwrap_or_default();
        let post = Post { words: trimmed(&typed.words), ..typed.clone() };
        if post.words.text.is_empty() || busy.get_value() {
            return composing.go_there();
        }
        busy.set_value(true);
        let done = composing.form.done();
        spawn_local(async move {
            match workspace.change(page.id, |_| vec![thread::post(post)]).await {
                Ok(()) => {
                    done();
                    // What was typed while it was stored stays.
                    if composing.post() == Some(typed) {
                        composing.fill(Post::default());
                    }
                    let count = talk.try_with_untracked(|talk| Some(talk.as_ref()?.rest.len()));
                    if let Some(count) = count.flatten() {
                        window.try_update(|window| *window = window.to_newest(count));
                    }
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    };
    view! {
        <form
            class="reply"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <BegunNote form=composing.form on_discard=move |()| composing.fill(Post::default()) />
            <Answering page />
            <WordsField
                id="say".to_owned()
                label=words::talk::SAY
                words=composing.words
                area=composing.area
                on_change=move |()| composing.keep()
            />
            <TellsOfTrying page />
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {move || send_word(tongue)}
                </button>
                <NameSomebody words=composing.words area=composing.area />
            </div>
        </form>
    }
}

/// Says whom the words answer and what they quote, and takes that away.
#[component]
fn Answering(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let composing = page.composing();
    // What was kept says which post it is, not whose.
    let whose = move |post: ChangeId| {
        let author = page.session().record.with(|record| author_of(record.as_ref()?, post));
        author.map_or_else(
            || tongue.say(words::choice::SOMEBODY).to_owned(),
            |author| who(tongue, workspace, author),
        )
    };
    let reply = move || {
        let post = composing.reply_to.get()?;
        Some(tongue.tell(&words::talk::in_reply_to(whose(post))))
    };
    let quote = move || {
        let quote = composing.quote.get()?;
        Some((quote.passage, whose(quote.post)))
    };
    let drop_reply = move |_| {
        composing.reply_to.set(None);
        composing.go_there();
    };
    let drop_quote = move |_| {
        composing.quote.set(None);
        composing.go_there();
    };
    let remove = move |what: String| move || tongue.tell(&words::talk::take_off(what.clone()));
    view! {
        {move || reply().map(|text| view! {
            <p class="chip reply__to">
                {text.clone()}
                <button type="button" class="chip__x" aria-label=remove(text) on:click=drop_reply>
                    <Icon name="x" />
                </button>
            </p>
        })}
        {move || quote().map(|(passage, author)| view! {
            <blockquote class="quote">
                <p class="lines">{passage}</p>
                <footer>
                    {author}
                    <button
                        type="button"
                        class="chip__x"
                        aria-label=remove(tongue.say(words::talk::QUOTE).to_owned())
                        on:click=drop_quote
                    >
                        <Icon name="x" />
                    </button>
                </footer>
            </blockquote>
        })}
    }
}

/// Marks the words as an experience, where the discussion is about a practice.
#[component]
fn TellsOfTrying(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let (talk, tried) = (page.talk(), page.composing().tried);
    let practice = Memo::new(move |_| {
        let about = talk.with(|talk| talk.as_ref().and_then(|talk| talk.about))?;
        let kind = workspace.summaries.with(|all| all.get(about).map(|it| it.kind));
        (kind == Some(Kind::Practice)).then_some(about)
    });
    let turn = move |event| {
        let told = practice.get_untracked().filter(|_| event_target_checked(&event));
        let project = workspace.my_project().map(|(project, _)| project);
        tried.set(told.map(|practice| Tried { practice, project }));
        page.composing().keep();
    };
    view! {
        <Show when=move || practice.get().is_some()>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || tried.with(Option::is_some)
                    on:change=turn
                />
                {tongue.word(words::talk::TELLS_OF_TRYING)}
            </label>
        </Show>
    }
}
