//! The places of the app: which there are, which is current.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::icon::Icon;
use crate::i18n::{Word, by_count, use_tongue, words};
use crate::screens::talk::{Talk, TalkPiece};
use crate::workspace::use_workspace;

/// A place that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Inbox,
    Documents,
    Practices,
    Discussions,
    Projects,
    Programme,
    Sync,
}

impl Place {
    /// All of them, in the order of the sidebar.
    pub(crate) const ALL: [Self; 8] = [
        Self::Home,
        Self::Inbox,
        Self::Documents,
        Self::Practices,
        Self::Discussions,
        Self::Projects,
        Self::Programme,
        Self::Sync,
    ];

    /// Those of the tab bar; the bar above it leads to the inbox and the sync centre, the
    /// programme to its projects.
    pub(crate) const TABS: [Self; 5] =
        [Self::Home, Self::Documents, Self::Practices, Self::Discussions, Self::Programme];

    fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Inbox => "/inbox",
            Self::Documents => "/documents",
            Self::Practices => "/practices",
            Self::Discussions => "/discussions",
            Self::Projects => "/projects",
            Self::Programme => "/programme",
            Self::Sync => "/sync",
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Home => words::nav::HOME,
            Self::Inbox => words::nav::INBOX,
            Self::Documents => words::nav::DOCUMENTS,
            Self::Practices => words::nav::PRACTICES,
            Self::Discussions => words::nav::DISCUSSIONS,
            Self::Projects => words::nav::PROJECTS,
            Self::Programme => words::nav::PROGRAMME,
            Self::Sync => words::nav::SYNC,
        }
    }

    /// The word where there is little room.
    fn short_word(self) -> Word {
        match self {
            Self::Practices => words::practices::SHORT,
            Self::Home
            | Self::Inbox
            | Self::Documents
            | Self::Discussions
            | Self::Projects
            | Self::Programme
            | Self::Sync => self.word(),
        }
    }

    /// The icon; the current place has a filled one where the set has it.
    fn icon(self, current: bool) -> &'static str {
        match (self, current) {
            (Self::Home, true) => "house-fill",
            (Self::Home, false) => "house",
            (Self::Inbox, _) => "tray",
            (Self::Documents, true) => "file-text-fill",
            (Self::Documents, false) => "file-text",
            (Self::Practices, true) => "plant-fill",
            (Self::Practices, false) => "plant",
            (Self::Discussions, true) => "chats-circle-fill",
            (Self::Discussions, false) => "chats-circle",
            (Self::Projects, _) => "users-three",
            (Self::Programme, true) => "map-trifold-fill",
            (Self::Programme, false) => "map-trifold",
            (Self::Sync, _) => "arrows-clockwise",
        }
    }

    /// Finds the place that a path belongs to.
    fn of_path(path: &str) -> Option<Self> {
        let first = path.trim_matches('/').split('/').next().unwrap_or_default();
        match first {
            "" => Some(Self::Home),
            "inbox" => Some(Self::Inbox),
            "documents" => Some(Self::Documents),
            "practices" => Some(Self::Practices),
            "discussions" => Some(Self::Discussions),
            "projects" => Some(Self::Projects),
            "programme" | "programmes" | "organisations" => Some(Self::Programme),
            "sync" => Some(Self::Sync),
            _ => None,
        }
    }
}

/// Draws the link to a place.
#[component]
pub(crate) fn PlaceLink(
    place: Place,
    /// Whether there is little room.
    #[prop(default = false)]
    short: bool,
) -> impl IntoView {
    let word = if short { place.short_word() } else { place.word() };
    let tongue = use_tongue();
    let path = use_location().pathname;
    let current = Memo::new(move |_| path.with(|path| Place::of_path(path)) == Some(place));
    view! {
        <a href=place.path() aria-current=move || current.get().then_some("page")>
            <Icon name=Signal::derive(move || place.icon(current.get())) />
            {tongue.word(word)}
            {(place == Place::Inbox).then(|| view! { <TalkPiece part=Talk::InboxCount /> })}
        </a>
    }
}

/// Leads to the open comments that wait, while any do.
#[component]
pub(crate) fn HeldLink() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let path = use_location().pathname;
    let current = Memo::new(move |_| path.get() == "/comments");
    let count = Memo::new(move |_| workspace.held_count());
    let named = move || match count.get() {
        0 => tongue.say(words::comments::TITLE).to_owned(),
        count => {
            tongue.tell(&by_count(count, words::comments::WAIT_ONE, words::comments::wait_many))
        }
    };
    view! {
        <Show when=move || count.get() != 0 || current.get()>
            <a href="/comments" aria-current=move || current.get().then_some("page")>
                <Icon name="chat-text" />
                {named}
            </a>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_every_path_below_a_place_belongs_to_it() {
        let table = [
            ("/", Some(Place::Home)),
            ("/documents/0abc-x/edit", Some(Place::Documents)),
            ("/programmes/0abc", Some(Place::Programme)),
            ("/practices", Some(Place::Practices)),
            ("/discussions/0abc-x", Some(Place::Discussions)),
            ("/inbox", Some(Place::Inbox)),
            ("/bin", None),
        ];
        for (path, expected) in table {
            assert_eq!(Place::of_path(path), expected, "{path}");
        }
    }
}
