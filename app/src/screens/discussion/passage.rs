//! The passage of a text that a discussion is about, with what is suggested for it.

use leptos::prelude::*;
use talkoot_core::thread::Thread;

use super::page::Page;
use crate::address;
use crate::i18n::{use_tongue, words};
use crate::screens::discussions::row::in_margin;
use crate::workspace::use_workspace;

/// What is drawn of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawn {
    quote: String,
    wanted: Option<String>,
}

/// Draws it, where the discussion stands in the margin of a text, and leads there.
#[component]
pub(super) fn AboutPassage(page: Page) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let drawn = Memo::new(move |_| {
        page.session().record.with(|record| {
            let margin = Thread::of(record.as_ref()?)?.margin?;
            let wanted = margin.suggestion.map(|it| it.words.to_owned());
            Some(Drawn { quote: margin.quote.to_owned(), wanted })
        })
    });
    let standing = move || {
        let summary = workspace.summaries.with(|all| all.get(page.id).cloned())?;
        let parts = in_margin(tongue, summary.thread.as_ref()?.margin?);
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    let text = move || {
        let about = page.talk().with(|talk| talk.as_ref().and_then(|talk| talk.about))?;
        let text = workspace.summaries.with(|all| all.get(about).cloned())?;
        Some(address::of_editing(text.kind, about, &text.title))
    };
    let draw = move |Drawn { quote, wanted }: Drawn| {
        let suggested = wanted.map(|wanted| {
            view! {
                <p class="lines">
                    <span class="vh">{tongue.word(words::margin::WANTED)} ": "</span>
                    <ins>{wanted}</ins>
                </p>
            }
        });
        view! {
            <div class="stack stack--sm">
                <p class="small muted">{standing}</p>
                <blockquote class="quote">
                    <p class="lines">{quote}</p>
                    {suggested}
                </blockquote>
                {move || text().map(|href| view! { <a href=href>{tongue.word(words::margin::IN_TEXT)}</a> })}
            </div>
        }
    };
    move || drawn.get().map(draw)
}
