//! A door to another part of the program: what is behind it is fetched when it is needed.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::wasm_split::SplitLoaderError;

use crate::i18n::{use_tongue, words};

/// Where the drawing of a screen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawing {
    Coming,
    Drawn,
    /// The part is neither kept here nor in reach.
    OutOfReach,
}

/// Draws what another part of the program draws, as soon as that part is here.
#[component]
pub(crate) fn Door(
    /// Fetches the part and draws.
    fetch: impl Fn() -> Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>
    + Copy
    + Send
    + Sync
    + 'static,
    /// Shows nothing while it comes or where it is out of reach: the page goes on without.
    #[prop(default = false)]
    quiet: bool,
) -> impl IntoView {
    let drawn = StoredValue::new_local(None::<AnyView>);
    let drawing = RwSignal::new(Drawing::Coming);
    // A press of "try again" comes from outside: the screen belongs here all the same.
    let owner = StoredValue::new(Owner::current().map(|owner| owner.downgrade()));
    let begin = move || {
        let owner = owner.try_get_value().flatten().and_then(|owner| owner.upgrade());
        let Some(owner) = owner else { return };
        owner.with(|| {
            spawn_local_scoped(async move {
                let result = match fetch().await {
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
        Drawing::Coming | Drawing::OutOfReach if quiet => ().into_any(),
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
