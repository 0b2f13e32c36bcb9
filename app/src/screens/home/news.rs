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

/// Shows what is new, in two tabs for those who have a project.
#[component]
pub(crate) fn News() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let news = use_rows();
    let tabs = vec![
        Tab { word: words::home::MY_PROJECT, count: news.count(true) },
        Tab { word: words::home::PROGRAMME, count: news.count(false) },
    ];
    let has_project = Memo::new(move |_| !workspace.my_projects().is_empty());
    let title =
        move || tongue.say(if news.is_new.get() { words::home::NEWS } else { words::home::LATEST });
    view! {
        <section aria-labelledby="h-news">
            <div class="sec__h">
                <h2 id="h-news">{title}</h2>
                <a href="/documents">{tongue.word(words::home::ALL_DOCUMENTS)}</a>
            </div>
            <Show when=move || has_project.get()>
                <Tabs
                    group=GROUP
                    label=words::home::NEWS
                    tabs=tabs.clone()
                    chosen=news.chosen
                />
            </Show>
            <div
                id=panel_id(GROUP)
                role=move || has_project.get().then_some("tabpanel")
                tabindex=move || has_project.get().then_some("0")
                aria-labelledby=move || has_project.get().then(|| tab_id(GROUP, news.chosen.get()))
            >
                <Show when=move || news.says_none.get()>
                    <p class="muted">{tongue.word(words::home::NO_NEWS)}</p>
                </Show>
                <ul class="rows feed">
                    {move || {
                        let new = news.is_new.get();
                        let row = |summary| view! { <li class="row"><RecordRow summary new /></li> };
                        news.shown.get().into_iter().map(row).collect_view()
                    }}
                </ul>
            </div>
        </section>
    }
}

/// The rows that show now, and what they are.
#[derive(Clone, Copy)]
struct Rows {
    /// 0 is my project, 1 everything else.
    chosen: RwSignal<usize>,
    fresh: Memo<Fresh>,
    shown: Memo<Vec<Arc<Summary>>>,
    /// Whether the rows are new since the last visit; otherwise they are the latest.
    is_new: Memo<bool>,
    says_none: Memo<bool>,
}

impl Rows {
    fn count(self, mine: bool) -> Signal<usize> {
        Signal::derive(move || self.fresh.with(|fresh| fresh.side(mine).len()))
    }
}

fn use_rows() -> Rows {
    let workspace = use_workspace();
    let chosen = RwSignal::new(0);
    // On a first visit everything would be new, which says nothing.
    let fresh = Memo::new(move |_| {
        let me = workspace.me.with(|me| me.as_ref().map(|me| me.account));
        let mine = workspace.my_projects();
        let Some(since) = workspace.last_visit_ms.get() else { return Fresh::default() };
        workspace.summaries.with(|all| Fresh::of(all.iter(), since, me, &mine))
    });
    let latest = Memo::new(move |_| {
        let mine = workspace.my_projects();
        workspace.summaries.with(|all| Fresh::of(all.iter(), 0, None, &mine))
    });
    // Who is in no project has one side only.
    let mine = Memo::new(move |_| chosen.get() == 0 && !workspace.my_projects().is_empty());
    let is_new = Memo::new(move |_| fresh.with(|fresh| !fresh.side(mine.get()).is_empty()));
    let shown = Memo::new(move |_| {
        let (from, most) = if is_new.get() { (fresh, ROWS_MAX) } else { (latest, LATEST_ROWS_MAX) };
        from.with(|from| from.side(mine.get()).iter().take(most).cloned().collect::<Vec<_>>())
    });
    let says_none = Memo::new(move |_| workspace.last_visit_ms.get().is_some() && !is_new.get());
    Rows { chosen, fresh, shown, is_new, says_none }
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
                // What people say has a list of its own.
                && summary.thread.is_none()
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
