//! What others have done since the last visit, in my project and elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::summary::Summary;

use crate::i18n::{use_tongue, words};
use crate::ui::record_row::RecordRow;
use crate::ui::tabs::{Tab, Tabs, panel_id, tab_id};
use crate::workspace::use_workspace;

/// Most rows of news; the documents list has the rest.
const ROWS_MAX: usize = 8;
/// Most rows of what was changed last, where nothing is new.
const LATEST_ROWS_MAX: usize = 5;
const GROUP: &str = "news";

/// Shows what is new in two tabs.
#[component]
pub(crate) fn News() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let chosen = RwSignal::new(0);
    let news = Memo::new(move |_| {
        let me = workspace.me.with(|me| me.as_ref().map(|me| me.account));
        let mine = workspace.my_projects();
        let since = workspace.last_visit_ms.get().unwrap_or(0);
        workspace.summaries.with(|all| Fresh::of(all.iter(), since, me, &mine))
    });
    let latest = Memo::new(move |_| {
        let mine = workspace.my_projects();
        workspace.summaries.with(|all| Fresh::of(all.iter(), 0, None, &mine))
    });
    let count = move |mine| Signal::derive(move || news.with(|news| news.side(mine).len()));
    let tabs = vec![
        Tab { word: words::home::MY_PROJECT, count: count(true) },
        Tab { word: words::home::PROGRAMME, count: count(false) },
    ];
    let some = move |of: Memo<Fresh>, most: usize| {
        let side = of.with(|of| of.side(chosen.get() == 0).to_vec());
        side.into_iter().take(most).collect::<Vec<_>>()
    };
    let rows = move || some(news, ROWS_MAX);
    let nothing_new = move || {
        view! {
            <p class="muted">{tongue.word(words::home::NO_NEWS)}</p>
            <ul class="rows feed">
                {move || some(latest, LATEST_ROWS_MAX)
                    .into_iter()
                    .map(|summary| view! { <li class="row"><RecordRow summary /></li> })
                    .collect_view()}
            </ul>
        }
    };
    view! {
        <section aria-labelledby="h-news">
            <div class="sec__h">
                <h2 id="h-news">{tongue.word(words::home::NEWS)}</h2>
                <a href="/documents">{tongue.word(words::home::ALL_DOCUMENTS)}</a>
            </div>
            <Tabs group=GROUP label=words::home::NEWS tabs chosen />
            <div
                id=panel_id(GROUP)
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || tab_id(GROUP, chosen.get())
            >
                <Show
                    when=move || !rows().is_empty()
                    fallback=nothing_new>
                    <ul class="rows feed">
                        {move || rows().into_iter().map(|summary| view! {
                            <li class="row"><RecordRow summary new=true /></li>
                        }).collect_view()}
                    </ul>
                </Show>
            </div>
        </section>
    }
}

/// What is new, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fresh {
    mine: Vec<Arc<Summary>>,
    elsewhere: Vec<Arc<Summary>>,
}

impl Fresh {
    /// Sorts what others changed after a moment; one's own doings are no news.
    fn of<'a>(
        all: impl Iterator<Item = &'a Arc<Summary>>,
        since_ms: u64,
        me: Option<AccountId>,
        my_projects: &BTreeSet<RecordId>,
    ) -> Self {
        let is_new = |summary: &&Arc<Summary>| {
            summary.modified.stamp.wall_ms > since_ms
                && Some(summary.modified.author) != me
                && summary.trashed.is_none()
        };
        let mut new: Vec<_> = all.filter(is_new).cloned().collect();
        new.sort_by_key(|summary| std::cmp::Reverse(summary.modified.stamp));
        let near = |summary: &Arc<Summary>| {
            my_projects.contains(&summary.record)
                || summary.project.is_some_and(|project| my_projects.contains(&project))
        };
        let (mine, elsewhere) = new.into_iter().partition(near);
        Self { mine, elsewhere }
    }

    fn side(&self, mine: bool) -> &[Arc<Summary>] {
        if mine { &self.mine } else { &self.elsewhere }
    }
}
