//! The contents of a practice while it is written: how far each part is, and what is missing.

use leptos::prelude::*;
use talkoot_core::practice::Progress;
use talkoot_core::schema::Field;

use super::path;
use super::points::{anchor, filled_of, use_progress};
use super::sections::PARTS;
use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;

/// Draws the panel beside the form.
#[component]
pub(super) fn Contents(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let progress = use_progress(session);
    let words_of = move || {
        let Progress { filled, points, .. } = progress.get();
        tongue.tell(&filled_of(filled, points))
    };
    let part = move |part| view! { <PartLine part progress /> };
    let parts = path::parts().map(part).collect_view();
    view! {
        <aside class="margin pcontents" aria-labelledby="h-contents">
            <div class="panel stack stack--sm">
                <h2 class="h3" id="h-contents">{tongue.word(words::practice::CONTENTS)}</h2>
                <p class="points" role="status">{words_of}</p>
                <nav aria-labelledby="h-contents">
                    <ol class="toc__l">{parts}</ol>
                </nav>
                <MissingList progress />
            </div>
        </aside>
    }
}

/// Leads to a part and marks how many of its sections are filled in.
#[component]
fn PartLine(part: u8, progress: Memo<Progress>) -> impl IntoView {
    let tongue = use_tongue();
    let fields = path::sections(part);
    let count = fields.len();
    let filled = Memo::new(move |_| {
        let is_filled = |field: &&&Field| progress.with(|it| !it.missing.contains(&field.tag));
        fields.iter().filter(is_filled).count()
    });
    let bar = move |place| view! { <b class:on=move || place < filled.get()></b> };
    let bars = (0..count).map(bar).collect_view();
    let said = move || tongue.tell(&words::practice::sections_filled(filled.get(), count));
    view! {
        <li class="ptoc">
            <a href=format!("#part-{part}") rel="external">
                {move || tongue.code(PARTS, &part.to_string())}
            </a>
            <span class="mini">
                <i aria-hidden="true">{bars}</i>
                <span class="small muted">{said}</span>
            </span>
        </li>
    }
}

/// Lists what is missing, each with a link to its place.
#[component]
fn MissingList(progress: Memo<Progress>) -> impl IntoView {
    let tongue = use_tongue();
    let one = move |tag| {
        let field = path::field(tag)?;
        Some(view! {
            <li>
                <a href=format!("#{}", anchor(field)) rel="external">{tongue.word(field.label)}</a>
            </li>
        })
    };
    view! {
        <Show when=move || progress.with(|it| !it.missing.is_empty())>
            <section aria-labelledby="h-missing">
                <h3 class="small" id="h-missing">{tongue.word(words::practice::MISSING)}</h3>
                <ul class="toc__l missing">
                    {move || progress.get().missing.into_iter().map(one).collect_view()}
                </ul>
            </section>
        </Show>
    }
}
