//! Short words about what was just done, with ten seconds to undo it.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::{Phrase, use_tongue, words};

/// How long an act can be undone from its toast (quality: for people).
const SHOWN: Duration = Duration::from_secs(10);

/// How a toast goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Undone,
    Left,
}

/// What is done when a toast goes. One for both endings: with one for each, the compiler sees that
/// the other has a single origin and binds its code to every toast, into the first part.
type End = Arc<dyn Fn(Ending) + Send + Sync>;

#[derive(Clone)]
struct Toast {
    number: u64,
    text: Phrase,
    /// Absent where there is nothing to undo.
    end: Option<End>,
}

/// The toasts that show now.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u64>,
}

/// Offers toasts to every component.
pub(crate) fn provide_toasts() -> Toasts {
    let toasts = Toasts { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// Gives the toasts of the app.
pub(crate) fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(provide_toasts)
}

impl Toasts {
    /// Says what was done.
    pub(crate) fn say(self, text: impl Into<Phrase>) {
        self.push(text.into(), None);
    }

    /// Says what was done and offers to undo it.
    pub(crate) fn say_undoable(
        self,
        text: impl Into<Phrase>,
        undo: impl Fn() + Send + Sync + 'static,
    ) {
        self.say_until(text, move |ending| {
            if ending == Ending::Undone {
                undo();
            }
        });
    }

    /// Says what was done, offers to undo it, and tells how that ended.
    pub(crate) fn say_until(
        self,
        text: impl Into<Phrase>,
        end: impl Fn(Ending) + Send + Sync + 'static,
    ) {
        self.push(text.into(), Some(Arc::new(end)));
    }

    fn push(self, text: Phrase, end: Option<End>) {
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.shown.update(|shown| shown.push(Toast { number, text, end }));
        self.forget_later(number);
    }

    fn forget_later(self, number: u64) {
        set_timeout(
            move || {
                // Somebody with the keyboard on the button needs no race.
                if focus_is_on(number) {
                    self.forget_later(number);
                } else if let Some(end) = self.forget(number).and_then(|toast| toast.end) {
                    end(Ending::Left);
                }
            },
            SHOWN,
        );
    }

    /// Takes a toast away, and gives it where it was still there.
    fn forget(self, number: u64) -> Option<Toast> {
        let taken = self.shown.try_update(|shown| {
            let place = shown.iter().position(|toast| toast.number == number)?;
            Some(shown.remove(place))
        });
        taken.flatten()
    }
}

fn focus_is_on(number: u64) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.id() == button_id(number))
}

fn button_id(number: u64) -> String {
    format!("undo-{number}")
}

/// Shows the toasts above everything else.
#[component]
pub(crate) fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let tongue = use_tongue();
    let toast = move |toast: Toast| {
        let Toast { number, text, end } = toast;
        let button = end.map(|end| {
            let act = move |_| {
                end(Ending::Undone);
                toasts.forget(number);
            };
            view! {
                <button type="button" id=button_id(number) on:click=act>
                    {tongue.word(words::act::UNDO)}
                </button>
            }
        });
        view! { <div class="toast">{move || tongue.tell(&text)} {button}</div> }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.number children=toast />
        </div>
    }
}
