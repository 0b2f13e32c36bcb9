//! What people without an account said of a thing, below its text.

use leptos::prelude::*;
use talkoot_core::comment::{self, Comment};

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;

/// Lists the open comments that were published; nothing where there are none.
#[component]
pub(crate) fn OpenComments(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let comments = Memo::new(move |_| {
        session
            .record
            .with(|record| record.as_ref().map(|it| comment::comments(it)))
            .unwrap_or_default()
    });
    view! {
        <Show when=move || !comments.with(Vec::is_empty)>
            <section class="outside stack noprint" id="comments" aria-labelledby="h-comments">
                <h2 id="h-comments">{tongue.word(words::comments::OPEN)}</h2>
                {move || comments.get().into_iter().map(|it| view! { <Said comment=it /> }).collect_view()}
            </section>
        </Show>
    }
}

#[component]
fn Said(comment: Comment) -> impl IntoView {
    let tongue = use_tongue();
    let Comment { item, typed, written_ms, .. } = comment;
    let by = match typed.organisation.as_str() {
        "" => typed.name,
        organisation => format!("{}, {organisation}", typed.name),
    };
    let written = move || tongue.language().moment(written_ms);
    view! {
        <article id=format!("comment-{}", item.0)>
            <h3>{typed.subject}</h3>
            <p class="small muted">{by} " · " {written}</p>
            <p class="lines">{typed.words}</p>
        </article>
    }
}
