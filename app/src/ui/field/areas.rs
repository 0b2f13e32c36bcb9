//! Choosing areas of all levels: search by name, tick what fits.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::record::FieldState;
use talkoot_core::schema::Field;
use talkoot_core::schema::area::{self, Area, Level};
use talkoot_core::value::Value;

use super::single::toggled;
use crate::i18n::{Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::time_text;
use crate::ui::acts::use_acts;

/// The levels, largest first.
const LEVELS: [Level; 4] =
    [Level::Country, Level::Region, Level::WellbeingArea, Level::Municipality];
/// Most rows of one level; the search finds the others.
const ROWS_MAX: usize = 25;

/// Ticks areas of any level.
#[component]
pub(crate) fn AreaPicker(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
) -> impl IntoView {
    let tongue = use_tongue();
    let wanted = RwSignal::new(String::new());
    let chosen = Memo::new(move |_| {
        session.record.with(|it| {
            let state = it.as_ref().and_then(|it| it.field(field.tag));
            let members = state.into_iter().flat_map(FieldState::members);
            members.filter_map(Value::as_text).map(str::to_owned).collect::<Vec<_>>()
        })
    });
    let level = move |level: Level| {
        let areas = move || shown(level, &wanted.get(), &chosen.get());
        view! {
            <Show when=move || !areas().is_empty()>
                <fieldset>
                    <legend class="small muted">{tongue.word(level_word(level))}</legend>
                    <For
                        each=areas
                        key=|area| area.code
                        children=move |area| view! { <Tick record field area chosen /> }
                    />
                </fieldset>
            </Show>
        }
    };
    let id = format!("search-{}", field.name);
    view! {
        <fieldset class="field">
            <legend class="label">{tongue.word(field.label)}</legend>
            <label class="small" for=id.clone()>{tongue.word(words::field::SEARCH_AREA)}</label>
            <input
                class="input"
                id=id
                type="search"
                autocomplete="off"
                on:input=move |event| wanted.set(event_target_value(&event))
            />
            <div class="areas">{LEVELS.map(level)}</div>
        </fieldset>
    }
}

#[component]
fn Tick(
    record: RecordId,
    field: &'static Field,
    area: Area,
    chosen: Memo<Vec<String>>,
) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let is_chosen = move || chosen.with(|chosen| chosen.iter().any(|code| code == area.code));
    let toggle = move |event| {
        let (tag, on) = (field.tag, event_target_checked(&event));
        acts.change(record, move |record| vec![toggled(record, tag, area.code, on)]);
    };
    let ended = area.valid_until.map(|until| tongue.date(until));
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_chosen on:change=toggle />
            {tongue.word(Word(area.names))}
            {ended.map(|until| view! { <span class="small muted">{format!("–{until}")}</span> })}
        </label>
    }
}

fn level_word(level: Level) -> Word {
    match level {
        Level::Country => words::area::COUNTRY,
        Level::Region => words::area::REGION,
        Level::WellbeingArea => words::area::WELLBEING_AREA,
        Level::Municipality => words::area::MUNICIPALITY,
    }
}

/// Lists what is chosen, and what the search finds among areas that exist.
///
/// Municipalities are many: without a word to search by, only chosen ones show.
fn shown(level: Level, wanted: &str, chosen: &[String]) -> Vec<Area> {
    let wanted = wanted.trim().to_lowercase();
    let today = time_text::local_now().date();
    let fits = |area: &Area| {
        let is_chosen = chosen.iter().any(|code| code == area.code);
        let named = area.names.iter().any(|name| name.to_lowercase().starts_with(&wanted));
        let offered = level != Level::Municipality || !wanted.is_empty();
        is_chosen || (offered && named && (area.exists_on(today) || !wanted.is_empty()))
    };
    area::areas().filter(|area| area.level == level).filter(fits).take(ROWS_MAX).collect()
}
