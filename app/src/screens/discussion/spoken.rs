//! Draws what somebody said: paragraphs, links that say where they lead, names.

use leptos::prelude::*;
use talkoot_core::change::discuss::{Mentioned, Words};
use talkoot_core::id::{AccountId, RecordId};

use super::pieces::{Line, Paragraph, Piece, paragraphs};
use crate::address;
use crate::ui::icon::Icon;
use crate::ui::record_row::icon;
use crate::workspace::use_workspace;

/// Draws words.
#[component]
pub(crate) fn Spoken(words: Words) -> impl IntoView {
    paragraphs(&words).into_iter().map(paragraph).collect_view()
}

fn paragraph(lines: Paragraph) -> impl IntoView {
    let line = |(place, line): (usize, Line)| {
        let pieces = line.into_iter().map(|piece| view! { <Drawn piece /> }).collect_view();
        view! {
            {(place > 0).then(|| view! { <br /> })}
            {pieces}
        }
    };
    view! { <p class="words">{lines.into_iter().enumerate().map(line).collect_view()}</p> }
}

#[component]
fn Drawn(piece: Piece) -> impl IntoView {
    match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link(address) => view! { <Link address /> }.into_any(),
        Piece::Name { text, of: Mentioned::Account(account) } => {
            view! { <Person account text /> }.into_any()
        }
        Piece::Name { text, of: Mentioned::Record(record) } => {
            view! { <Thing record text /> }.into_any()
        }
    }
}

/// Leads to an address: a thing of this workspace by its name, anything else as it was written.
#[component]
fn Link(address: String) -> impl IntoView {
    let own = own_record(&address);
    match own {
        Some(record) => view! { <Thing record text=address /> }.into_any(),
        None => {
            let href = address.clone();
            view! { <a href=href target="_blank" rel="noopener noreferrer nofollow">{address}</a> }
                .into_any()
        }
    }
}

/// Reads which thing of this workspace an address leads to.
fn own_record(address: &str) -> Option<RecordId> {
    let origin = window().location().origin().ok()?;
    let path = address.strip_prefix(&origin)?;
    let mut parts = path.split(['?', '#']).next()?.split('/').skip(2);
    let record = address::record_of(parts.next()?)?;
    parts.next().is_none().then_some(record)
}

/// Names a person; oneself so that one finds it.
#[component]
fn Person(account: AccountId, text: String) -> impl IntoView {
    let workspace = use_workspace();
    let class = move || if workspace.is_me(account) { "me-at" } else { "at" };
    view! { <span class=class>{text}</span> }
}

/// Leads to a thing under the name that it has now; where it is not here, as it was written.
#[component]
fn Thing(record: RecordId, text: String) -> impl IntoView {
    let workspace = use_workspace();
    move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        match summary.filter(|summary| !summary.title.is_empty()) {
            Some(summary) => {
                let href = address::of(summary.kind, record, &summary.title);
                view! {
                    <a class="thing" href=href lang=summary.language.clone()>
                        <Icon name=icon(summary.kind) />
                        {summary.title.clone()}
                    </a>
                }
                .into_any()
            }
            None => view! { <span>{text.clone()}</span> }.into_any(),
        }
    }
}
