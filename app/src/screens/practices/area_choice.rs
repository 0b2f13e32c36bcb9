//! Narrowing by area: one of those that some practice concerns.

use leptos::prelude::*;

use super::facet::Facet;
use super::shelf::Found;
use super::{Asked, name, region};
use crate::i18n::{use_tongue, words};

/// Draws the choice of an area.
#[component]
pub(super) fn AreaChoice(asked: Asked, found: Memo<Found>, all: Memo<Found>) -> impl IntoView {
    let tongue = use_tongue();
    let chosen = Memo::new(move |_| {
        asked.filter.with(|it| it.of(Facet::Area).next().unwrap_or_default().to_owned())
    });
    let codes = Memo::new(move |_| {
        let has = |code: &&str| {
            all.with(|all| all.count(Facet::Area, code)) > 0 || chosen.with(|chosen| chosen == code)
        };
        region::all().filter(has).collect::<Vec<_>>()
    });
    let choose = move |event| {
        let code = event_target_value(&event);
        asked.change.run(asked.filter.with_untracked(|it| it.with_only(Facet::Area, &code)));
    };
    let option = move |code: &'static str| {
        let count = move || found.with(|found| found.count(Facet::Area, code));
        view! {
            <option value=code prop:selected=move || chosen.with(|chosen| chosen == code)>
                {move || format!("{} ({})", name::of_area(tongue, code), count())}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="practices-area">{tongue.word(words::practices::AREA)}</label>
            <select id="practices-area" class="select" on:change=choose>
                <option value="" prop:selected=move || chosen.with(String::is_empty)>
                    {tongue.word(words::practices::EVERYWHERE)}
                </option>
                {move || codes.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
