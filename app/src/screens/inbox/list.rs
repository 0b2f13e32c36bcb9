//! The entries of the inbox by day: sixty at first and as many more at each asking.

use leptos::prelude::*;
use talkoot_core::inbox::Entry;
use talkoot_core::value::PartialDate;

use super::row::EntryRow;
use crate::i18n::{use_tongue, words};
use crate::time_text;

/// Entries that are drawn at first, and at each asking.
const STEP: usize = 60;

/// Entries of one day, and when the first of them happened.
#[derive(Clone, PartialEq, Eq)]
struct Day {
    date: PartialDate,
    at_ms: u64,
    entries: Vec<Entry>,
}

/// Draws the list.
#[component]
pub(super) fn Entries(
    entries: Memo<Vec<Entry>>,
    /// What is done when one is opened.
    #[prop(into)]
    on_open: Callback<Entry>,
) -> impl IntoView {
    let tongue = use_tongue();
    let due = RwSignal::new(STEP);
    let days = Memo::new(move |_| entries.with(|entries| by_day(entries, due.get())));
    let left = move || entries.with(Vec::len).saturating_sub(due.get());
    let day = move |day: Day| {
        let (at, id) = (day.at_ms, day_id(day.date));
        let labelled = id.clone();
        let name =
            move || time_text::day(tongue.language(), time_text::local(at), time_text::local_now());
        let row = move |entry: Entry| view! { <li class="row"><EntryRow entry on_open /></li> };
        view! {
            <section aria-labelledby=labelled>
                <h2 class="h3" id=id>
                    {name}
                </h2>
                <ul class="rows">{day.entries.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <div class="stack stack--lg">
            {move || days.get().into_iter().map(day).collect_view()}
            <Show when=move || left() != 0>
                <p class="more">
                    <button
                        type="button"
                        class="btn"
                        on:click=move |_| due.update(|due| *due = due.saturating_add(STEP))
                    >
                        {move || tongue.tell(&words::practices::more(left().min(STEP)))}
                    </button>
                </p>
            </Show>
        </div>
    }
}

fn day_id(date: PartialDate) -> String {
    format!("day-{}", date.to_text())
}

/// Groups the first entries by the day on which they happened here.
fn by_day(entries: &[Entry], most: usize) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for entry in entries.iter().take(most) {
        let at_ms = entry.by.stamp.wall_ms;
        let date = time_text::local(at_ms).date();
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.entries.push(entry.clone()),
            None => days.push(Day { date, at_ms, entries: vec![entry.clone()] }),
        }
    }
    days
}
