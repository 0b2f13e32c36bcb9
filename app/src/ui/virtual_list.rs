//! A list of ten thousand rows that draws only those near the window.
//!
//! Rows come in groups. A group near the window is drawn and may be of any
//! height; one far away is an empty place as high as it was when last seen.
//! Every row says its place and the size of the whole, so the ear knows too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use talkoot_core::summary::Summary;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Rows in a group: few enough to draw within a frame or two.
const GROUP_ROWS: usize = 30;
/// How high a row is taken to be until its group has been seen, in pixels.
const ROW_HEIGHT_GUESS_PX: f64 = 78.0;
/// How far beyond the window groups are drawn ahead.
const AHEAD: &str = "700px 0px";
const GROUP_ATTRIBUTE: &str = "data-group";

/// What is known of the groups.
#[derive(Clone, Copy)]
struct Groups {
    near: RwSignal<BTreeSet<usize>>,
    heights: StoredValue<BTreeMap<usize, f64>>,
}

/// Draws a long list.
#[component]
pub(crate) fn VirtualList<R, V>(
    #[prop(into)] rows: Signal<Vec<Arc<Summary>>>,
    #[prop(into)] label: Signal<String>,
    /// Draws the inside of a row.
    row: R,
) -> impl IntoView
where
    R: Fn(Arc<Summary>) -> V + Copy + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let list = NodeRef::<html::Div>::new();
    let groups = Groups {
        near: RwSignal::new(BTreeSet::from([0])),
        heights: StoredValue::new(BTreeMap::new()),
    };
    let count = Memo::new(move |_| rows.with(Vec::len));
    let group_count = Memo::new(move |_| count.get().div_ceil(GROUP_ROWS));
    observe(list, groups, group_count);
    let group = move |group: usize| {
        let near = Memo::new(move |_| groups.near.with(|near| near.contains(&group)));
        let rows_here = move || rows.with(|rows| rows_of(rows, group));
        view! {
            <div
                data-group=group.to_string()
                style:height=move || (!near.get()).then(|| height(groups, group, count.get()))
            >
                <Show when=move || near.get()>
                    <For
                        each=rows_here
                        key=|(place, summary)| (*place, Arc::as_ptr(summary).addr())
                        children=move |(place, summary)| view! {
                            <div
                                role="listitem"
                                class="row"
                                aria-setsize=move || count.get().to_string()
                                aria-posinset=(place + 1).to_string()
                            >
                                {row(summary)}
                            </div>
                        }
                    />
                </Show>
            </div>
        }
    };
    view! {
        <div class="rows rows--long" role="list" aria-label=label node_ref=list>
            <For each=move || 0..group_count.get() key=|group| *group children=group />
        </div>
    }
}

/// Gives the rows of a group with their places in the whole list.
fn rows_of(rows: &[Arc<Summary>], group: usize) -> Vec<(usize, Arc<Summary>)> {
    let rows = rows.iter().cloned().enumerate();
    rows.skip(group * GROUP_ROWS).take(GROUP_ROWS).collect()
}

fn height(groups: Groups, group: usize, count: usize) -> String {
    let rows = count.saturating_sub(group * GROUP_ROWS).min(GROUP_ROWS);
    let rows = u32::try_from(rows).unwrap_or_default();
    let known = groups.heights.with_value(|heights| heights.get(&group).copied());
    format!("{}px", known.unwrap_or_else(|| f64::from(rows) * ROW_HEIGHT_GUESS_PX))
}

/// Follows which groups are near the window.
fn observe(list: NodeRef<html::Div>, groups: Groups, group_count: Memo<usize>) {
    let seen = move |entries: js_sys::Array| {
        let entries = entries.iter().filter_map(|it| it.dyn_into().ok());
        entries.for_each(|entry| take_in(groups, &entry));
    };
    let seen = Closure::<dyn Fn(js_sys::Array)>::new(seen);
    let options = web_sys::IntersectionObserverInit::new();
    options.set_root_margin(AHEAD);
    let callback = seen.as_ref().unchecked_ref();
    let Ok(observer) = web_sys::IntersectionObserver::new_with_options(callback, &options) else {
        return;
    };
    let kept = StoredValue::new_local((observer, seen));
    Effect::new(move || {
        group_count.track();
        let Some(list) = list.get() else { return };
        kept.with_value(|(observer, _)| {
            // Observing one twice is harmless: the browser keeps one entry.
            let children = list.children();
            let elements = (0..children.length()).filter_map(|place| children.item(place));
            elements.for_each(|group| observer.observe(&group));
        });
    });
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Takes in that a group has come near or gone far.
fn take_in(groups: Groups, entry: &web_sys::IntersectionObserverEntry) {
    let group = entry.target().get_attribute(GROUP_ATTRIBUTE);
    let Some(group) = group.and_then(|group| group.parse::<usize>().ok()) else { return };
    let near = entry.is_intersecting();
    let was_near = groups.near.try_with_untracked(|near| near.contains(&group));
    if was_near != Some(!near) {
        return;
    }
    if !near {
        let height = entry.bounding_client_rect().height();
        groups.heights.update_value(|heights| {
            heights.insert(group, height);
        });
    }
    groups.near.update(|groups| {
        if near {
            groups.insert(group)
        } else {
            groups.remove(&group)
        };
    });
}
