//! The screens that come with the second part of the program.
//!
//! The first part is small and starts fast: it opens what lies on the device and
//! draws home and the lists. The second part is fetched when the first one
//! stands, is kept by the service worker with the rest, and so is there with no
//! network too. What lies in which part, `cargo xtask bundle` finds out from
//! [`draw`]: whatever only it can reach is in the second.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::bin::Bin;
use super::document::{DocumentEdit, DocumentPage};
use super::first_run::FirstRun;
use super::organisation::OrganisationPage;
use super::practice::{PracticeEdit, PracticePage, PracticeReview};
use super::programme::{ProgrammeHome, ProgrammePage};
use super::project::ProjectPage;
use super::settings::Settings;
use super::sync_centre::SyncCentre;
use crate::i18n::{use_tongue, words};

/// A screen of the second part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Later {
    Bin,
    Document,
    DocumentEdit,
    Organisation,
    Practice,
    PracticeEdit,
    PracticeReview,
    Programme,
    ProgrammeHome,
    Project,
    Settings,
    SyncCentre,
    Welcome,
}

/// Where the drawing of a screen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawing {
    Coming,
    Drawn,
    /// The second part is neither kept here nor in reach.
    OutOfReach,
}

/// Draws a screen of the second part as soon as that is here.
#[component]
pub(crate) fn LaterScreen(screen: Later) -> impl IntoView {
    let drawn = StoredValue::new_local(None::<AnyView>);
    let drawing = RwSignal::new(Drawing::Coming);
    // A press of "try again" comes from outside: the screen belongs here all the same.
    let owner = StoredValue::new(Owner::current().map(|owner| owner.downgrade()));
    let begin = move || {
        let owner = owner.try_get_value().flatten().and_then(|owner| owner.upgrade());
        let Some(owner) = owner else { return };
        owner.with(|| {
            spawn_local_scoped(async move {
                let result = match draw(screen).await {
                    Ok(view) => {
                        drawn.try_update_value(|place| *place = Some(view));
                        Drawing::Drawn
                    }
                    Err(_) => Drawing::OutOfReach,
                };
                drawing.try_set(result);
            });
        });
    };
    begin();
    move || match drawing.get() {
        Drawing::Coming => view! { <Coming /> }.into_any(),
        Drawing::Drawn => drawn.try_update_value(Option::take).flatten().into_any(),
        Drawing::OutOfReach => view! { <OutOfReach again=begin /> }.into_any(),
    }
}

/// Says that the screen is on its way; shown only where that takes long enough to be seen.
#[component]
fn Coming() -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <div class="coming" aria-busy="true">
            <h1>{tongue.word(words::later::COMING)}</h1>
        </div>
    }
}

/// Says that a screen has not come to this device yet, and tries again.
#[component]
fn OutOfReach(again: impl Fn() + Copy + 'static) -> impl IntoView {
    let tongue = use_tongue();
    view! {
        <h1>{tongue.word(words::later::OUT_OF_REACH)}</h1>
        <p class="lead">{tongue.word(words::later::OUT_OF_REACH_TEXT)}</p>
        <button type="button" class="btn btn--primary" on:click=move |_| again()>
            {tongue.word(words::later::AGAIN)}
        </button>
    }
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
        Later::PracticeReview => view! { <PracticeReview /> }.into_any(),
        Later::Programme => view! { <ProgrammePage /> }.into_any(),
        Later::ProgrammeHome => view! { <ProgrammeHome /> }.into_any(),
        Later::Project => view! { <ProjectPage /> }.into_any(),
        Later::Settings => view! { <Settings /> }.into_any(),
        Later::SyncCentre => view! { <SyncCentre /> }.into_any(),
        Later::Welcome => view! { <FirstRun /> }.into_any(),
    })
}
