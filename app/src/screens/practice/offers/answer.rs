//! What was suggested to a practice and waits for its people: own and suggested side by side.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::access::Deal;
use talkoot_core::adopt::Offer;
use talkoot_core::id::RecordId;
use talkoot_core::limits::TEXT_CHARS_MAX;
use talkoot_core::text::compared::{Marking, compared};

use super::offers_of;
use super::told::said_by;
use crate::i18n::{by_count, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::begun_text::BegunText;
use crate::ui::draft_editor::DraftEditor;
use crate::ui::fault_text;
use crate::ui::toast::use_toasts;
use crate::workspace::{Worked, use_workspace};

/// How a person is about to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answering {
    Reading,
    Editing,
    Declining,
}

/// Lists what waits for an answer, to those who may give one.
#[component]
pub(crate) fn Suggestions(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let open = Memo::new(move |_| {
        let may = session.may(Deal::Edit) && !session.is_trashed();
        let all = offers_of(session).into_iter();
        all.filter(|offer| may && offer.answers.is_empty()).collect::<Vec<_>>()
    });
    let count = move || {
        let count = open.with(Vec::len);
        tongue.tell(&by_count(count, words::offer::WAITING_ONE, words::offer::waiting_many))
    };
    view! {
        <Show when=move || open.with(|all| !all.is_empty())>
            <section class="offers noprint" aria-labelledby="h-offers">
                <h2 id="h-offers">{count}</h2>
                <For each=move || open.get() key=|offer| offer.item let:offer>
                    <Waiting record session offer />
                </For>
            </section>
        </Show>
    }
}

#[component]
fn Waiting(record: RecordId, session: RecordSession, offer: Offer) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let merged = RwSignal::new(None::<Worked>);
    let (asked, kept) = (offer.clone(), StoredValue::new(offer.clone()));
    // What the section would say is worked out again when the record has changed.
    Effect::new(move || {
        session.record.track();
        let asked = asked.clone();
        spawn_local(async move {
            if let Ok(worked) = workspace.with_offer(record, asked).await {
                merged.try_set(Some(worked));
            }
        });
    });
    let written = BegunText::open(record, &format!("answer.{}.text", offer.item.0));
    let why = BegunForm::open(record, &format!("answer.{}.why", offer.item.0), Vec::new());
    let (draft, reason) = (RwSignal::new(written.left()), RwSignal::new(why.left_text()));
    let answering = RwSignal::new(match (why.left(), written.left()) {
        (Some(_), _) => Answering::Declining,
        (None, Some(_)) => Answering::Editing,
        (None, None) => Answering::Reading,
    });
    let busy = RwSignal::new(false);
    let say = move |text: Option<Worked>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let said = if text.is_some() { words::offer::ACCEPTED } else { words::offer::DECLINED };
        let (reason, offer) = (reason.get_untracked().trim().to_owned(), kept.get_value());
        let done = (written.form.done(), why.done());
        spawn_local(async move {
            match workspace.answer(record, offer, text, reason).await {
                Ok(()) => {
                    done.0();
                    done.1();
                    toasts.say(said);
                }
                Err(fault) => toasts.say(fault_text::of_act(&fault)),
            }
            busy.try_set(false);
        });
    };
    let accept = move |_| {
        let text = match answering.get_untracked() {
            Answering::Editing => draft.get_untracked(),
            Answering::Reading | Answering::Declining => merged.get_untracked(),
        };
        if text.is_some() {
            say(text);
        }
    };
    let edit = move |_| {
        // What comes into the section while it is edited stays beside what is written.
        if draft.with_untracked(Option::is_none) {
            draft.set(merged.get_untracked());
        }
        answering.set(Answering::Editing);
    };
    let begun = move || draft.with_untracked(|it| it.as_ref().map(|it| it.text.clone()));
    let write = move |text| {
        draft.update(|draft| {
            if let Some(draft) = draft {
                draft.text = text;
                written.keep(draft);
            }
        });
    };
    let decline = move |_| match answering.get_untracked() {
        Answering::Declining => say(None),
        Answering::Reading | Answering::Editing => answering.set(Answering::Declining),
    };
    // What was begun of the one or the other is given up; what was read stays.
    let cancel = move |()| {
        match answering.get_untracked() {
            Answering::Editing => {
                written.form.give_up();
                draft.set(None);
            }
            Answering::Declining => {
                why.give_up();
                reason.set(String::new());
            }
            Answering::Reading => {}
        }
        answering.set(Answering::Reading);
    };
    let field = offer.section;
    let id = format!("h-offer-{}", offer.item.0);
    let heading = id.clone();
    let said = offer.reason.clone();
    let said = (!said.is_empty()).then(|| view! { <p class="lines why">{said}</p> });
    let by = move || kept.with_value(|offer| said_by(tongue, workspace, offer));
    view! {
        <article class="mg" aria-labelledby=id>
            <div class="mg__h">
                <h3 id=heading>{tongue.word(field.label)}</h3>
            </div>
            <p class="small muted">{by}</p>
            {said}
            <Sides session field_name=field.name merged />
            <Show when=move || answering.get() == Answering::Editing>
                <BegunNote form=written.form on_discard=cancel />
                <div class="field">
                    <span class="label">{tongue.word(words::review::NEW_TEXT)}</span>
                    <DraftEditor
                        field=field.name
                        label=words::review::NEW_TEXT
                        blocks=begun().unwrap_or_default()
                        on_change=write
                    />
                </div>
            </Show>
            <Show when=move || answering.get() == Answering::Declining>
                <BegunNote form=why on_discard=cancel />
                <Reason offer=kept reason form=why />
            </Show>
            <div class="acts">
                <Show when=move || answering.get() != Answering::Declining>
                    <button
                        type="button"
                        class="btn btn--primary"
                        disabled=move || busy.get() || merged.with(Option::is_none)
                        on:click=accept
                    >
                        {tongue.word(words::offer::ACCEPT)}
                    </button>
                </Show>
                <Show when=move || answering.get() == Answering::Reading>
                    <button
                        type="button"
                        class="btn btn--soft"
                        disabled=move || merged.with(Option::is_none)
                        on:click=edit
                    >
                        {tongue.word(words::review::EDIT)}
                    </button>
                </Show>
                <button
                    type="button"
                    class=move || match answering.get() {
                        Answering::Declining => "btn btn--primary",
                        Answering::Reading | Answering::Editing => "btn btn--quiet",
                    }
                    disabled=move || busy.get()
                    on:click=decline
                >
                    {tongue.word(words::offer::DECLINE)}
                </button>
                <Show when=move || answering.get() != Answering::Reading>
                    <button
                        type="button"
                        class="btn btn--quiet"
                        on:click=move |_| cancel(())
                    >
                        {tongue.word(words::act::CANCEL)}
                    </button>
                </Show>
            </div>
        </article>
    }
}

/// Draws the section as it is beside how it would be.
#[component]
fn Sides(
    session: RecordSession,
    field_name: &'static str,
    merged: RwSignal<Option<Worked>>,
) -> impl IntoView {
    let tongue = use_tongue();
    let now = move || session.blocks(field_name);
    let ours = move || compared(&now(), &now(), Marking::Own { added: "" });
    let suggested = move || {
        let marking = Marking::News {
            added: tongue.say(words::review::ADDED),
            removed: tongue.say(words::review::REMOVED),
        };
        merged.with(|it| it.as_ref().map(|it| compared(&now(), &it.text, marking)))
    };
    view! {
        <div class="sbs">
            <div class="sbs__c">
                <h4>{tongue.word(words::offer::NOW)}</h4>
                <div class="prose" inner_html=ours></div>
            </div>
            <div class="sbs__c sbs__c--new">
                <h4>{tongue.word(words::offer::SUGGESTED)}</h4>
                <div class="prose" inner_html=suggested></div>
            </div>
        </div>
    }
}

#[component]
fn Reason(offer: StoredValue<Offer>, reason: RwSignal<String>, form: BegunForm) -> impl IntoView {
    let tongue = use_tongue();
    let write = move |event| {
        reason.set(event_target_value(&event));
        reason.with_untracked(|reason| form.keep_text(reason));
    };
    let id = format!("reason-{}", offer.with_value(|offer| offer.item.0));
    view! {
        <div class="field">
            <label for=id.clone()>{tongue.word(words::offer::WHY)}</label>
            <textarea
                class="area"
                id=id
                rows="3"
                maxlength=TEXT_CHARS_MAX.to_string()
                prop:value=move || reason.get()
                on:input=write
            ></textarea>
        </div>
    }
}
