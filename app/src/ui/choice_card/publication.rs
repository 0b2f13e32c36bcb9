//! One opened a record to everybody while another closed it.

use leptos::prelude::*;
use talkoot_core::choice::Side;
use talkoot_core::id::RecordId;

use super::side::{Card, SideCard};
use crate::i18n::{use_tongue, words};
use crate::ui::acts::use_acts;

/// Asks whether everybody may read it.
#[component]
pub(super) fn PublicationChoice(record: RecordId, sides: Vec<Side<bool>>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let chosen = RwSignal::new(None::<bool>);
    let word = |open: bool| if open { words::choice::OPEN } else { words::choice::CLOSED };
    let card = move |side: Side<bool>| {
        let Side { value, change, author, stamp } = side;
        let text = Signal::derive(move || tongue.say(word(value)).to_owned());
        let choose = move |()| chosen.set(Some(value));
        view! {
            <SideCard group="choice-publication" value=text change author stamp on_choose=choose />
        }
    };
    let label = move || match chosen.get() {
        Some(true) => tongue.say(words::choice::USE_OPEN),
        Some(false) => tongue.say(words::choice::USE_CLOSED),
        None => tongue.say(words::choice::FIRST),
    };
    let settle = move |_| {
        if let Some(open) = chosen.get_untracked() {
            acts.publish(record, open);
        }
    };
    view! {
        <Card
            id="h-choice-publication"
            title=Signal::derive(move || tongue.say(words::choice::PUBLICATION).to_owned())
            text=Signal::derive(move || tongue.say(words::choice::PUBLICATION_TEXT).to_owned())
        >
            <fieldset class="opts">
                <legend class="vh">{tongue.word(words::choice::PUBLICATION)}</legend>
                {sides.into_iter().map(card).collect_view()}
            </fieldset>
            <div class="acts">
                <button
                    type="button"
                    class="btn btn--primary"
                    aria-disabled=move || chosen.get().is_none().to_string()
                    on:click=settle
                >
                    {label}
                </button>
            </div>
        </Card>
    }
}
