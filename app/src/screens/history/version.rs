//! A version as it was, beside what differs from now, and the button that goes back to it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::history::{Difference, Version};

use super::compared::Compared;
use super::naming::Naming;
use super::undo::undo;
use super::{Page, step};
use crate::i18n::{by_count, use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::workspace::use_workspace;

/// What is shown of the version that is looked at.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    version: Version,
    is_newest: bool,
    sides: Vec<Difference>,
}

impl Look {
    /// Lists what differs from now.
    fn differing(&self) -> impl Iterator<Item = &Difference> {
        self.sides.iter().filter(|side| side.then != side.now)
    }
}

/// Draws the version that is looked at.
#[component]
pub(super) fn AsItWas(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let look = Memo::new(move |_| {
        page.session.record.track();
        let version = page.shown()?;
        let history = page.history.get()?;
        let sides = page.session.with_seen(|now| history.compare(&version, now))?;
        let is_newest = history.versions.last().is_some_and(|it| it.until == version.until);
        Some(Look { version, is_newest, sides })
    });
    let marked = RwSignal::new(true);
    let heading = NodeRef::<html::H2>::new();
    let title = move || {
        look.with(|look| {
            let version = &look.as_ref()?.version;
            let when = tongue.moment(version.at_ms);
            Some(format!("{} · {when}", step::called(tongue, workspace, page, version)))
        })
    };
    let may_go_back = Memo::new(move |_| {
        let differs = look.with(|look| {
            look.as_ref().is_some_and(|it| !it.is_newest && it.differing().next().is_some())
        });
        differs && !page.session.is_trashed()
    });
    let sides = move || {
        let marked = marked.get();
        let sides = look.with(|look| look.as_ref().map(|it| it.sides.clone())).unwrap_or_default();
        let sides = sides.into_iter().filter(|side| marked || !side.then.is_empty());
        sides.map(|side| view! { <Compared side marked /> }).collect_view()
    };
    view! {
        <section class="panel then" aria-labelledby="h-then">
            <h2 id="h-then" tabindex="-1" node_ref=heading>{title}</h2>
            <Differing look />
            <Show when=move || may_go_back.get()>
                <div class="acts">
                    <GoBack page look heading />
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || marked.get()
                            on:change=move |event| marked.set(event_target_checked(&event))
                        />
                        {tongue.word(words::history::MARKS)}
                    </label>
                </div>
                <Show when=move || marked.get()>
                    <p class="small muted">{tongue.word(words::history::LEGEND)}</p>
                </Show>
            </Show>
            <Naming page />
            {sides}
        </section>
    }
}

/// Says how much differs from now, with a link to each place.
#[component]
fn Differing(look: Memo<Option<Look>>) -> impl IntoView {
    let tongue = use_tongue();
    let said = move || {
        look.with(|look| {
            let look = look.as_ref()?;
            let count = look.differing().count();
            Some(match (look.is_newest, count) {
                (true, _) => tongue.say(words::history::NOW).to_owned(),
                (false, 0) => tongue.say(words::history::SAME).to_owned(),
                (false, _) => tongue.tell(&by_count(
                    count,
                    words::history::DIFFERS_ONE,
                    words::history::differs_many,
                )),
            })
        })
    };
    let places = move || {
        let fields: Vec<_> = look
            .with(|look| look.iter().flat_map(Look::differing).map(|side| side.field).collect());
        let link = |field: &'static talkoot_core::schema::Field| {
            let href = format!("#h-{}", field.name);
            view! { <li><a href=href rel="external">{tongue.word(field.label)}</a></li> }
        };
        let links = || fields.iter().map(|field| link(field)).collect_view();
        (fields.len() > 1).then(|| {
            view! {
                <ol class="mprog" aria-label=tongue.word(words::history::PLACES)>{links()}</ol>
            }
        })
    };
    view! {
        <p class="muted" role="status">{said}</p>
        {places}
    }
}

/// Makes the record say what it said in this version.
#[component]
fn GoBack(
    page: Page,
    look: Memo<Option<Look>>,
    /// Where the focus goes: the button is gone when there is nothing to go back to.
    heading: NodeRef<html::H2>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let restore = move |_| {
        let version = look.with_untracked(|look| look.as_ref().map(|it| it.version.clone()));
        let Some(version) = version.filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            match workspace.restore(page.record, &version.until).await {
                Ok(Some(span)) => {
                    let said = words::history::done(tongue.moment(version.at_ms));
                    toasts.say_undoable(
                        said,
                        undo(workspace, toasts, page.record, span, words::history::TAKEN_BACK),
                    );
                    page.chosen.try_set(None);
                    if let Some(heading) = heading.try_get_untracked().flatten() {
                        heading.focus().ok();
                    }
                }
                Ok(None) => toasts.say(words::history::SAME),
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="btn btn--primary" on:click=restore>
            <Icon name="arrow-u-up-left" />
            {tongue.word(words::history::RESTORE)}
        </button>
    }
}
