//! The cards that show, drawn a few at a time: sixty in one go held the main thread for longer
//! than a letter may take.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;

use super::Asked;
use super::card::Card;
use super::filter::{Filter, STEP};
use super::nothing::Nothing;
use super::shelf::Found;
use super::toolbar::Look;
use crate::device::breathe;
use crate::i18n::{use_tongue, words};
use crate::ui::choosing::Choosing;

/// More than a window shows at first, and few enough to be drawn between two letters.
const PORTION: usize = 12;

/// Draws the cards, sixty at first and as many more at each asking (rule P25).
#[component]
pub(super) fn Cards(
    asked: Asked,
    found: Memo<Found>,
    look: RwSignal<Look>,
    mine: Memo<BTreeSet<RecordId>>,
    choosing: Choosing,
) -> impl IntoView {
    let tongue = use_tongue();
    let count = Memo::new(move |_| found.with(|found| found.shown.len()));
    let due = Memo::new(move |_| asked.filter.with(|filter| filter.drawn(count.get())));
    let cards = use_portions(found, due);
    let left = move || count.get().saturating_sub(due.get());
    let more = move |_| {
        let filter = asked.filter.get_untracked();
        let more = filter.more.saturating_add(1);
        asked.change.run(Filter { more, ..filter });
    };
    let offer = move || match left() {
        left if left > STEP => tongue.tell(&words::practices::more(STEP)),
        left => tongue.tell(&words::practices::rest(left)),
    };
    view! {
        <Show when=move || count.get() != 0 fallback=move || view! { <Nothing asked /> }>
            <ul class="pcards" class:pcards--list=move || look.get() == Look::List>
                <For
                    each=cards
                    key=|summary| Arc::as_ptr(summary).addr()
                    children=move |summary| view! { <Card summary=&summary mine choosing /> }
                />
            </ul>
            <Show when=move || left() != 0>
                <p class="more">
                    <button type="button" class="btn" on:click=more>{offer}</button>
                </p>
            </Show>
        </Show>
    }
}

/// Gives the practices to draw: a portion of what was found, and a moment later one more, until
/// all that are due stand.
fn use_portions(
    found: Memo<Found>,
    due: Memo<usize>,
) -> impl Fn() -> Vec<Arc<Summary>> + Copy + Send + Sync {
    // How many stand of which list: what stood of the one before says nothing of this one.
    let list = Memo::new(move |before: Option<&u64>| {
        found.track();
        before.copied().unwrap_or_default().wrapping_add(1)
    });
    let standing = RwSignal::new((0, 0));
    let drawn = move || {
        let (of, count) = standing.get();
        let ready = if of == list.get() { count } else { 0 };
        ready.max(PORTION).min(due.get())
    };
    let drawn = Memo::new(move |_| drawn());
    Effect::new(move || {
        let (now, count) = (list.get(), drawn.get());
        if count < due.get() {
            spawn_local(async move {
                breathe().await;
                // A page that was left draws no more.
                if list.try_get_untracked() == Some(now) {
                    standing.try_set((now, count.saturating_add(PORTION)));
                }
            });
        }
    });
    move || found.with(|found| found.shown.iter().take(drawn.get()).cloned().collect())
}
