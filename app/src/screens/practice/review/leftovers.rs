//! What somebody wrote for a section that was settled meanwhile, until they leave it out.

use leptos::prelude::*;
use talkoot_core::adopt::Content;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::text::html;

use super::Page;
use crate::i18n::{use_tongue, words};

/// Lists what was written and belongs to no improvement any more.
#[component]
pub(super) fn Leftovers(page: Page) -> impl IntoView {
    move || {
        if page.merging.get() {
            return Vec::new();
        }
        let found = page.chosen.with(|all| {
            let written = all.iter().filter_map(|(tag, it)| Some((*tag, it.written.clone()?.said)));
            written.collect::<Vec<_>>()
        });
        let left = found.into_iter().filter(|(tag, _)| page.proposed(*tag).is_none());
        let fields =
            left.filter_map(|(tag, text)| Some((Kind::Practice.schema().field(tag)?, text)));
        fields.map(|(field, text)| view! { <Leftover page field text /> }).collect::<Vec<_>>()
    }
}

#[component]
fn Leftover(page: Page, field: &'static Field, text: Content) -> impl IntoView {
    let tongue = use_tongue();
    let (id, heading) = (format!("h-left-{}", field.name), format!("h-left-{}", field.name));
    let shown = match text {
        Content::Text(blocks) => {
            view! { <div class="prose" inner_html=html::html(&blocks)></div> }.into_any()
        }
        Content::One(value) => {
            let words = value.as_text().unwrap_or_default().to_owned();
            view! { <p class="lines">{words}</p> }.into_any()
        }
        Content::Members(_) | Content::Items(_) => ().into_any(),
    };
    let forget = move |_| page.choose(|all| drop(all.remove(&field.tag)));
    view! {
        <section class="mg" aria-labelledby=id>
            <div class="mg__h">
                <h2 id=heading>{tongue.word(field.label)}</h2>
            </div>
            <p class="muted">{tongue.word(words::review::SETTLED)}</p>
            {shown}
            <div class="acts">
                <button type="button" class="btn btn--quiet" on:click=forget>
                    {tongue.word(words::review::FORGET)}
                </button>
            </div>
        </section>
    }
}
