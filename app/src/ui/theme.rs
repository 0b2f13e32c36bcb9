//! Light, dark or as the system says.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n::{Word, use_tongue, words};

/// Where the choice is kept; the script before the first paint reads it too.
const STORAGE_KEY: &str = "theme";

/// How the app looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of `data-theme`; the system needs none.
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The name that people see.
    pub(crate) fn word(self) -> Word {
        match self {
            Self::System => words::theme::SYSTEM,
            Self::Light => words::theme::LIGHT,
            Self::Dark => words::theme::DARK,
        }
    }
}

/// The theme that is chosen.
#[derive(Clone, Copy)]
pub(crate) struct Themes(RwSignal<Theme>);

/// Reads the choice and offers it to every component.
pub(crate) fn provide_themes() -> Themes {
    let kept = window().local_storage().ok().flatten();
    let kept = kept.and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    let theme = Theme::ALL.into_iter().find(|theme| theme.attribute() == kept.as_deref());
    let themes = Themes(RwSignal::new(theme.unwrap_or(Theme::System)));
    provide_context(themes);
    themes
}

/// Gives the theme of the app.
pub(crate) fn use_themes() -> Themes {
    use_context().unwrap_or_else(provide_themes)
}

impl Themes {
    /// Gives the theme and follows its changes.
    pub(crate) fn get(self) -> Theme {
        self.0.get()
    }

    /// Looks like this from now on.
    pub(crate) fn choose(self, theme: Theme) {
        self.0.set(theme);
        let Some(page) = document().document_element() else { return };
        let storage = window().local_storage().ok().flatten();
        // Without storage the choice holds until the page closes.
        if let Some(name) = theme.attribute() {
            page.set_attribute("data-theme", name).ok();
            storage.map(|storage| storage.set_item(STORAGE_KEY, name).ok());
        } else {
            page.remove_attribute("data-theme").ok();
            storage.map(|storage| storage.remove_item(STORAGE_KEY).ok());
        }
    }
}

/// Changes between light and dark, whatever shows now.
#[component]
pub(crate) fn ThemeToggle() -> impl IntoView {
    let tongue = use_tongue();
    let themes = use_themes();
    let toggle = move |_| themes.choose(if is_dark() { Theme::Light } else { Theme::Dark });
    view! {
        <button type="button" class="ib" aria-label=tongue.word(words::theme::TOGGLE) on:click=toggle>
            <Icon name="moon" />
        </button>
    }
}

fn is_dark() -> bool {
    let page = document().document_element();
    if let Some(theme) = page.and_then(|page| page.get_attribute("data-theme")) {
        return theme == "dark";
    }
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    query.is_some_and(|query| query.matches())
}
