//! The improvements of an original, for its copy's people to decide about, one by one.
//!
//! Nothing changes before it is confirmed, and nothing is chosen beforehand.

mod bar;
mod reason;
mod section;
mod sides;

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::adopt::Decision;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use self::bar::Bar;
use self::section::Section;
use super::standing::{NotOpen, use_standing};
use crate::address;
use crate::i18n::{Phrase, by_count, use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::not_found::NotFound;
use crate::screens::record_address::use_record;
use crate::screens::written::Missing;
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::page::use_page_title;
use crate::ui::toast::use_toasts;
use crate::workspace::{Proposed, Review, use_workspace};

/// What was chosen for each improvement, by the tag of its field.
type Chosen = RwSignal<BTreeMap<u16, Decision>>;

/// Shows the improvements for the practice that the address names.
#[component]
pub(crate) fn PracticeReview() -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => view! { <Reviewing record /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Says how many improvements there are.
pub(super) fn count_of(count: usize) -> Phrase {
    by_count(count, words::review::ONE, words::review::many)
}

#[component]
fn Reviewing(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    // Open, so that both sides stay in memory and are compared when they are left.
    let own = workspace.open(record);
    let review = RwSignal::new(None::<Option<Review>>);
    let chosen: Chosen = RwSignal::new(BTreeMap::new());
    let look = move || {
        spawn_local(async move {
            match workspace.review(record).await {
                Ok(found) => drop(review.try_set(Some(found))),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    Effect::new(move || {
        own.record.track();
        workspace.summaries.track();
        look();
    });
    use_page_title(move || tongue.say(words::review::TITLE).to_owned());
    let drawn = Memo::new(move |_| review.get());
    move || {
        let Some(found) = drawn.get() else {
            return view! { <div aria-busy="true"></div> }.into_any();
        };
        match found {
            None => view! { <Nowhere record own /> }.into_any(),
            Some(review) => view! { <Page record review chosen /> }.into_any(),
        }
    }
}

/// Says why nothing can be reviewed: the original is not open, or the copy is not here.
#[component]
fn Nowhere(record: RecordId, own: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let standing = use_standing(own);
    let back = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        view! { <a href=address::of(Kind::Practice, record, &title)>{title.clone()}</a> }
    };
    view! {
        <Show when=move || standing.get().is_some() fallback=|| view! { <Missing /> }>
            <h1>{tongue.word(words::review::TITLE)}</h1>
            <NotOpen standing />
            <p>{back}</p>
        </Show>
    }
}

#[component]
fn Page(record: RecordId, review: Review, chosen: Chosen) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let count = review.improvements.len();
    // What was decided about something that has changed since is asked again.
    let fields: Vec<u16> = review.improvements.iter().map(|it| it.improvement.field.tag).collect();
    chosen.update(|chosen| chosen.retain(|tag, _| fields.contains(tag)));
    let home = move || {
        let title = workspace.title_of(record).unwrap_or_default();
        (address::of(Kind::Practice, record, &title), title)
    };
    let original = review.original;
    let who = move || {
        let project = workspace.summaries.with(|all| all.get(original)?.project);
        project.and_then(|project| workspace.title_of(project)).unwrap_or_default()
    };
    let lead = move || match count {
        0 => tongue.say(words::review::NOTHING).to_owned(),
        _ => tongue.tell(&words::review::lead(who())),
    };
    let trail = move || {
        let (href, title) = home();
        view! { <a href=href>{title}</a> }
    };
    let total = count;
    let one = move |(place, proposed): (usize, Proposed)| {
        view! { <Section proposed original place total chosen /> }
    };
    let (seen, unchanged) = (review.seen.clone(), review.unchanged);
    let sections = review.improvements.clone().into_iter().enumerate().map(one).collect_view();
    let rest = (count > 0).then(|| {
        let rest = move || {
            tongue.tell(&by_count(
                unchanged,
                words::review::UNCHANGED_ONE,
                words::review::unchanged_many,
            ))
        };
        view! {
            <p class="muted same">{rest}</p>
            <Bar record seen total chosen />
        }
    });
    view! {
        <div class="review">
            <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
                <a href="/practices">{tongue.word(words::practice::ALL)}</a>
                <Icon name="caret-right" />
                {trail}
            </nav>
            <header class="head">
                <div>
                    <h1>{move || tongue.tell(&count_of(count))}</h1>
                    <p class="lead">{lead}</p>
                </div>
            </header>
            <Contents review=review.clone() chosen />
            {sections}
            {rest}
        </div>
    }
}

/// Leads to each improvement, with a tick on those that are decided.
#[component]
fn Contents(review: Review, chosen: Chosen) -> impl IntoView {
    let tongue = use_tongue();
    let one = move |proposed: &Proposed| {
        let field = proposed.improvement.field;
        let decided = move || chosen.with(|chosen| chosen.contains_key(&field.tag));
        view! {
            <li>
                <a href=format!("#h-{}", field.name) rel="external">
                    <Show when=decided>
                        <Icon name="check" />
                    </Show>
                    {tongue.word(field.label)}
                </a>
            </li>
        }
    };
    let all = review.improvements.iter().map(one).collect_view();
    (review.improvements.len() > 1).then(
        || view! { <ol class="mprog" aria-label=tongue.word(words::review::STEPS)>{all}</ol> },
    )
}
