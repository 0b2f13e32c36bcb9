//! One thread in the margin: what is said of its passage, what is suggested, what can be done.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::change::discuss::Words;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::notebook::reading;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::thread::{PostView, Thread};

use super::MarginOf;
use super::begin::speaking;
use super::notes::Note;
use super::reply::Reply;
use super::settling::Settling;
use crate::address;
use crate::device;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::discussion::reading::use_looks;
use crate::screens::discussion::spoken::spoken;
use crate::screens::discussions::notes::use_notes;
use crate::ui::avatar::Avatar;
use crate::ui::names::who;
use crate::ui::sync_mark::{Mark, SyncMark};
use crate::workspace::{RecordSync, use_workspace};

/// What a card draws of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    quote: String,
    /// What is suggested in its place.
    wanted: Option<String>,
    said: Vec<Said>,
}

/// One post.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    id: ChangeId,
    author: AccountId,
    at_ms: u64,
    /// None where the suggestion speaks for itself.
    words: Option<Words>,
}

impl Shown {
    fn of(record: &Record) -> Option<Self> {
        let thread = Thread::of(record)?;
        let margin = thread.margin.as_ref()?;
        let spoken = margin.suggestion.map(|it| speaking(margin.quote, it.words));
        let said = |post: &PostView<'_>| {
            let (id, at_ms, words) = (post.id, post.written.wall_ms, post.words?);
            let words = (spoken.as_ref() != Some(&words.text)).then(|| words.clone());
            Some(Said { id, author: post.author, at_ms, words })
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
pub(super) fn Card(of: MarginOf, note: Note, on: RwSignal<Option<RecordId>>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let thread = note.thread;
    let session = workspace.open(thread);
    let shown = Memo::new(move |_| {
        session.record.with(|record| Shown::of(record.as_ref()?).map(Arc::new)).unwrap_or_default()
    });
    let is_on = Memo::new(move |_| on.get() == Some(thread));
    let element = NodeRef::<html::Article>::new();
    follow_looking(session, on, element);
    let state = workspace.record_state(thread);
    let waits = Memo::new(move |_| state.get() != RecordSync::Synced);
    let quote = move || shown.with(|shown| shown.quote.clone());
    let said = move || shown.with(|shown| shown.said.clone());
    view! {
        <article
            class="mc"
            class:mc--on=move || is_on.get()
            node_ref=element
            aria-label=quote
            on:click=move |_| on.set(Some(thread))
            on:focusin=move |_| on.set(Some(thread))
        >
            <Passage note shown />
            <For each=said key=|said| (said.id, said.words.as_ref().map(|words| words.text.clone())) children=|said| view! { <Line said /> } />
            <Show when=move || waits.get()>
                <SyncMark mark=Signal::derive(move || Mark::from(state.get())) quiet=false />
            </Show>
            <Reply thread session>
                <Settling of note session />
            </Reply>
            <a class="small" href=address::of(Kind::Thread, thread, "")>
                {tongue.word(words::margin::WHOLE)}
            </a>
        </article>
    }
}

/// Says what the passage said, and what is suggested in its place.
#[component]
fn Passage(note: Note, shown: Memo<Arc<Shown>>) -> impl IntoView {
    let tongue = use_tongue();
    let quote = move || shown.with(|shown| shown.quote.clone());
    let wanted = move || shown.with(|shown| shown.wanted.clone());
    view! {
        {note.is_gone.then(|| view! { <p class="small muted">{tongue.word(words::margin::PASSAGE_GONE)}</p> })}
        <p class="notes__q">
            <Show when=move || wanted().is_some() fallback=move || view! { <q>{quote}</q> }>
                <span class="vh">{tongue.word(words::margin::INSTEAD_OF)} " "</span>
                <del>{quote}</del>
                " "
                <span class="vh">{tongue.word(words::margin::WANTED)} ": "</span>
                <ins>{wanted}</ins>
            </Show>
        </p>
    }
}

/// Brings the card into view when its passage was pressed, and notes it as read while somebody
/// looks at the page and the card is there to be seen (rule DI11).
fn follow_looking(
    session: RecordSession,
    on: RwSignal<Option<RecordId>>,
    element: NodeRef<html::Article>,
) {
    let (notes, looks) = (use_notes(), use_looks());
    let is_on = Memo::new(move |_| on.get() == Some(session.id));
    Effect::new(move || {
        if let (true, Some(element)) = (is_on.get(), element.get()) {
            device::bring_into_view(&element);
        }
    });
    Effect::new(move || {
        // Heard anew with each turn to a card, also to the same one.
        let is_on = on.get() == Some(session.id);
        let is_seen =
            is_on && looks.get() && element.get().is_some_and(|it| device::is_in_view(&it));
        let Some(record) = session.record.get().filter(|_| is_seen && notes.are_here()) else {
            return;
        };
        notes.note(move |notebook| reading(notebook, &record), |_| {});
    });
}

#[component]
fn Line(said: Said) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let author = said.author;
    let name = move || {
        let name = workspace.name_of(author);
        name.unwrap_or_else(|| tongue.say(words::choice::SOMEBODY).to_owned())
    };
    view! {
        <div class="notes__said">
            <header>
                <Avatar name=Signal::derive(name) />
                <div>
                    <b>{move || who(tongue, workspace, author)}</b>
                    <small>{move || tongue.moment(said.at_ms)}</small>
                </div>
            </header>
            {said.words.as_ref().map(spoken)}
        </div>
    }
}
