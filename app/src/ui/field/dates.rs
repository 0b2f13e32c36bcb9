//! Inputs for dates of which the day, or the day and month, may be unknown, and for periods.

use leptos::prelude::*;
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::input::Wiring;
use crate::i18n::{Word, use_tongue, words};
use crate::time_text;

/// Takes a date.
#[component]
pub(super) fn DateInput(wiring: Wiring) -> impl IntoView {
    let Wiring { id, draft, wrong } = wiring;
    let date = Signal::derive(move || {
        if let Value::One(Scalar::Date(date)) = draft.get() { Some(date) } else { None }
    });
    let set = move |date: Option<PartialDate>| {
        draft.set(date.map_or(Value::Empty, |date| Value::One(Scalar::Date(date))));
    };
    view! { <PartialDateInput id date on_read=set wrong /> }
}

/// Takes a beginning and an end; ends that contradict warn and are kept all the same.
#[component]
pub(super) fn PeriodInput(wiring: Wiring, label: Signal<String>) -> impl IntoView {
    let tongue = use_tongue();
    let Wiring { id, draft, wrong } = wiring;
    let period = Memo::new(move |_| {
        if let Value::One(Scalar::Period(period)) = draft.get() {
            period
        } else {
            Period { from: None, until: None }
        }
    });
    let set = move |period: Period| {
        let empty = period.from.is_none() && period.until.is_none();
        draft.set(if empty { Value::Empty } else { Value::One(Scalar::Period(period)) });
    };
    let (wrong_from, wrong_until) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move || wrong.set(wrong_from.get() || wrong_until.get()));
    let (from_id, until_id) = (format!("{id}-from"), format!("{id}-until"));
    view! {
        <fieldset class="field">
            <legend class="label">{label}</legend>
            <div class="pair">
                <div class="field">
                    <label for=from_id.clone()>{tongue.word(words::field::FROM)}</label>
                    <PartialDateInput
                        id=from_id
                        date=Signal::derive(move || period.get().from)
                        on_read=move |from| set(Period { from, ..period.get_untracked() })
                        wrong=wrong_from
                    />
                </div>
                <div class="field">
                    <label for=until_id.clone()>{tongue.word(words::field::UNTIL)}</label>
                    <PartialDateInput
                        id=until_id
                        date=Signal::derive(move || period.get().until)
                        on_read=move |until| set(Period { until, ..period.get_untracked() })
                        wrong=wrong_until
                    />
                </div>
            </div>
            <Room text=words::field::CONTRADICTS shows=Signal::derive(move || period.get().contradicts()) />
        </fieldset>
    }
}

/// The earliest year that is taken while it is typed: fewer digits are on their way to one.
const YEAR_MIN: u16 = 1000;

/// Takes a date of which the day, or the day and month, may be unknown: with every key, so that
/// nothing changes any more when it is left.
#[component]
fn PartialDateInput(
    id: String,
    date: Signal<Option<PartialDate>>,
    #[prop(into)] on_read: Callback<Option<PartialDate>>,
    wrong: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let note_id = format!("{id}-note");
    let shown =
        move |date: Option<PartialDate>| date.map(|date| tongue.date(date)).unwrap_or_default();
    let text = RwSignal::new(String::new());
    // What comes from elsewhere shows; what says the same stays as it is typed.
    Effect::new(move || {
        let date = date.get();
        if time_text::read_date(&text.get_untracked()) != date {
            text.set(shown(date));
        }
    });
    // Nobody is told of a mistake in the middle of a date.
    let told = RwSignal::new(false);
    let read = move |is_whole: bool| {
        let text = text.get_untracked();
        let date = time_text::read_date(&text);
        let date = date.filter(|date| is_whole || date.year >= YEAR_MIN);
        wrong.set(date.is_none() && !text.trim().is_empty());
        if !wrong.get_untracked() {
            on_read.run(date);
        }
    };
    let type_in = move |event| {
        text.set(event_target_value(&event));
        read(false);
        told.update(|told| *told = *told && wrong.get_untracked());
    };
    let leave = move |_| {
        read(true);
        told.set(wrong.get_untracked());
    };
    view! {
        <input
            class="input"
            id=id
            inputmode="numeric"
            autocomplete="off"
            aria-invalid=move || told.get().to_string()
            aria-describedby=note_id.clone()
            prop:value=text
            on:input=type_in
            on:change=leave
        />
        <span class="room" id=note_id>
            <Line text=words::field::DATE_HINT class="hint" shows=Signal::derive(move || !told.get()) />
            <Line text=words::field::DATE_WRONG class="err" shows=told />
        </span>
    }
}

/// Says something in room that is kept for it: what stands below never moves away under a pointer.
#[component]
fn Room(text: Word, shows: Signal<bool>) -> impl IntoView {
    view! {
        <p class="room" role="status">
            <Line text class="err" shows />
        </p>
    }
}

/// Draws words that keep their room while they are not there to be read.
#[component]
fn Line(text: Word, class: &'static str, #[prop(into)] shows: Signal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <span class=class class:room__free=move || !shows.get()>
            {tongue.word(text)}
        </span>
    }
}
