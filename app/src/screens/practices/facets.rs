//! Narrowing the library. Beside the list in wide windows, a fold in narrow ones.

use leptos::prelude::*;
use talkoot_core::schema::area;

use super::Asked;
use super::area_choice::AreaChoice;
use super::facet::{Facet, IN_USE};
use super::marks::EvidenceBars;
use super::name;
use super::saved_list::SavedList;
use super::shelf::Found;
use crate::i18n::{use_tongue, words};
use crate::time_text;
use crate::ui::fold::Fold;
use crate::workspace::use_workspace;

/// How many choices of a long facet show before the others are asked for.
const FEW: usize = 5;

/// Draws the facets.
#[component]
pub(super) fn Facets(asked: Asked, found: Memo<Found>, all: Memo<Found>) -> impl IntoView {
    let tongue = use_tongue();
    let label = move || match asked.filter.with(|filter| filter.chosen.len()) {
        0 => tongue.say(words::practices::NARROW).to_owned(),
        count => tongue.tell(&words::practices::narrow_count(count)),
    };
    view! {
        <Fold label=Signal::derive(label)>
            <div class="facetlist" role="group" aria-label=tongue.word(words::practices::NARROW)>
                <SavedList asked />
                <Choices asked found all facet=Facet::Phase />
                <Choices asked found all facet=Facet::TargetGroup />
                <Choices asked found all facet=Facet::Evidence />
                <AreaChoice asked found all />
                <Choices asked found all facet=Facet::Sector />
                <Choices asked found all facet=Facet::Project />
                <Choices asked found all facet=Facet::Language />
                <Choices asked found all facet=Facet::Adopted />
            </div>
        </Fold>
    }
}

/// Lists the codes that a facet offers. Short lists are whole and in their order; long ones have
/// what some practice has, the most common first: an order that narrowing does not change.
fn offered(facet: Facet, all: &Found) -> Vec<String> {
    let listed = |list: &str| area::codes(list).map(|code| code.code.to_owned()).collect();
    match (facet, facet.list()) {
        (Facet::Phase | Facet::Evidence | Facet::Language, Some(list)) => listed(list),
        (Facet::Adopted, _) => IN_USE.map(str::to_owned).to_vec(),
        _ => {
            // So few that each is put into its place: a sort of their own would weigh more.
            let mut codes: Vec<(&str, usize)> = Vec::new();
            for (code, count) in all.codes(facet) {
                let place = codes.iter().position(|(_, other)| *other < count);
                codes.insert(place.unwrap_or(codes.len()), (code, count));
            }
            codes.into_iter().map(|(code, _)| code.to_owned()).collect()
        }
    }
}

/// One facet: a tick for each choice.
#[component]
fn Choices(asked: Asked, found: Memo<Found>, all: Memo<Found>, facet: Facet) -> impl IntoView {
    let tongue = use_tongue();
    let open = RwSignal::new(false);
    let codes = Memo::new(move |_| all.with(|all| offered(facet, all)));
    let shown = move || {
        let codes = codes.get().into_iter().enumerate();
        let fits = |place: usize, code: &str| {
            open.get() || place < FEW || asked.filter.with(|filter| filter.has(facet, code))
        };
        codes.filter(|(place, code)| fits(*place, code)).map(|(_, code)| code).collect::<Vec<_>>()
    };
    let count = Memo::new(move |_| codes.with(Vec::len));
    let long = Memo::new(move |_| count.get() > FEW);
    let others = move || {
        if open.get() {
            tongue.say(words::practices::FEWER).to_owned()
        } else {
            tongue.tell(&words::practices::others(count.get().saturating_sub(FEW)))
        }
    };
    view! {
        <Show when=move || count.get() != 0>
            <fieldset>
                <legend class="label">{tongue.word(name::of_facet(facet))}</legend>
                <For
                    each=shown
                    key=String::clone
                    children=move |code| view! { <Choice asked found facet code /> }
                />
                <Show when=move || long.get()>
                    <button
                        type="button"
                        class="btn btn--quiet"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {others}
                    </button>
                </Show>
            </fieldset>
        </Show>
    }
}

/// One tick with the number of practices behind it.
#[component]
fn Choice(asked: Asked, found: Memo<Found>, facet: Facet, code: String) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let code = StoredValue::new(code);
    let chosen = move || code.with_value(|code| asked.filter.with(|it| it.has(facet, code)));
    let toggle = move |_| {
        let next =
            code.with_value(|code| asked.filter.with_untracked(|it| it.toggled(facet, code)));
        asked.change.run(next);
    };
    let label = move || code.with_value(|code| name::of_code(tongue, workspace, facet, code));
    let count =
        Memo::new(move |_| code.with_value(|code| found.with(|found| found.count(facet, code))));
    let bars = (facet == Facet::Evidence)
        .then(|| code.with_value(|code| view! { <EvidenceBars level=code /> }));
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=chosen on:change=toggle />
            {bars}
            <span class="check__t">{label}</span>
            <span class="check__n">{move || time_text::number(tongue.language(), count.get())}</span>
        </label>
    }
}
