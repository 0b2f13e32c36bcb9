//! Narrowing the list by kind and by status. Beside the list in wide windows, a fold in narrow ones.

use leptos::prelude::*;
use talkoot_core::schema::area;

use super::Asked;
use super::counts::Counts;
use super::filter::{Filter, Status};
use crate::i18n::{Word, use_tongue, words};
use crate::time_text;
use crate::ui::fold::Fold;

/// Draws the facets.
#[component]
pub(super) fn Facets(asked: Asked, counts: Memo<Counts>) -> impl IntoView {
    let tongue = use_tongue();
    let chosen = move || {
        let status = usize::from(asked.filter.with(|filter| filter.status) != Status::Any);
        asked.filter.with(|filter| filter.kinds.len()) + status
    };
    let summary = move || match chosen() {
        0 => tongue.say(words::documents::NARROW).to_owned(),
        count => tongue.tell(&words::documents::narrow_count(count)),
    };
    view! {
        <Fold label=Signal::derive(summary)>
            <Kinds asked counts />
            <Statuses asked counts />
        </Fold>
    }
}

#[component]
fn Kinds(asked: Asked, counts: Memo<Counts>) -> impl IntoView {
    let tongue = use_tongue();
    let toggle = move |code: &'static str| {
        let mut filter = asked.filter.get_untracked();
        if !filter.kinds.remove(code) {
            filter.kinds.insert(code.to_owned());
        }
        asked.change.run(filter);
    };
    let kind = move |code: area::Code| {
        let chosen = move || asked.filter.with(|filter| filter.kinds.contains(code.code));
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=chosen on:change=move |_| toggle(code.code) />
                {tongue.word(Word(code.labels))}
                <Number count=Signal::derive(move || counts.with(|it| it.kind(code.code))) />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="label">{tongue.word(words::documents::KIND)}</legend>
            {area::codes("document_kind").map(kind).collect_view()}
        </fieldset>
    }
}

#[component]
fn Statuses(asked: Asked, counts: Memo<Counts>) -> impl IntoView {
    let tongue = use_tongue();
    let choose = move |status| asked.change.run(Filter { status, ..asked.filter.get_untracked() });
    let status = move |status: Status| {
        let word = match status {
            Status::Any => words::documents::STATUS_ANY,
            Status::Draft => words::record::DRAFT,
            Status::Published => words::record::PUBLISHED,
        };
        let chosen = move || asked.filter.with(|filter| filter.status) == status;
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="status"
                    prop:checked=chosen
                    on:change=move |_| choose(status)
                />
                {tongue.word(word)}
                <Number count=Signal::derive(move || counts.with(|it| it.status(status))) />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="label">{tongue.word(words::documents::STATUS)}</legend>
            {Status::ALL.map(status)}
        </fieldset>
    }
}

/// How many documents a choice would show.
#[component]
fn Number(count: Signal<usize>) -> impl IntoView {
    let tongue = use_tongue();
    view! { <span class="check__n">{move || time_text::number(tongue.language(), count.get())}</span> }
}
