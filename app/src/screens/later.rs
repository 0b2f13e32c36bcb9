//! The screens that come with the second part of the program.
//!
//! The first part is small and starts fast: it opens what lies on the device and
//! draws home and the lists. The second part is fetched when the first one
//! stands, is kept by the service worker with the rest, and so is there with no
//! network too. What lies in which part, `cargo xtask bundle` finds out from
//! [`draw`]: whatever only it can reach is in the second.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::bin::Bin;
use super::document::{DocumentEdit, DocumentPage};
use super::door::Door;
use super::first_run::FirstRun;
use super::organisation::OrganisationPage;
use super::practice::{PracticeEdit, PracticePage};
use super::programme::{ProgrammeHome, ProgrammePage};
use super::project::ProjectPage;
use super::settings::Settings;

/// A screen of the second part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Later {
    Bin,
    Document,
    DocumentEdit,
    Organisation,
    Practice,
    PracticeEdit,
    Programme,
    ProgrammeHome,
    Project,
    Settings,
    Welcome,
}

/// Draws a screen of the second part as soon as that is here.
#[component]
pub(crate) fn LaterScreen(screen: Later) -> impl IntoView {
    view! { <Door fetch=move || Box::pin(draw(screen)) /> }
}

/// Draws a screen: the door to the second part.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn draw(screen: Later) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Later::Bin => view! { <Bin /> }.into_any(),
        Later::Document => view! { <DocumentPage /> }.into_any(),
        Later::DocumentEdit => view! { <DocumentEdit /> }.into_any(),
        Later::Organisation => view! { <OrganisationPage /> }.into_any(),
        Later::Practice => view! { <PracticePage /> }.into_any(),
        Later::PracticeEdit => view! { <PracticeEdit /> }.into_any(),
        Later::Programme => view! { <ProgrammePage /> }.into_any(),
        Later::ProgrammeHome => view! { <ProgrammeHome /> }.into_any(),
        Later::Project => view! { <ProjectPage /> }.into_any(),
        Later::Settings => view! { <Settings /> }.into_any(),
        Later::Welcome => view! { <FirstRun /> }.into_any(),
    })
}
