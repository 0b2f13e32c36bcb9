//! The root: what every component shares, the door, and which address shows which screen.

#![expect(
    unreachable_pub,
    reason = "the component macro makes a `pub` function of every component, whatever it says"
)]

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::i18n::provide_tongue;
use crate::screens::documents::Documents;
use crate::screens::fault::Fault;
use crate::screens::home::Home;
use crate::screens::inbox::shared::provide_inbox;
use crate::screens::later::{Later, LaterScreen};
use crate::screens::not_found::NotFound;
use crate::screens::practices::Practices;
use crate::screens::projects::Projects;
use crate::screens::seldom::{Seldom, SeldomScreen};
use crate::screens::sign_in::SignIn;
use crate::screens::talk::{Talk, TalkScreen};
use crate::ui::shell::Shell;
use crate::ui::theme::provide_themes;
use crate::ui::toast::{ToastRegion, provide_toasts};
use crate::workspace::{LocalFault, Phase, provide_workspace, use_workspace};

/// Starts the app.
#[component]
pub(crate) fn App() -> impl IntoView {
    provide_tongue();
    provide_themes();
    provide_toasts();
    let workspace = provide_workspace();
    spawn_local(workspace.start());
    view! {
        <Router>
            <Door />
        </Router>
        <ToastRegion />
    }
}

/// What stands before a person.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing to show yet: what is stored opens within a moment.
    Opening,
    AtTheDoor,
    Inside,
    Unable(LocalFault),
}

/// Lets in whoever may come in.
#[component]
fn Door() -> impl IntoView {
    let workspace = use_workspace();
    let path = use_location().pathname;
    let standing = Memo::new(move |_| match workspace.phase.get() {
        Phase::Starting => Standing::Opening,
        Phase::SignedOut { .. } => Standing::AtTheDoor,
        Phase::Ready if path.get() == "/sign-in" => Standing::AtTheDoor,
        Phase::Ready => Standing::Inside,
        Phase::Failed(fault) => Standing::Unable(fault),
    });
    move || match standing.get() {
        Standing::Opening => view! { <main aria-busy="true"></main> }.into_any(),
        Standing::AtTheDoor => view! { <SignIn /> }.into_any(),
        Standing::Inside => {
            provide_inbox();
            view! {
                <Shell>
                    <Screens />
                </Shell>
            }
            .into_any()
        }
        Standing::Unable(fault) => view! { <Fault fault /> }.into_any(),
    }
}

/// Gives a screen that comes with the second part of the program.
fn later(screen: Later) -> impl Fn() -> AnyView + Clone {
    move || view! { <LaterScreen screen /> }.into_any()
}

/// Shows the screen of the address.
#[component]
fn Screens() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/") view=Home />
            <Route path=path!("/welcome") view=later(Later::Welcome) />
            <Route path=path!("/documents") view=Documents />
            <Route path=path!("/documents/:address") view=later(Later::Document) />
            <Route path=path!("/documents/:address/edit") view=later(Later::DocumentEdit) />
            <Route
                path=path!("/documents/:address/history")
                view=|| view! { <SeldomScreen part=Seldom::DocumentHistory /> }
            />
            <Route path=path!("/practices") view=Practices />
            <Route path=path!("/practices/:address") view=later(Later::Practice) />
            <Route path=path!("/practices/:address/edit") view=later(Later::PracticeEdit) />
            <Route
                path=path!("/practices/:address/improvements")
                view=|| view! { <SeldomScreen part=Seldom::PracticeReview /> }
            />
            <Route
                path=path!("/practices/:address/history")
                view=|| view! { <SeldomScreen part=Seldom::PracticeHistory /> }
            />
            <Route
                path=path!("/inbox")
                view=|| view! { <TalkScreen part=Talk::Inbox /> }
            />
            <Route
                path=path!("/discussions")
                view=|| view! { <TalkScreen part=Talk::List /> }
            />
            <Route
                path=path!("/discussions/:address")
                view=|| view! { <TalkScreen part=Talk::Thread /> }
            />
            <Route path=path!("/projects") view=Projects />
            <Route path=path!("/projects/:address") view=later(Later::Project) />
            <Route path=path!("/programme") view=later(Later::ProgrammeHome) />
            <Route path=path!("/programmes/:address") view=later(Later::Programme) />
            <Route path=path!("/organisations/:address") view=later(Later::Organisation) />
            <Route path=path!("/sync") view=|| view! { <SeldomScreen part=Seldom::SyncCentre /> } />
            <Route path=path!("/bin") view=later(Later::Bin) />
            <Route path=path!("/comments") view=|| view! { <SeldomScreen part=Seldom::Comments /> } />
            <Route path=path!("/settings") view=later(Later::Settings) />
        </FlatRoutes>
    }
}
