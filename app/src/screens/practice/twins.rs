//! A quiet hint while a new practice is written: which practices on this device it resembles.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::practice::twin::TwinSearch;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use crate::address;
use crate::device::breathe;
use crate::i18n::{use_tongue, words};
use crate::workspace::use_workspace;

/// So many practices are looked at before others may work: a few milliseconds on a slow device.
const PORTION: usize = 200;

/// Names the practices that this draft resembles, each with a link (rule P28).
#[component]
pub(super) fn Twins(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let twins = use_twins(record);
    let link = move |(place, twin): (usize, RecordId)| {
        let title = workspace.title_of(twin)?;
        let comma = (place > 0).then_some(", ");
        Some(view! { {comma}<a href=address::of(Kind::Practice, twin, &title)>{title.clone()}</a> })
    };
    let said = move || {
        let twins = twins.get();
        let word = match twins.len() {
            0 => return None,
            1 => words::practice::TWIN,
            _ => words::practice::TWINS,
        };
        let links = twins.into_iter().enumerate().filter_map(link).collect_view();
        Some(view! { {tongue.word(word)} " " {links} })
    };
    view! { <p class="hint twins" role="status">{said}</p> }
}

/// Follows what the draft resembles. A published practice is not new: it has no hint.
fn use_twins(record: RecordId) -> RwSignal<Vec<RecordId>> {
    let workspace = use_workspace();
    let twins = RwSignal::new(Vec::new());
    let draft = Memo::new(move |_| {
        let draft = workspace.summaries.with(|all| all.get(record).cloned());
        draft.filter(|draft| !draft.published && draft.trashed.is_none()).map(Words)
    });
    // Only the search begun last may say what it found.
    let last = StoredValue::new(0_u64);
    Effect::new(move || {
        last.update_value(|last| *last = last.wrapping_add(1));
        let mine = last.get_value();
        let Some(search) = draft.with(|draft| TwinSearch::of(&draft.as_ref()?.0)) else {
            twins.set(Vec::new());
            return;
        };
        let others: Vec<_> = workspace.summaries.with_untracked(|all| {
            all.iter().filter(|it| it.kind == Kind::Practice).cloned().collect()
        });
        spawn_local(async move {
            let is_last = || last.try_get_value() == Some(mine);
            if let Some(found) = look(search, others, is_last).await {
                // A page that was left needs no hint.
                twins.try_set(found);
            }
        });
    });
    twins
}

/// Looks at all, a portion at a time; `None` when nobody waits for it any more.
async fn look(
    mut search: TwinSearch,
    others: Vec<Arc<Summary>>,
    is_last: impl Fn() -> bool,
) -> Option<Vec<RecordId>> {
    for portion in others.chunks(PORTION) {
        breathe().await;
        if !is_last() {
            return None;
        }
        for other in portion {
            search.look_at(other);
        }
    }
    Some(search.twins())
}

/// A draft that is the same as long as its words are: who changed it when makes no new search.
#[derive(Clone, Debug)]
struct Words(Arc<Summary>);

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        let words = |draft: &Self| {
            let codes =
                draft.0.practice.as_ref().map(|it| (it.target_groups.clone(), it.sectors.clone()));
            (draft.0.areas.clone(), draft.0.keywords.clone(), codes)
        };
        self.0.title == other.0.title
            && self.0.excerpt == other.0.excerpt
            && words(self) == words(other)
    }
}
