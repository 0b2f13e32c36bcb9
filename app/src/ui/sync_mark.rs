//! The sync language: a shape, a word and, where useful, a count. Colour is never alone.

use leptos::prelude::*;

use crate::i18n::{Phrase, Word, by_count, use_tongue, words};
use crate::workspace::RecordSync;

/// What the marks can say, in the order of what matters most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Attention,
    Syncing,
    Waiting(usize),
    Device,
    Synced,
}

impl Mark {
    /// The name that classes and symbols share.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Syncing => "syncing",
            Self::Waiting(_) => "waiting",
            Self::Device => "device",
            Self::Synced => "synced",
        }
    }

    /// The words of the state; tests and people know them by heart.
    pub(crate) fn phrase(self) -> Phrase {
        let word: Word = match self {
            Self::Attention => words::sync::ATTENTION,
            Self::Syncing => words::sync::SYNCING,
            Self::Waiting(count) => {
                return by_count(count, words::sync::WAITING_ONE, words::sync::waiting_many);
            }
            Self::Device => words::sync::DEVICE,
            Self::Synced => words::sync::SYNCED,
        };
        word.into()
    }
}

impl From<RecordSync> for Mark {
    fn from(state: RecordSync) -> Self {
        match state {
            RecordSync::NeedsChoice => Self::Attention,
            RecordSync::Waiting(count) => Self::Waiting(count),
            RecordSync::OnlyOnThisDevice => Self::Device,
            RecordSync::GivingBack => Self::Syncing,
            RecordSync::Synced | RecordSync::Newer => Self::Synced,
        }
    }
}

/// Draws the shape alone.
#[component]
pub(crate) fn Shape(
    #[prop(into)] mark: Signal<Mark>,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=move || format!("sg sg--{} {class}", mark.get().name()) aria-hidden="true">
            <use_ href=move || format!("#sync-{}", mark.get().name())></use_>
        </svg>
    }
}

/// Says the state of one thing; a synced one in a list shows its tick only.
#[component]
pub(crate) fn SyncMark(
    #[prop(into)] mark: Signal<Mark>,
    /// Whether the words of a synced state are for the ear only.
    #[prop(default = true)]
    quiet: bool,
) -> impl IntoView {
    let tongue = use_tongue();
    let hush = move || quiet && mark.get() == Mark::Synced;
    let class = move || {
        let quiet = if hush() { " sync--quiet" } else { "" };
        format!("sync sync--{}{quiet}", mark.get().name())
    };
    view! {
        <span class=class>
            <svg aria-hidden="true">
                <use_ href=move || format!("#sync-{}", mark.get().name())></use_>
            </svg>
            <span class:vh=hush>{move || tongue.tell(&mark.get().phrase())}</span>
        </span>
    }
}
