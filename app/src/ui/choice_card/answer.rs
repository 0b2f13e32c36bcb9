//! A suggestion that was answered in two ways: whether its words stay in the section.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::adopt::offer::{Answer, offer as suggestion};
use talkoot_core::adopt::{Offer, Verdict};
use talkoot_core::choice::Side;
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::text::Block;
use talkoot_core::text::compared::{Marking, compared};

use super::side::{Card, SideCard};
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::begun::BegunNote;
use crate::ui::begun_text::BegunText;
use crate::ui::draft_editor::DraftEditor;
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::{Worked, use_workspace};

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Side(usize),
    Other,
}

/// What the card asks about.
#[derive(Clone, Copy)]
struct Asked {
    record: RecordId,
    session: RecordSession,
    offer: StoredValue<Offer>,
    answers: StoredValue<Vec<Answer>>,
    section: &'static str,
    /// The section without the suggestion, where that can be told.
    without: RwSignal<Option<Vec<Block>>>,
    chosen: RwSignal<Option<Chosen>>,
    draft: RwSignal<Worked>,
    busy: RwSignal<bool>,
    begun: BegunText,
}

/// Asks which answer is right.
#[component]
pub(super) fn AnswerChoice(
    record: RecordId,
    session: RecordSession,
    offer: ItemId,
    sides: Vec<Side<Answer>>,
) -> impl IntoView {
    let workspace = use_workspace();
    let offer = session.record.with_untracked(|it| suggestion(it.as_ref()?, offer))?;
    let section = offer.section.name;
    let answers = StoredValue::new(sides.iter().map(|side| side.value.clone()).collect());
    let offer = StoredValue::new(offer);
    let begun = BegunText::open(record, &format!("answers.{}", offer.with_value(|it| it.item.0)));
    let chosen = RwSignal::new(begun.left().map(|_| Chosen::Other));
    let (draft, busy) = (RwSignal::new(begun.left().unwrap_or_default()), RwSignal::new(false));
    let without = RwSignal::new(None);
    let asked =
        Asked { record, session, offer, answers, section, without, chosen, draft, busy, begun };
    // What the section would say is worked out again when the record has changed.
    Effect::new(move || {
        session.record.track();
        spawn_local(async move {
            let Some(offer) = offer.try_get_value() else { return };
            if let Ok(text) = workspace.without_offer(record, offer).await {
                without.try_set(text);
            }
        });
    });
    Some(view! { <Question asked sides /> })
}

impl Asked {
    fn answer(self, place: usize) -> Option<Answer> {
        self.answers.with_value(|answers| answers.get(place).cloned())
    }

    fn declines(self, place: usize) -> bool {
        self.answer(place).is_some_and(|it| it.verdict == Verdict::Declined)
    }

    /// Says whether a person writes the text: because they want to, or because nobody can tell
    /// the words of the suggestion from others.
    fn is_written(self) -> bool {
        match self.chosen.get() {
            Some(Chosen::Side(place)) => self.declines(place) && self.without.with(Option::is_none),
            Some(Chosen::Other) => true,
            None => false,
        }
    }

    /// Gives the answer and the text that are chosen.
    fn wanted(self) -> Option<(Answer, Worked)> {
        match self.chosen.get_untracked()? {
            Chosen::Side(place) if self.declines(place) => {
                let without = self.without.get_untracked();
                let text = match without {
                    Some(text) => Worked { text, ..self.now() },
                    None => self.draft.get_untracked(),
                };
                Some((self.answer(place)?, text))
            }
            Chosen::Side(place) => Some((self.answer(place)?, self.now())),
            Chosen::Other => {
                let answers = self.answers.get_value();
                let accepted = answers.iter().find(|it| it.verdict == Verdict::Accepted);
                Some((accepted.or(answers.first())?.clone(), self.draft.get_untracked()))
            }
        }
    }

    /// Gives the section as it is.
    fn now(self) -> Worked {
        let now = self.session.with_seen(|open| Worked {
            text: open.text.blocks(self.section),
            seen: open.text.state(),
        });
        now.unwrap_or_default()
    }

    /// Takes what is written.
    fn write(self, text: Vec<Block>) {
        self.draft.update(|draft| draft.text = text);
        self.draft.with_untracked(|draft| self.begun.keep(draft));
    }

    /// Chooses; a text to write begins with the section as it is.
    fn choose(self, chosen: Chosen) {
        let is_begun = self.begun.form.with_place(|place| place.read().is_some());
        if is_begun != Some(true) {
            self.draft.set(self.now());
        }
        self.chosen.set(Some(chosen));
    }
}

#[component]
fn Question(asked: Asked, sides: Vec<Side<Answer>>) -> impl IntoView {
    let tongue = use_tongue();
    let (label, item) = asked.offer.with_value(|offer| (offer.section.label, offer.item.0));
    let (group, id) = (format!("choice-{item}"), format!("h-choice-{item}"));
    let declined = sides.iter().any(|side| side.value.verdict == Verdict::Declined);
    let title = if declined { words::choice::ANSWERS } else { words::choice::ANSWERS_TWICE };
    let cards = sides.into_iter().enumerate().map(|(place, side)| {
        let Side { value: Answer { verdict, reason, .. }, change, author, stamp } = side;
        let word = match verdict {
            Verdict::Accepted => words::choice::ACCEPTED,
            Verdict::Declined => words::choice::DECLINED,
        };
        let text = Signal::derive(move || tongue.say(word).to_owned());
        let more = view! { <span class="opt__all small">{reason}</span> }.into_any();
        let choose = move |()| asked.choose(Chosen::Side(place));
        view! { <SideCard group=group.clone() value=text change author stamp more on_choose=choose /> }
    });
    let cards = cards.collect_view();
    view! {
        <Card
            id
            title=Signal::derive(move || tongue.say(title).to_owned())
            text=Signal::derive(move || tongue.tell(&words::choice::answers_text(tongue.say(label))))
        >
            <Texts asked />
            <fieldset class="opts">
                <legend class="vh">
                    {move || tongue.tell(&words::choice::pick(tongue.say(label)))}
                </legend>
                {cards}
                <div class="opt opt--own">
                    <label>
                        <input
                            type="radio"
                            name=group
                            prop:checked=move || asked.chosen.get() == Some(Chosen::Other)
                            on:change=move |_| asked.choose(Chosen::Other)
                        />
                        <span class="opt__v">{tongue.word(words::choice::EDIT_TEXT)}</span>
                    </label>
                </div>
            </fieldset>
            <Show when=move || asked.is_written()>
                <BegunNote form=asked.begun.form on_discard=move |()| asked.chosen.set(None) />
                <DraftEditor
                    field=asked.section
                    label=words::choice::EDIT_TEXT
                    blocks=asked.draft.with_untracked(|it| it.text.clone())
                    on_change=move |text| asked.write(text)
                />
            </Show>
            <Settle asked />
        </Card>
    }
}

/// Draws the section as it is beside how it would be without the suggestion.
#[component]
fn Texts(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let now = move || asked.session.blocks(asked.section);
    let as_is = move || compared(&now(), &now(), Marking::Own { added: "" });
    let without = move || {
        let marking = Marking::News {
            added: tongue.say(words::review::ADDED),
            removed: tongue.say(words::review::REMOVED),
        };
        asked.without.get().map(|text| compared(&now(), &text, marking))
    };
    view! {
        <div class="sbs">
            <div class="sbs__c">
                <h3>{tongue.word(words::offer::NOW)}</h3>
                <div class="prose" inner_html=as_is></div>
            </div>
            <Show when=move || asked.without.with(Option::is_some)>
                <div class="sbs__c sbs__c--new">
                    <h3>{tongue.word(words::choice::WITHOUT)}</h3>
                    <div class="prose" inner_html=without></div>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Settle(asked: Asked) -> impl IntoView {
    let (tongue, workspace, toasts) = (use_tongue(), use_workspace(), use_toasts());
    let Asked { record, offer, chosen, busy, .. } = asked;
    let label = move || {
        tongue.say(match chosen.get() {
            None => words::choice::FIRST,
            Some(_) if asked.is_written() => words::choice::SETTLE,
            Some(Chosen::Side(place)) if asked.declines(place) => words::choice::USE_DECLINED,
            Some(Chosen::Side(_) | Chosen::Other) => words::choice::USE_ACCEPTED,
        })
    };
    let settle = move |_| {
        let Some((answer, text)) = asked.wanted().filter(|_| !busy.get_untracked()) else { return };
        let Some(shown) = asked.answer(0) else { return };
        busy.set(true);
        let done = asked.begun.form.done();
        let (offer, before) = (offer.get_value(), asked.now().text);
        spawn_local(async move {
            match workspace.settle_answer(record, offer.clone(), answer, text).await {
                Ok(()) => {
                    done();
                    // What comes since stays when this is taken back.
                    let before = Worked { text: before, ..asked.now() };
                    toasts.say_undoable(words::act::SETTLED, move || {
                        let (offer, shown, before) = (offer.clone(), shown.clone(), before.clone());
                        spawn_local(async move {
                            let undone =
                                workspace.settle_answer(record, offer, shown, before).await;
                            if let Err(fault) = undone {
                                toasts.say(fault_text::of_act(&fault));
                            }
                        });
                    });
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="acts">
            <button
                type="button"
                class="btn btn--primary"
                aria-disabled=move || (chosen.get().is_none() || busy.get()).to_string()
                on:click=settle
            >
                {label}
            </button>
        </div>
    }
}
