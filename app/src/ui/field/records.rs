//! Editing a set of other records: a tick for each that is chosen or found.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::record::FieldState;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::value::{Scalar, Value};

use crate::i18n::use_tongue;
use crate::i18n::words;
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::workspace::use_workspace;

/// Up to so many are listed without a search.
const FEW: usize = 8;
/// Most rows that a search finds.
const ROWS_MAX: usize = 12;

/// A record that can be ticked, with its title.
type Row = (RecordId, String);

/// Edits a set of records of a kind; where there are many, a search finds those that are not
/// chosen yet.
#[component]
pub(crate) fn RecordsEditor(
    record: RecordId,
    session: RecordSession,
    field: &'static Field,
    kind: Kind,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let wanted = RwSignal::new(String::new());
    let here = Memo::new(move |_| {
        workspace.summaries.with(|summaries| {
            let ones = summaries.iter().filter(|it| it.kind == kind && it.trashed.is_none());
            ones.map(|it| (it.record, it.title.clone())).collect::<Vec<Row>>()
        })
    });
    let chosen = Memo::new(move |_| {
        session.record.with(|it| {
            let state = it.as_ref().and_then(|it| it.field(field.tag));
            let members = state.into_iter().flat_map(FieldState::members);
            members.filter_map(Value::as_record).collect::<Vec<_>>()
        })
    });
    let many = Memo::new(move |_| here.with(Vec::len) > FEW);
    let rows =
        move || here.with(|here| chosen.with(|chosen| wanted.with(|it| shown(here, chosen, it))));
    let id = format!("search-{}", field.name);
    view! {
        <fieldset>
            <legend class="label">{tongue.word(field.label)}</legend>
            <Show when=move || many.get()>
                <label class="small" for=id.clone()>{tongue.word(words::field::SEARCH_RECORD)}</label>
                <input
                    class="input"
                    id=id.clone()
                    type="search"
                    autocomplete="off"
                    on:input=move |event| wanted.set(event_target_value(&event))
                />
            </Show>
            <For each=rows key=Row::clone let((other, title))>
                <Tick record field other title chosen />
            </For>
        </fieldset>
    }
}

#[component]
fn Tick(
    record: RecordId,
    field: &'static Field,
    other: RecordId,
    title: String,
    chosen: Memo<Vec<RecordId>>,
) -> impl IntoView {
    let acts = use_acts();
    let tag = field.tag;
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&other));
    let toggle = move |event| {
        let on = event_target_checked(&event);
        acts.change(record, move |record| {
            let value = Value::One(Scalar::Record(other));
            vec![if on {
                record.add_to_set(tag, value)
            } else {
                record.remove_from_set(tag, value)
            }]
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_chosen on:change=toggle />
            {title}
        </label>
    }
}

/// Lists what is chosen, and of the others all where they are few, or what the search finds.
fn shown(here: &[Row], chosen: &[RecordId], wanted: &str) -> Vec<Row> {
    let wanted = wanted.trim().to_lowercase();
    let is_chosen = |row: &&Row| chosen.contains(&row.0);
    let is_found = |row: &&Row| {
        let named = !wanted.is_empty() && row.1.to_lowercase().contains(&wanted);
        !chosen.contains(&row.0) && (here.len() <= FEW || named)
    };
    let found = here.iter().filter(is_found).take(ROWS_MAX);
    here.iter().filter(is_chosen).chain(found).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p38_of_many_records_those_chosen_and_those_found_can_be_ticked() {
        let row = |number: u8| (RecordId([number; 16]), format!("Raportti {number}"));
        let all: Vec<Row> = (1..30).map(row).collect();
        let chosen = [RecordId([7; 16])];
        let titles = |here: &[Row], wanted: &str| {
            shown(here, &chosen, wanted).into_iter().map(|row| row.1).collect::<Vec<_>>()
        };
        assert_eq!(titles(&all, ""), ["Raportti 7"]);
        assert_eq!(titles(&all, " raportti 29 "), ["Raportti 7", "Raportti 29"]);
        assert_eq!(shown(&all, &chosen, "raportti").len(), 1 + ROWS_MAX);
        assert_eq!(titles(&all[..3], "").len(), 3, "few are all there");
    }
}
