//! One thread in the margin: what is said of its passage, what is suggested, what can be done.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::text::TextDocument;
use talkoot_core::thread::margin::{State, accepting, settle};
use talkoot_core::thread::{Thread, post};

use super::MarginOf;
use crate::address;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::discussion::spoken::Spoken;
use crate::ui::acts::use_acts;
use crate::ui::avatar::Avatar;
use crate::ui::begun::BegunForm;
use crate::ui::icon::Icon;
use crate::ui::names::who;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// What a card draws of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    quote: String,
    /// What is suggested in its place.
    wanted: Option<String>,
    said: Vec<Said>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    author: talkoot_core::id::AccountId,
    at_ms: u64,
    words: Words,
}

impl Shown {
    fn of(record: &Record) -> Option<Self> {
        let thread = Thread::of(record)?;
        let margin = thread.margin.as_ref()?;
        let said = |post: &talkoot_core::thread::PostView<'_>| {
            let words = post.words?.clone();
            Some(Said { author: post.author, at_ms: post.written.wall_ms, words })
        };
        Some(Self {
            quote: margin.quote.to_owned(),
            wanted: margin.suggestion.map(|it| it.words.to_owned()),
            said: thread.posts.iter().filter_map(said).collect(),
        })
    }
}

/// Draws a card.
#[component]
pub(super) fn Card(
    of: MarginOf,
    thread: RecordId,
    on: RwSignal<Option<RecordId>>,
) -> impl IntoView {
    let tongue = use_tongue();
    let session = use_workspace().open(thread);
    let shown = Memo::new(move |_| {
        session.record.with(|record| Shown::of(record.as_ref()?).map(Arc::new)).unwrap_or_default()
    });
    let is_on = Memo::new(move |_| on.get() == Some(thread));
    let element = NodeRef::<html::Article>::new();
    Effect::new(move || {
        if let (true, Some(element)) = (is_on.get(), element.get()) {
            element.scroll_into_view_with_bool(false);
        }
    });
    let href = address::of(Kind::Thread, thread, "");
    let quote = move || shown.with(|shown| shown.quote.clone());
    let wanted = move || shown.with(|shown| shown.wanted.clone());
    let said = move |said: Said| view! { <SaidLine said /> };
    view! {
        <article
            class="mc"
            class:mc--on=move || is_on.get()
            node_ref=element
            aria-label=quote
            on:click=move |_| on.set(Some(thread))
            on:focusin=move |_| on.set(Some(thread))
        >
            <p class="small">
                <Show when=move || wanted().is_some() fallback=move || view! { <q>{quote}</q> }>
                    <del>{quote}</del>
                    " "
                    <ins>{wanted}</ins>
                </Show>
            </p>
            {move || shown.with(|shown| shown.said.clone()).into_iter().map(said).collect_view()}
            <Settling of thread session shown />
            <Reply thread session />
            <a class="small" href=href>{tongue.word(words::margin::WHOLE)}</a>
        </article>
    }
}

#[component]
fn SaidLine(said: Said) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let name = move || {
        let name = workspace.name_of(said.author);
        name.unwrap_or_else(|| tongue.say(words::choice::SOMEBODY).to_owned())
    };
    view! {
        <header>
            <Avatar name=Signal::derive(name) />
            <div>
                <b>{move || who(tongue, workspace, said.author)}</b>
                <small>{move || tongue.moment(said.at_ms)}</small>
            </div>
        </header>
        <Spoken words=said.words />
    }
}

/// Resolves a comment, accepts or declines a suggestion.
#[component]
fn Settling(
    of: MarginOf,
    thread: RecordId,
    session: RecordSession,
    shown: Memo<Arc<Shown>>,
) -> impl IntoView {
    let tongue = use_tongue();
    let (acts, toasts) = (use_acts(), use_toasts());
    let suggests = Memo::new(move |_| shown.with(|shown| shown.wanted.is_some()));
    let may = Memo::new(move |_| session.may(Deal::Edit));
    let become_ = move |state: State, told: Word| {
        acts.change_undoably(
            thread,
            told,
            move |record| vec![settle(record, state)],
            |record| vec![settle(record, State::Open)],
        );
    };
    let accept = move |_| {
        // The words first: a suggestion is called accepted once they are in the text.
        let then = move || become_(State::Accepted, words::margin::ACCEPTED);
        match brought(of, session) {
            Some(op) => acts.change_then(of.record, move |_| vec![op], then),
            None => toasts.say(words::margin::NOT_YET),
        }
    };
    view! {
        <Show when=move || may.get()>
            <div class="acts">
                <Show
                    when=move || suggests.get()
                    fallback=move || {
                        view! {
                            <button
                                type="button"
                                class="btn btn--soft"
                                on:click=move |_| become_(State::Resolved, words::margin::RESOLVED)
                            >
                                <Icon name="check" />
                                {tongue.word(words::margin::RESOLVE)}
                            </button>
                        }
                    }
                >
                    <button type="button" class="btn btn--soft" on:click=accept>
                        <Icon name="check" />
                        {tongue.word(words::margin::ACCEPT)}
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet"
                        on:click=move |_| become_(State::Declined, words::margin::DECLINED)
                    >
                        {tongue.word(words::margin::DECLINE)}
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// Gives what brings a suggestion into the text, as far as the text is here.
fn brought(of: MarginOf, session: RecordSession) -> Option<Op> {
    let text = TextDocument::from_state(0, &of.passages.text_state()?).ok()?;
    session.record.with_untracked(|record| accepting(&Thread::of(record.as_ref()?)?, &text))
}

/// The place to answer.
#[component]
fn Reply(thread: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let form = BegunForm::open(thread, "margin", Vec::new());
    let text = RwSignal::new(form.left_text());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let words = Words::plain(text.get_untracked().trim());
        let first = session
            .record
            .with_untracked(|record| Some(Thread::of(record.as_ref()?)?.posts.first()?.id));
        if words.text.is_empty() {
            return;
        }
        let said = Post { words, reply_to: first, ..Post::default() };
        let done = form.done();
        let sent = move || {
            done();
            text.try_set(String::new());
        };
        acts.change_then(thread, move |_| vec![post(said)], sent);
    };
    view! {
        <form class="mc__r" on:submit=send>
            <label class="vh" for=format!("reply-{thread}")>{tongue.word(words::margin::REPLY_TEXT)}</label>
            <input
                id=format!("reply-{thread}")
                class="input"
                prop:value=text
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    text.with_untracked(|text| form.keep_text(text));
                }
            />
            <button type="submit" class="btn btn--quiet">{tongue.word(words::talk::REPLY)}</button>
        </form>
    }
}
