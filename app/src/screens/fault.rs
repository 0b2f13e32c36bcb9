//! The screen of a device that cannot store: what happened, what is safe, what to do.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::download::save_text;
use crate::i18n::{use_tongue, words};
use crate::ui::fault_text;
use crate::ui::icon::Drawing;
use crate::ui::page::use_page_title;
use crate::ui::toast::use_toasts;
use crate::workspace::{LocalFault, use_workspace};

/// The name of the file that carries what was not sent.
const FILE_NAME: &str = "talkoot.txt";

/// Explains a fault of this device's storage.
#[component]
pub(crate) fn Fault(fault: LocalFault) -> impl IntoView {
    let tongue = use_tongue();
    let (title, text) = (fault_text::title_of(&fault), fault_text::text_of(&fault));
    use_page_title(move || tongue.say(title).to_owned());
    let reload = move |_| {
        // A page that cannot reload has nothing better to offer either.
        window().location().reload().ok();
    };
    view! {
        <main class="first__m" id=crate::ui::shell::MAIN_ID>
            <p class="brand">
                <Drawing name="logo" />
                "Talkoot"
            </p>
            <div class="panel stack stack--sm" role="alert">
                <h1 class="h2">{tongue.word(title)}</h1>
                <p>{tongue.word(text)}</p>
                <div class="acts">
                    <button type="button" class="btn btn--primary" on:click=reload>
                        {tongue.word(words::fault::AGAIN)}
                    </button>
                    <Rescue fault />
                </div>
            </div>
        </main>
    }
}

/// Saves what was not sent, and begins anew where the stored copy is damaged.
#[component]
fn Rescue(fault: LocalFault) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    match fault {
        LocalFault::Full => {
            let save = move |_| {
                spawn_local(async move {
                    if let Err(fault) = workspace.export_unsent().await {
                        toasts.say(fault_text::of_act(&fault));
                    }
                });
            };
            view! {
                <button type="button" class="btn btn--soft" on:click=save>
                    {tongue.word(words::fault::SAVE_UNSENT)}
                </button>
            }
            .into_any()
        }
        LocalFault::Damaged { exported } => {
            let save = exported.map(|text| {
                let save = move |_| {
                    if !save_text(FILE_NAME, &text) {
                        toasts.say(words::fault::ACT);
                    }
                };
                view! {
                    <button type="button" class="btn btn--soft" on:click=save>
                        {tongue.word(words::fault::SAVE_UNSENT)}
                    </button>
                }
            });
            let rebuild = move |_| {
                spawn_local(async move {
                    if let Err(fault) = workspace.rebuild().await {
                        toasts.say(fault_text::of_act(&fault));
                    }
                });
            };
            view! {
                {save}
                <button type="button" class="btn btn--line" on:click=rebuild>
                    {tongue.word(words::fault::REBUILD)}
                </button>
            }
            .into_any()
        }
        LocalFault::Blocked | LocalFault::Newer | LocalFault::Denied | LocalFault::Failed => {
            ().into_any()
        }
    }
}
