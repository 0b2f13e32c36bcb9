//! An entry of a list that two people changed, or that one changed and another removed.

use leptos::prelude::*;
use talkoot_core::choice::Side;
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::record::{Deed, Record};
use talkoot_core::schema::{Field, Holding, Part, Shape, Writers, practice_field};
use talkoot_core::value::{Scalar, Value};

use super::copy::CopyFacts;
use super::side::{Card, SideCard};
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::begun::BegunForm;
use crate::ui::field::entry_form::EntryForm;
use crate::ui::field::text::scalar_text;
use crate::workspace::{Workspace, use_workspace};

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Side(usize),
    Removal,
    Other,
}

/// What the card asks about.
#[derive(Clone, Copy)]
struct Asked {
    record: RecordId,
    field: &'static Field,
    item: ItemId,
    parts: &'static [Part],
    /// The project whose own entry it is.
    project: Option<RecordId>,
    /// What each side says, the one that shows first.
    values: StoredValue<Vec<Value>>,
    chosen: RwSignal<Option<Chosen>>,
    begun: BegunForm,
}

/// Asks which entry is right, and whether it stays.
#[component]
pub(super) fn EntryChoice(
    record: RecordId,
    session: RecordSession,
    field: u16,
    item: ItemId,
    sides: Vec<Side<Value>>,
    removals: Vec<Deed>,
    project: Option<RecordId>,
) -> impl IntoView {
    let kind = session.record.with_untracked(|record| record.as_ref().and_then(|it| it.kind));
    let field = kind.and_then(|kind| kind.schema().field(field))?;
    let Holding::List(parts) = field.shape.holding() else { return None };
    let values = sides.iter().map(|side| side.value.clone()).collect();
    let values = StoredValue::new(values);
    let begun = BegunForm::open(record, &format!("choice.{}.{}", field.tag, item.0), Vec::new());
    let chosen = RwSignal::new(begun.left().map(|_| Chosen::Other));
    let asked = Asked { record, field, item, parts, project, values, chosen, begun };
    let may = Memo::new(move |_| session.is_asked(project));
    let (sides, removals) = (StoredValue::new(sides), StoredValue::new(removals));
    Some(view! {
        <Show when=move || may.get()>
            <Question asked sides=sides.get_value() removals=removals.get_value() />
        </Show>
    })
}

impl Asked {
    /// Says whether every side is about a project that this person writes for.
    fn is_ours(self, workspace: Workspace) -> bool {
        self.project.is_some_and(|project| {
            workspace
                .me
                .with(|me| me.as_ref().is_some_and(|me| me.caller.projects.contains(&project)))
        })
    }

    fn is_adoption(self) -> bool {
        self.field.writers == Writers::Adopters
    }

    /// Lists what a person is asked for: whose an entry is stays as it was.
    fn own_parts(self) -> &'static [Part] {
        let given = |part: &&Part| self.is_adoption() && matches!(part.shape, Shape::Record(_));
        let kept = self.parts.iter().take_while(given).count();
        self.parts.get(kept..).unwrap_or_default()
    }

    fn value(self, place: usize) -> Option<Value> {
        self.values.with_value(|values| values.get(place).cloned())
    }

    fn title(self, is_removed: bool, workspace: Workspace) -> Word {
        match (is_removed, self.is_adoption() && self.is_ours(workspace)) {
            (true, _) => words::choice::ENTRY_REMOVED,
            (false, true) => words::choice::COPIES,
            (false, false) => words::choice::ENTRY,
        }
    }

    /// Says whether the sides differ in a part.
    fn differs(self, tag: u16) -> bool {
        self.values.with_value(|values| {
            let mut said = values.iter().map(|value| value.part(tag));
            said.next().is_some_and(|first| said.any(|other| other != first))
        })
    }
}

#[component]
fn Question(asked: Asked, sides: Vec<Side<Value>>, removals: Vec<Deed>) -> impl IntoView {
    let tongue = use_tongue();
    let Asked { field, item, chosen, .. } = asked;
    let (group, id) = (format!("choice-{}", item.0), format!("h-choice-{}", item.0));
    let title = asked.title(!removals.is_empty(), use_workspace());
    let two_copies = title == words::choice::COPIES;
    let text = move || {
        if two_copies {
            tongue.say(words::choice::COPIES_TEXT).to_owned()
        } else {
            tongue.tell(&words::choice::field_text(tongue.say(field.label)))
        }
    };
    let cards = sides.into_iter().enumerate().map(|(place, side)| {
        let Side { value, change, author, stamp } = side;
        let first = first_of(asked, value.clone());
        let more = view! { <Parts asked value /> }.into_any();
        let choose = move |()| chosen.set(Some(Chosen::Side(place)));
        view! { <SideCard group=group.clone() value=first change author stamp more on_choose=choose /> }
    });
    let cards = cards.collect_view();
    let gone = removals.into_iter().map(|Deed { stamp, change, author }| {
        let text = Signal::derive(move || tongue.say(words::choice::GONE).to_owned());
        let choose = move |()| chosen.set(Some(Chosen::Removal));
        view! { <SideCard group=group.clone() value=text change author stamp on_choose=choose /> }
    });
    let gone = gone.collect_view();
    view! {
        <Card
            id
            title=Signal::derive(move || tongue.say(title).to_owned())
            text=Signal::derive(text)
        >
            <fieldset class="opts">
                <legend class="vh">
                    {move || tongue.tell(&words::choice::pick(tongue.say(field.label)))}
                </legend>
                {cards}
                {gone}
                <Other asked group=group.clone() />
            </fieldset>
            <Settle asked />
        </Card>
    }
}

/// Gives what stands largest on a side: the first part that it says.
fn first_of(asked: Asked, value: Value) -> Signal<String> {
    let (tongue, workspace) = (use_tongue(), use_workspace());
    // Both sides of an adoption name the same project.
    let same = usize::from(asked.is_adoption());
    let part = asked.parts.iter().skip(same).find(|part| value.part(part.tag).is_some());
    Signal::derive(move || {
        let said = part.and_then(|part| Some((part, value.part(part.tag)?)));
        said.map(|(part, said)| scalar_text(tongue, workspace, part.shape, said))
            .unwrap_or_default()
    })
}

/// Draws every part of an entry; those in which the sides differ stand out.
#[component]
fn Parts(asked: Asked, value: Value) -> impl IntoView {
    let (tongue, workspace) = (use_tongue(), use_workspace());
    let copy = value.part(practice_field::ADOPTION_COPY).and_then(Scalar::as_record);
    let copy = copy.filter(|_| asked.is_adoption());
    let is_way = move |part: &Part| copy.is_some() && part.tag == practice_field::ADOPTION_COPY;
    let said = asked.parts.iter().filter(|part| !is_way(part)).filter_map(|part| {
        let said = value.part(part.tag)?.clone();
        let text = move || scalar_text(tongue, workspace, part.shape, &said);
        let differs = asked.differs(part.tag);
        Some(view! {
            <span class="opt__p" class:opt__p--new=differs>
                <span class="muted">{tongue.word(part.label)} ": "</span>
                {text}
            </span>
        })
    });
    let said = said.collect_view();
    let way = copy.map(|copy| view! { <CopyFacts copy /> });
    view! { <span class="opt__all small">{way} {said}</span> }
}

/// Lets a person write an entry of both; the form begins with the one that shows.
#[component]
fn Other(asked: Asked, group: String) -> impl IntoView {
    let tongue = use_tongue();
    let chosen = asked.chosen;
    let writing = move || chosen.get() == Some(Chosen::Other);
    let settle = use_settle(asked);
    let save = move |entry: Value| {
        let Value::Entry(mut parts) = entry else { return };
        // Whose it is the form did not ask.
        if let (true, Some(Value::Entry(shown))) = (asked.is_adoption(), asked.value(0)) {
            for (tag, said) in shown {
                if asked.own_parts().iter().all(|part| part.tag != tag) {
                    parts.insert(tag, said);
                }
            }
        }
        settle(Some(Value::Entry(parts)));
    };
    view! {
        <div class="opt opt--own" class:opt--wide=writing>
            <label>
                <input
                    type="radio"
                    name=group
                    prop:checked=writing
                    on:change=move |_| chosen.set(Some(Chosen::Other))
                />
                <span class="opt__v">{tongue.word(words::choice::OTHER)}</span>
            </label>
            <Show
                when=writing
                fallback=move || view! { <small class="muted">{tongue.word(words::choice::WRITE)}</small> }
            >
                <EntryForm
                    parts=asked.own_parts()
                    entry=asked.value(0).unwrap_or(Value::Empty)
                    begun=asked.begun
                    on_save=save
                    on_cancel=move |()| chosen.set(None)
                />
            </Show>
        </div>
    }
}

/// The button says what it does; without a choice it explains itself.
#[component]
fn Settle(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let chosen = asked.chosen;
    let label = move || match chosen.get() {
        Some(Chosen::Side(_)) => tongue.say(words::choice::USE_THIS),
        Some(Chosen::Removal) => tongue.say(words::choice::USE_GONE),
        Some(Chosen::Other) | None => tongue.say(words::choice::FIRST),
    };
    let settle = use_settle(asked);
    let press = move |_| match chosen.get_untracked() {
        Some(Chosen::Side(place)) => settle(asked.value(place)),
        Some(Chosen::Removal) => settle(None),
        Some(Chosen::Other) | None => {}
    };
    view! {
        <Show when=move || chosen.get() != Some(Chosen::Other)>
            <div class="acts">
                <button
                    type="button"
                    class="btn btn--primary"
                    aria-disabled=move || chosen.get().is_none().to_string()
                    on:click=press
                >
                    {label}
                </button>
                <span class="small muted">{tongue.word(words::choice::REST)}</span>
            </div>
        </Show>
    }
}

/// Gives what writes the entry in place of every side, or removes it; undoing brings back the
/// side that showed.
fn use_settle(asked: Asked) -> impl Fn(Option<Value>) + Copy + Send + Sync + 'static {
    let acts = use_acts();
    move |value: Option<Value>| {
        let (tag, item) = (asked.field.tag, asked.item);
        let shown = asked.value(0).unwrap_or(Value::Empty);
        let intent = move |record: &Record| {
            vec![match value {
                Some(value) => record.put_item(tag, item, value),
                None => record.remove_item(tag, item),
            }]
        };
        let undo = move |record: &Record| vec![record.put_item(tag, item, shown.clone())];
        let done = asked.begun.done();
        acts.change_then(asked.record, intent, move || {
            done();
            acts.offer_undo(asked.record, words::act::SETTLED, undo);
        });
    }
}
