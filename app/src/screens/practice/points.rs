//! How complete a practice is, in words, and the marks of what is not ready.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::practice::Progress;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::summary::Summary;

use crate::i18n::{Phrase, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::field::shown::is_filled;
use crate::workspace::use_workspace;

/// What a practice is not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unready {
    Draft,
    /// Published with points that are empty.
    Unfinished {
        filled: u8,
        points: u8,
    },
}

/// Says how many of the points are filled in.
pub(super) fn filled_of(filled: u8, points: u8) -> Phrase {
    if filled == 1 {
        words::practice::points_one(points)
    } else {
        words::practice::points_many(filled, points)
    }
}

/// Draws the mark of a draft, or of a practice that was published unfinished.
#[component]
pub(super) fn ReadyMark(record: RecordId) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let unready = move || workspace.summaries.with(|all| unready(all.get(record)?));
    move || {
        let text = match unready()? {
            Unready::Draft => tongue.say(words::record::DRAFT).to_owned(),
            Unready::Unfinished { filled, points } => {
                let points = tongue.tell(&filled_of(filled, points));
                tongue.tell(&words::practice::unfinished(points))
            }
        };
        Some(view! { <span class="tagmark">{text}</span> })
    }
}

fn unready(summary: &Summary) -> Option<Unready> {
    if !summary.published {
        return Some(Unready::Draft);
    }
    let practice = summary.practice.as_ref()?;
    let (filled, points) = (practice.filled, practice.points);
    (filled < points).then_some(Unready::Unfinished { filled, points })
}

/// Follows how far the description has come.
pub(super) fn use_progress(session: RecordSession) -> Memo<Progress> {
    Memo::new(move |_| {
        let nothing = || Progress { filled: 0, points: 0, missing: Vec::new() };
        session.progress().unwrap_or_else(nothing)
    })
}

/// Gives the place on the writing page where a field is filled in.
pub(super) fn anchor(field: &Field) -> String {
    format!("section-{}", field.name)
}

/// Reminds of what is missing before publishing; it blocks nothing.
#[component]
pub(super) fn Reminder(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let missing = Memo::new(move |_| {
        let fields = Kind::Practice.schema().fields.iter();
        let missing = fields.filter(|it| it.required && !is_filled(session, it));
        missing.map(|field| tongue.say(field.label)).collect::<Vec<_>>().join(", ")
    });
    let is_draft = Memo::new(move |_| {
        session.record.with(|record| record.as_ref().is_some_and(|record| !record.is_published()))
    });
    let may = Memo::new(move |_| session.may(Deal::Publish));
    view! {
        <Show when=move || may.get() && is_draft.get() && !missing.with(String::is_empty)>
            <p class="small muted reminder">
                {move || tongue.tell(&words::practice::before_publishing(missing.get()))}
            </p>
        </Show>
    }
}
