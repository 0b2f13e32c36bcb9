//! Beginning a discussion: a subject, whether it asks something, the first words, for whom.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::access::may_begin_thread;
use talkoot_core::change::discuss::{Post, Tried, Words};
use talkoot_core::id::RecordId;
use talkoot_core::limits::LINE_CHARS_MAX;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::thread::Start;

use super::beginning::Beginning;
use super::choosing::{Circle, Section, TriedBy};
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::screens::discussion::composer::send_word;
use crate::screens::discussion::draft::trimmed;
use crate::screens::discussion::words_field::WordsField;
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::dialog::Dialog;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::segment::{Part, Segment};
use crate::ui::toast::use_toasts;
use crate::workspace::{ActError, Workspace, use_workspace};

/// What a discussion is begun about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topic {
    pub(crate) about: Option<RecordId>,
    /// The project whose discussion it is, where it is about no thing.
    pub(crate) project: Option<RecordId>,
    /// Whether it tells of having tried the thing.
    pub(crate) tried: bool,
}

/// The form while somebody writes in it.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) topic: Topic,
    pub(super) now: RwSignal<Beginning>,
    words: RwSignal<Words>,
    form: BegunForm,
    open: RwSignal<bool>,
}

/// Begins a discussion. Not there for those who may not.
#[component]
pub(crate) fn NewDiscussion(
    #[prop(optional)] topic: Topic,
    /// Whether it is the first thing to do in its place.
    #[prop(default = true)]
    primary: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let open = RwSignal::new(false);
    let may = use_may(workspace);
    let class = if primary { "btn btn--primary" } else { "btn btn--soft" };
    let title = Signal::derive(move || tongue.say(words::talk::NEW).to_owned());
    view! {
        <Show when=move || may.get()>
            <button type="button" class=class on:click=move |_| open.set(true)>
                <Icon name="plus" />
                {tongue.word(words::talk::NEW)}
            </button>
            <Dialog open id="h-new-discussion" title>
                <Form topic open />
            </Dialog>
        </Show>
    }
}

/// Tells how a practice went that one tried. Not there for those who may not.
#[component]
pub(crate) fn WeTriedThis(practice: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let open = RwSignal::new(false);
    let may = use_may(workspace);
    let topic = Topic { about: Some(practice), project: None, tried: true };
    let title = Signal::derive(move || tongue.say(words::talk::WE_TRIED).to_owned());
    view! {
        <Show when=move || may.get()>
            <button type="button" class="btn btn--soft" on:click=move |_| open.set(true)>
                <Icon name="plant" />
                {tongue.word(words::talk::WE_TRIED)}
            </button>
            <Dialog open id="h-we-tried" title>
                <Form topic open />
            </Dialog>
        </Show>
    }
}

fn use_may(workspace: Workspace) -> Memo<bool> {
    Memo::new(move |_| {
        workspace
            .me
            .with(|me| me.as_ref().is_some_and(|me| may_begin_thread(&me.caller, true, None)))
    })
}

impl Writing {
    /// Goes on with what was begun about the same thing.
    fn open(topic: Topic, open: RwSignal<bool>) -> Self {
        let me = use_workspace().me.with_untracked(|me| me.as_ref().map(|me| me.account));
        // What is about nothing is kept with the person's own notes.
        let own = me.map_or(RecordId([0; 16]), RecordId::notebook_of);
        let place = topic.about.or(topic.project).unwrap_or(own);
        let name = if topic.tried { "tried" } else { "discussion" };
        let form = BegunForm::open(place, name, Vec::new());
        let now = form.left().as_ref().map(Beginning::of);
        let now = now.unwrap_or_else(|| at_first(topic));
        let words = RwSignal::new(now.words.clone());
        let writing = Self { topic, now: RwSignal::new(now), words, form, open };
        form.on_back(move |left| writing.fill(Beginning::of(left)));
        writing
    }

    /// Shows other words in the form; it may be closed by then.
    fn fill(self, now: Beginning) {
        self.words.try_set(now.words.clone());
        self.now.try_set(now);
    }

    fn keep(self) {
        self.now.update(|now| now.words = self.words.get_untracked());
        self.form.keep(self.now.with_untracked(Beginning::to_value));
    }

    pub(super) fn change(self, change: impl FnOnce(&mut Beginning)) {
        self.now.update(change);
        self.keep();
    }

    /// Says for whom it is: a thing's own circle sees what is said about it. `None` where that
    /// thing is not here any more, so that nobody knows whose it is.
    fn circle(self, workspace: Workspace) -> Option<(Option<RecordId>, bool)> {
        let Some(about) = self.topic.about else {
            let circle = self.now.with_untracked(|now| now.circle);
            return Some((self.topic.project.or(circle), circle.is_none()));
        };
        let thing = workspace.summaries.with_untracked(|all| all.get(about).cloned())?;
        Some((thing.project, thing.published || thing.project.is_none()))
    }
}

#[component]
fn Form(topic: Topic, open: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let writing = Writing::open(topic, open);
    let area = NodeRef::<html::Textarea>::new();
    let busy = StoredValue::new(false);
    let send = move || {
        writing.change(|now| now.subject = now.subject.trim().to_owned());
        let first = writing.now.with_untracked(Beginning::post);
        let words = trimmed(&first.words);
        if writing.now.with_untracked(|now| now.subject.is_empty()) || words.text.is_empty() {
            return toasts.say(words::talk::SAY_BOTH);
        }
        if busy.get_value() {
            return;
        }
        let Some((project, wide)) = writing.circle(workspace) else {
            return toasts.say(fault_text::of_act(&ActError::Gone));
        };
        busy.set_value(true);
        let first = Post { words, ..first };
        let now = writing.now.get_untracked();
        let subject = now.subject.clone();
        let intent = move |record: &Record| {
            let start = Start {
                subject: &now.subject,
                question: !now.is_topic,
                about: topic.about.map(|about| (about, now.section)),
                project,
                wide,
                ..Start::default()
            };
            start.ops(record, first)
        };
        let (navigate, done) = (navigate.clone(), writing.form.done());
        spawn_local(async move {
            match workspace.begin(intent).await {
                Ok(thread) => {
                    done();
                    writing.open.try_set(false);
                    navigate(
                        &address::of(Kind::Thread, thread, &subject),
                        NavigateOptions::default(),
                    );
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set_value(false);
        });
    };
    let discard = move |()| writing.fill(at_first(topic));
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <BegunNote form=writing.form on_discard=discard />
            <Subject writing />
            {(!topic.tried).then(|| view! { <Asks writing /> })}
            <WordsField
                id="first-words".to_owned()
                label=words::talk::FIRST_WORDS
                words=writing.words
                area
                on_change=move |()| writing.keep()
            />
            <Section writing />
            <Circle writing />
            {topic.tried.then(|| view! { <TriedBy writing /> })}
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {move || send_word(tongue)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=move |_| open.set(false)>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// Gives what stands in the form before anybody writes.
fn at_first(topic: Topic) -> Beginning {
    let (tongue, workspace) = (use_tongue(), use_workspace());
    let Some(practice) = topic.about.filter(|_| topic.tried) else { return Beginning::default() };
    let title = workspace.title_of(practice).unwrap_or_default();
    let project = workspace.my_project().map(|(project, _)| project);
    Beginning {
        subject: tongue.tell(&words::talk::tried_subject(title)),
        is_topic: true,
        tried: Some(Tried { practice, project }),
        ..Beginning::default()
    }
}

#[component]
fn Subject(writing: Writing) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <div class="field">
            <label for="subject">{tongue.word(words::talk::SUBJECT)}</label>
            <input
                class="input"
                id="subject"
                autocomplete="off"
                required=true
                maxlength=LINE_CHARS_MAX.to_string()
                prop:value=move || writing.now.with(|now| now.subject.clone())
                on:input=move |event| writing.change(|now| now.subject = event_target_value(&event))
            />
        </div>
    }
}

/// Chooses between a question and a topic.
#[component]
fn Asks(writing: Writing) -> impl IntoView {
    let tongue = use_tongue();
    let parts = move || {
        let part = |value, word| Part { value, name: tongue.say(word), lang: None };
        vec![part(false, words::talk::QUESTION), part(true, words::talk::TOPIC)]
    };
    view! {
        <Segment
            legend=Signal::derive(move || tongue.say(words::talk::KIND).to_owned())
            name="thread-kind"
            parts=Signal::derive(parts)
            chosen=Signal::derive(move || writing.now.with(|now| now.is_topic))
            on_choose=move |is_topic| writing.change(|now| now.is_topic = is_topic)
        />
    }
}
