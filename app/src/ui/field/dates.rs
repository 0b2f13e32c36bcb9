//! Inputs for dates of which the day, or the day and month, may be unknown, and for periods.

use leptos::prelude::*;
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::input::Wiring;
use crate::i18n::{use_tongue, words};
use crate::time_text;
use crate::ui::icon::Icon;

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
            <Show when=move || period.get().contradicts()>
                <p class="err" role="status">
                    <Icon name="info" />
                    {tongue.word(words::field::CONTRADICTS)}
                </p>
            </Show>
        </fieldset>
    }
}

/// Takes a date of which the day, or the day and month, may be unknown.
#[component]
fn PartialDateInput(
    id: String,
    date: Signal<Option<PartialDate>>,
    #[prop(into)] on_read: Callback<Option<PartialDate>>,
    wrong: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let note_id = format!("{id}-note");
    let read = move |event| {
        let text = event_target_value(&event);
        let date = time_text::read_date(&text);
        wrong.set(date.is_none() && !text.trim().is_empty());
        if date.is_some() || text.trim().is_empty() {
            on_read.run(date);
        }
    };
    let note = move || {
        tongue.say(if wrong.get() { words::field::DATE_WRONG } else { words::field::DATE_HINT })
    };
    view! {
        <input
            class="input"
            id=id
            inputmode="numeric"
            autocomplete="off"
            aria-invalid=move || wrong.get().to_string()
            aria-describedby=note_id.clone()
            prop:value=move || date.get().map(|date| tongue.date(date)).unwrap_or_default()
            on:change=read
        />
        <span id=note_id class=move || if wrong.get() { "err" } else { "hint" }>{note}</span>
    }
}
