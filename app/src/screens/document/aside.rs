//! What stands beside a document's text: its contents, keywords and links.

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::record::FieldState;
use talkoot_core::schema::{Field, Kind, document_field};
use talkoot_core::value::Value;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::screens::talk::{Talk, TalkPiece};
use crate::ui::field::shown::{Shown, is_filled};
use crate::workspace::use_workspace;

/// Headings from this level on stay out of the contents.
const CONTENTS_LEVEL_MAX: u8 = 3;

/// Draws the column beside the text.
#[component]
pub(super) fn Aside(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let headings = Memo::new(move |_| {
        let headings = session.headings("body").into_iter();
        headings.filter(|it| it.level <= CONTENTS_LEVEL_MAX).collect::<Vec<_>>()
    });
    let changed = move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned())?;
        let when = tongue.moment(summary.modified.stamp.wall_ms);
        let who = workspace.name_of(summary.modified.author).unwrap_or_default();
        Some(tongue.tell(&words::document::changed(when, who)))
    };
    let heading = |it: talkoot_core::text::Heading| {
        view! {
            <li class=format!("toc--{}", it.level)>
                <a href=format!("#{}", it.id) rel="external">{it.text}</a>
            </li>
        }
    };
    view! {
        <aside class="stack" aria-label=tongue.word(words::document::ABOUT)>
            <Show when=move || { headings.with(Vec::len) > 1 }>
                <nav class="panel toc" aria-labelledby="h-toc">
                    <h2 id="h-toc">{tongue.word(words::document::CONTENTS)}</h2>
                    <ol class="toc__l">
                        {move || headings.get().into_iter().map(heading).collect_view()}
                    </ol>
                </nav>
            </Show>
            <Fact session tag=document_field::KEYWORDS />
            <Fact session tag=document_field::LINKS />
            <TalkPiece part=Talk::About(record, Kind::Document) />
            <p class="small muted">{changed}</p>
        </aside>
    }
}

/// Shows one field under its label, if it holds anything.
#[component]
fn Fact(session: RecordSession, tag: u16) -> impl IntoView {
    let tongue = use_tongue();
    let field: Option<&'static Field> = Kind::Document.schema().field(tag);
    field.map(|field| {
        let filled = Memo::new(move |_| is_filled(session, field));
        view! {
            <Show when=move || filled.get()>
                <section>
                    <h2 class="h3">{tongue.word(field.label)}</h2>
                    <Shown session field />
                </section>
            </Show>
        }
    })
}

/// Lists the texts of a set.
pub(super) fn members(session: RecordSession, tag: u16) -> Vec<String> {
    session.record.with(|record| {
        let state = record.as_ref().and_then(|record| record.field(tag));
        let members = state.into_iter().flat_map(FieldState::members);
        members.filter_map(Value::as_text).map(str::to_owned).collect()
    })
}

/// Gives the code that a field shows.
pub(super) fn code(session: RecordSession, tag: u16) -> Option<String> {
    session.record.with(|record| record.as_ref()?.field(tag)?.value()?.as_text().map(str::to_owned))
}
