//! The improvements of an original, for its copy's people to decide about, one by one.
//!
//! Nothing changes before it is confirmed, and nothing is chosen beforehand.

mod bar;
mod leftovers;
mod reason;
mod section;
mod sides;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use self::bar::Bar;
use self::leftovers::Leftovers;
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
use crate::workspace::{Choices, Proposed, Review, use_workspace};

/// What there is to decide about.
#[derive(Clone, Debug)]
enum Found {
    /// It is not worked out yet.
    NotYet,
    /// The original or the copy is not here, or not open.
    Nowhere,
    Here(Review),
}

/// The review as it is on the page, and what was chosen in it.
#[derive(Clone, Copy)]
struct Page {
    record: RecordId,
    found: RwSignal<Found>,
    chosen: RwSignal<Choices>,
    /// Counts how often what is chosen was changed here, so that the last one is kept.
    acts: RwSignal<u32>,
    /// Whether what is chosen is being carried out.
    merging: RwSignal<bool>,
}

impl Page {
    /// Reads something of the review.
    fn read<T>(self, read: impl FnOnce(&Review) -> T) -> Option<T> {
        self.found.with(|found| match found {
            Found::Here(review) => Some(read(review)),
            Found::NotYet | Found::Nowhere => None,
        })
    }

    /// Gives what is proposed for a field, for as long as it is.
    fn proposed(self, tag: u16) -> Option<Proposed> {
        let of = |review: &Review| {
            let mut all = review.improvements.iter();
            all.find(|it| it.improvement.field.tag == tag).cloned()
        };
        self.read(of).flatten()
    }

    fn count(self) -> usize {
        self.read(|review| review.improvements.len()).unwrap_or_default()
    }

    /// Counts the improvements for which something is chosen that holds.
    fn decided(self) -> usize {
        self.chosen
            .with(|chosen| {
                let is_decided = |it: &&Proposed| {
                    chosen.get(&it.improvement.field.tag).is_some_and(|it| it.way.is_some())
                };
                self.read(|review| review.improvements.iter().filter(is_decided).count())
            })
            .unwrap_or_default()
    }

    /// Changes what is chosen, and keeps it on the device.
    fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.chosen.update(change);
        self.acts.update(|acts| *acts = acts.wrapping_add(1));
    }

    /// Lists the fields of which something is proposed.
    fn fields(self) -> Vec<u16> {
        let of = |review: &Review| {
            review.improvements.iter().map(|it| it.improvement.field.tag).collect()
        };
        self.read(of).unwrap_or_default()
    }

    /// Forgets what was chosen for fields, once it is carried out. What was written for others is
    /// still there to be used.
    fn carried_out(self, fields: &[u16]) {
        self.choose(|all| all.retain(|tag, it| !fields.contains(tag) && it.written.is_some()));
    }

    /// Takes in what both say now. What was chosen about something that the original says
    /// otherwise since is asked again; what was written stays (rule G27).
    fn draw(self, found: Option<Review>) {
        let improvements = found.iter().flat_map(|it| &it.improvements);
        let lapsed = |chosen: &Choices, it: &&Proposed| {
            let choice = chosen.get(&it.improvement.field.tag);
            choice.is_some_and(|made| made.way.is_some() && !it.improvement.is_about(&made.on))
        };
        let tags: Vec<u16> = self.chosen.with_untracked(|chosen| {
            let all = improvements.filter(|it| lapsed(chosen, it));
            all.map(|it| it.improvement.field.tag).collect()
        });
        self.found.set(found.map_or(Found::Nowhere, Found::Here));
        if !tags.is_empty() {
            self.choose(|chosen| {
                for (_, choice) in chosen.iter_mut().filter(|(tag, _)| tags.contains(tag)) {
                    choice.way = None;
                }
            });
        }
    }
}

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
    let page = Page {
        record,
        found: RwSignal::new(Found::NotYet),
        chosen: RwSignal::new(Choices::new()),
        acts: RwSignal::new(0),
        merging: RwSignal::new(false),
    };
    let look = move || {
        spawn_local(async move {
            match workspace.review(record).await {
                Ok(found) if !page.found.is_disposed() => page.draw(found),
                Ok(_) => {}
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
        });
    };
    let is_read = RwSignal::new(false);
    spawn_local(async move {
        // Whoever cannot read what was chosen another day chooses again.
        let kept = workspace.choices(record).await.unwrap_or_default();
        page.chosen.try_set(kept);
        is_read.try_set(true);
    });
    Effect::new(move || {
        own.record.track();
        workspace.summaries.track();
        if is_read.get() {
            look();
        }
    });
    Effect::new(move || {
        if page.acts.get() > 0 {
            let keeping =
                page.chosen.with_untracked(|chosen| workspace.keep_choices(record, chosen));
            spawn_local(async move {
                if let Err(fault) = keeping.await {
                    toasts.say(fault_text::of_act(&fault));
                }
            });
        }
    });
    use_page_title(move || tongue.say(words::review::TITLE).to_owned());
    // Drawn anew only when it is another of the three: a page that is read stays where it is.
    let is_worked_out = Memo::new(move |_| page.found.with(|it| !matches!(it, Found::NotYet)));
    let is_here = Memo::new(move |_| page.read(|_| ()).is_some());
    move || match (is_worked_out.get(), is_here.get()) {
        (false, _) => view! { <div aria-busy="true"></div> }.into_any(),
        (true, false) => view! { <Nowhere record own /> }.into_any(),
        (true, true) => view! { <Drawn page /> }.into_any(),
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
fn Drawn(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let count = Memo::new(move |_| page.count());
    let home = move || {
        let title = workspace.title_of(page.record).unwrap_or_default();
        (address::of(Kind::Practice, page.record, &title), title)
    };
    let who = move || {
        let original = page.read(|review| review.original)?;
        let project = workspace.summaries.with(|all| all.get(original)?.project);
        project.and_then(|project| workspace.title_of(project))
    };
    let lead = move || match count.get() {
        0 => tongue.say(words::review::NOTHING).to_owned(),
        _ => tongue.tell(&words::review::lead(who().unwrap_or_default())),
    };
    let trail = move || {
        let (href, title) = home();
        view! { <a href=href>{title}</a> }
    };
    let fields = Memo::new(move |_| page.fields());
    let rest = move || {
        let unchanged = page.read(|review| review.unchanged).unwrap_or_default();
        let rest = by_count(unchanged, words::review::UNCHANGED_ONE, words::review::unchanged_many);
        tongue.tell(&rest)
    };
    view! {
        <div class="review">
            <nav class="crumbs" aria-label=tongue.word(words::nav::TRAIL)>
                <a href="/practices">{tongue.word(words::practice::ALL)}</a>
                <Icon name="caret-right" />
                {trail}
            </nav>
            <header class="head">
                <div>
                    <h1>{move || tongue.tell(&count_of(count.get()))}</h1>
                    <p class="lead">{lead}</p>
                </div>
            </header>
            <Contents page />
            <For each=move || fields.get() key=|tag| *tag let:tag>
                <Section page tag />
            </For>
            <Leftovers page />
            <Show when=move || count.get() != 0>
                <p class="muted same">{rest}</p>
                <Bar page />
            </Show>
        </div>
    }
}

/// Leads to each improvement, with a tick on those that are decided.
#[component]
fn Contents(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let one = move |proposed: &Proposed| {
        let field = proposed.improvement.field;
        let decided =
            move || page.chosen.with(|all| all.get(&field.tag).is_some_and(|it| it.way.is_some()));
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
    move || {
        let all = page.read(|review| review.improvements.iter().map(one).collect::<Vec<_>>());
        let all = all.filter(|all| all.len() > 1)?;
        let steps = tongue.word(words::review::STEPS);
        Some(view! { <ol class="mprog" aria-label=steps>{all}</ol> })
    }
}
