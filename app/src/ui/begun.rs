//! A form that keeps what is typed in it, and shows it again on return (rule P79).

use std::sync::Arc;

use leptos::prelude::*;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::value::Value;

use super::icon::Icon;
use super::toast::{Toasts, use_toasts};
use crate::i18n::{use_tongue, words};
use crate::local::{Begun, Unfinished};
use crate::workspace::use_workspace;

/// A form of a record, with what was begun in it.
#[derive(Clone, Copy)]
pub(crate) struct BegunForm {
    place: StoredValue<Option<Unfinished>>,
    /// What was begun when the form was opened.
    found: RwSignal<Option<Begun>>,
    /// The writes that its person saw.
    seen: StoredValue<Vec<ChangeId>>,
    /// Shows in the form what was thrown away and is taken back.
    on_back: StoredValue<Option<Fill>>,
    toasts: Toasts,
}

type Fill = Arc<dyn Fn(&Value) + Send + Sync>;

impl BegunForm {
    /// Opens the form of this name; `seen`: the writes that its person sees now.
    pub(crate) fn open(record: RecordId, form: &str, seen: Vec<ChangeId>) -> Self {
        let account = use_workspace().me.with_untracked(|me| me.as_ref().map(|me| me.account));
        let place = account.map(|account| Unfinished::new(account, record, form));
        let found = place.as_ref().and_then(Unfinished::read);
        let seen = found.as_ref().map_or(seen, |found| found.seen.clone());
        Self {
            place: StoredValue::new(place),
            found: RwSignal::new(found),
            seen: StoredValue::new(seen),
            on_back: StoredValue::new(None),
            toasts: use_toasts(),
        }
    }

    /// Gives what was begun before.
    pub(crate) fn left(self) -> Option<Value> {
        self.found.with_untracked(|found| found.as_ref().map(|found| found.value.clone()))
    }

    /// Gives what was begun before, where that is a text.
    pub(crate) fn left_text(self) -> String {
        self.left().and_then(|left| left.as_text().map(str::to_owned)).unwrap_or_default()
    }

    /// Gives the writes that were seen when it was begun.
    pub(crate) fn seen(self) -> Vec<ChangeId> {
        self.seen.get_value()
    }

    /// Lets a form that stays open after it was emptied show what is taken back: else it is kept
    /// unseen, and the next key writes over it.
    pub(crate) fn on_back(self, fill: impl Fn(&Value) + Send + Sync + 'static) {
        self.on_back.set_value(Some(Arc::new(fill)));
    }

    /// Keeps what stands in the form; nothing at all is no form.
    pub(crate) fn keep(self, value: Value) {
        self.place.with_value(|place| {
            let Some(place) = place else { return };
            if value == Value::Empty {
                place.clear();
            } else {
                place.keep(&Begun { value, seen: self.seen.get_value() });
            }
        });
    }

    /// Keeps a text that stands in the form.
    pub(crate) fn keep_text(self, text: &str) {
        self.keep(Value::text(text));
    }

    /// Works with the place where the form lies.
    pub(crate) fn with_place<T>(self, work: impl FnOnce(&Unfinished) -> T) -> Option<T> {
        self.place.with_value(|place| place.as_ref().map(work))
    }

    /// Gives what forgets the form once it is stored what stands in it now.
    pub(crate) fn done(self) -> impl FnOnce() + 'static {
        let kept = self.with_place(|place| place.read().map(|begun| (place.clone(), begun)));
        move || kept.flatten().iter().for_each(|(place, begun)| place.forget(begun))
    }

    /// Forgets the form because its person says so, and offers to have it back.
    pub(crate) fn give_up(self) {
        self.found.set(None);
        let kept = self.with_place(|place| {
            let begun = (place.read()?, place.base());
            place.clear();
            Some((place.clone(), begun))
        });
        let Some((place, (begun, base))) = kept.flatten() else { return };
        self.offer_back(place, begun, base);
    }

    /// Offers to have a form back; what was begun in its place meanwhile is offered in its turn.
    fn offer_back(self, place: Unfinished, begun: Begun, base: Option<Vec<u8>>) {
        self.toasts.say_undoable(words::begun::GIVEN_UP, move || {
            let meanwhile = place.read().map(|begun| (begun, place.base()));
            place.keep(&begun);
            if let Some(base) = &base {
                place.keep_base(base);
            }
            if let Some(fill) = self.on_back.try_get_value().flatten() {
                self.found.try_set(Some(begun.clone()));
                fill(&begun.value);
            }
            if let Some((begun, base)) = meanwhile {
                self.offer_back(place.clone(), begun, base);
            }
        });
    }
}

/// Says whether the form of this name was begun.
pub(crate) fn is_begun(record: RecordId, form: &str) -> bool {
    begun_forms(record, form).iter().any(|begun| begun == form)
}

/// Lists the forms of a record that were begun and whose names begin so.
pub(crate) fn begun_forms(record: RecordId, begin: &str) -> Vec<String> {
    let account = use_workspace().me.with_untracked(|me| me.as_ref().map(|me| me.account));
    account.map(|account| Unfinished::forms(account, record, begin)).unwrap_or_default()
}

/// Says that the form was begun before, and lets that be thrown away.
#[component]
pub(crate) fn BegunNote(
    form: BegunForm,
    /// Closes or empties the form.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let tongue = use_tongue();
    let discard = move |_| {
        form.give_up();
        on_discard.run(());
    };
    view! {
        <Show when=move || form.found.with(Option::is_some)>
            <div class="banner banner--info">
                <Icon name="pencil-simple" />
                <p class="banner__t">{tongue.word(words::begun::NOTE)}</p>
                <button type="button" class="btn btn--quiet" on:click=discard>
                    {tongue.word(words::begun::DISCARD)}
                </button>
            </div>
        </Show>
    }
}
