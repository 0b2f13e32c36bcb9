//! The versions of a document or a practice: how it was, and going back to that.
//!
//! Everything comes from what lies on the device, so there is no network in it. Only those who may
//! edit the thing see its versions: readers are to see what was published.

mod compared;
mod link;
mod list;
mod naming;
mod step;
mod undo;
mod version;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::access::Deal;
use talkoot_core::history::Version;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

pub(crate) use self::link::{HistoryIcon, HistoryLink};
use self::list::Versions;
pub(crate) use self::undo::say_received;
use self::version::AsItWas;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::written::{Missing, addressed, use_name};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::toast::use_toasts;
use crate::workspace::{self, use_workspace};

/// Shows the versions of the record that the address names.
pub(crate) fn addressed_history(kind: Kind) -> AnyView {
    let practice = |record| view! { <HistoryPage record kind=Kind::Practice /> }.into_any();
    let document = |record| view! { <HistoryPage record kind=Kind::Document /> }.into_any();
    if kind == Kind::Practice {
        addressed(kind, practice).into_any()
    } else {
        addressed(kind, document).into_any()
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    record: RecordId,
    session: RecordSession,
    /// Absent until it is read.
    history: RwSignal<Option<Arc<workspace::History>>>,
    /// The version that is looked at; `None` is the newest, whichever that is.
    chosen: RwSignal<Option<Version>>,
}

impl Page {
    /// Gives the version that is looked at.
    fn shown(self) -> Option<Version> {
        let Some(chosen) = self.chosen.get() else { return self.newest() };
        let known = self.history.with(|history| {
            let mut versions = history.as_ref()?.versions.iter();
            versions.find(|it| it.until == chosen.until).cloned()
        });
        known.or(Some(chosen))
    }

    fn newest(self) -> Option<Version> {
        self.history.with(|history| history.as_ref()?.versions.last().cloned())
    }
}

#[component]
fn HistoryPage(record: RecordId, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let session = workspace.open(record);
    let page = Page { record, session, history: RwSignal::new(None), chosen: RwSignal::new(None) };
    let is_here = Memo::new(move |_| session.record.with(Option::is_some));
    let may = Memo::new(move |_| is_here.get() && session.may(Deal::Edit));
    Effect::new(move || {
        session.record.track();
        if !may.get() {
            return;
        }
        spawn_local(async move {
            match workspace.history(record).await {
                Ok(history) => drop(page.history.try_set(Some(history))),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    });
    let name = use_name(record);
    use_page_title(move || {
        let name = name().unwrap_or_default();
        format!("{} – {name}", tongue.say(words::history::TITLE))
    });
    let not_yours = move || match (session.is_loaded.get(), is_here.get()) {
        (true, true) => {
            view! { <p class="muted">{tongue.word(words::history::NOT_YOURS)}</p> }.into_any()
        }
        (true, false) => view! { <Missing /> }.into_any(),
        (false, _) => view! { <div aria-busy="true"></div> }.into_any(),
    };
    let is_read = Memo::new(move |_| page.history.with(Option::is_some));
    let is_ready = move || may.get() && is_read.get();
    view! {
        <div class="hist">
            <Trail record kind />
            <header class="phead">
                <h1>{tongue.word(words::history::TITLE)}</h1>
                <p class="lead">{tongue.word(words::history::LEAD)}</p>
            </header>
            <Show when=move || may.get() fallback=not_yours>
                <div class="hist__c" aria-busy=move || (!is_read.get()).then_some("true")>
                    <Show when=is_ready>
                        <Versions page />
                        <AsItWas page />
                    </Show>
                </div>
            </Show>
        </div>
    }
}

/// Leads back to the list and to the record.
#[component]
fn Trail(record: RecordId, kind: Kind) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let list = if kind == Kind::Practice { words::practice::ALL } else { words::nav::DOCUMENTS };
    let name = use_name(record);
    let href = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        address::of(kind, record, &title)
    };
    view! {
        <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
            <a href=address::of_list(kind)>{tongue.word(list)}</a>
            <Icon name="caret-right" />
            <a href=href>{name}</a>
        </nav>
    }
}
