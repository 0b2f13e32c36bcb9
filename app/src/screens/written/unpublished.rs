//! What was written and is not published yet: a quiet word about it, a look at what others see,
//! and publishing with a reason. All of it lies in the third part of the program
//! ([`crate::screens::seldom`]).

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::id::RecordId;
use talkoot_core::limits::REASON_CHARS_MAX;
use talkoot_core::schema::Kind;

use crate::i18n::{use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::begun::{BegunForm, BegunNote};
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// Follows whether somebody who may publish has something to.
fn use_unpublished(session: RecordSession) -> Memo<bool> {
    Memo::new(move |_| {
        let newer = session
            .record
            .with(|record| record.as_ref().is_some_and(|record| record.has_unpublished()));
        newer && session.may(Deal::Publish) && !session.is_trashed()
    })
}

/// Says that something is not published yet, and turns the page to what is, and back.
#[component]
pub(crate) fn Unpublished(
    record: RecordId,
    session: RecordSession,
    /// Whether the page shows what is published.
    looks: RwSignal<bool>,
) -> impl IntoView {
    let tongue = use_tongue();
    let newer = use_unpublished(session);
    // With everything published, both are one.
    Effect::new(move || {
        if !newer.get() {
            looks.set(false);
        }
    });
    let since = move || {
        let by = session.record.with(|record| record.as_ref()?.published_by())?;
        Some(tongue.tell(&words::published::since(tongue.moment(by.stamp.wall_ms))))
    };
    let head = move || {
        if looks.get() {
            return Some(tongue.say(words::published::LOOKING).to_owned());
        }
        since()
    };
    let turn = move || {
        tongue.say(if looks.get() { words::published::BACK } else { words::published::SEE })
    };
    view! {
        <Show when=move || newer.get()>
            <div class="banner banner--info noprint">
                <Icon name="pencil-simple" />
                <p class="banner__t">
                    <b>{head}</b>
                    <Show when=move || !looks.get()>{tongue.word(words::published::TEXT)}</Show>
                </p>
                <button
                    type="button"
                    class="btn btn--quiet"
                    on:click=move |_| looks.update(|looks| *looks = !*looks)
                >
                    {turn}
                </button>
                <PublishChanges record session />
            </div>
        </Show>
    }
}

/// Publishes what was written since, once it is said what changed and why.
#[component]
pub(crate) fn PublishChanges(record: RecordId, session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let newer = use_unpublished(session);
    let open = RwSignal::new(false);
    let title = Signal::derive(move || tongue.say(words::published::PUBLISH).to_owned());
    view! {
        <Show when=move || newer.get()>
            <button type="button" class="btn btn--primary" on:click=move |_| open.set(true)>
                {tongue.word(words::published::PUBLISH)}
            </button>
            <Dialog open id="h-publish-changes" title>
                <Why record session open />
            </Dialog>
        </Show>
    }
}

/// Asks what changed and why.
#[component]
fn Why(record: RecordId, session: RecordSession, open: RwSignal<bool>) -> impl IntoView {
    let tongue = use_tongue();
    let acts = use_acts();
    let begun = BegunForm::open(record, "publish", Vec::new());
    let reason = RwSignal::new(begun.left_text());
    let is_practice = session.record.with_untracked(|record| {
        record.as_ref().is_some_and(|record| record.kind == Some(Kind::Practice))
    });
    let hint = if is_practice { words::published::HINT } else { words::published::HINT_DOCUMENT };
    let write = move |event| {
        reason.set(event_target_value(&event));
        reason.with_untracked(|reason| begun.keep_text(reason));
    };
    let cancel = move |_| {
        begun.give_up();
        open.set(false);
    };
    let publish = move || {
        acts.publish_changes(record, reason.get_untracked(), begun.done());
        open.set(false);
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                publish();
            }
        >
            <BegunNote form=begun on_discard=move |()| reason.set(String::new()) />
            <div class="field">
                <label for="publish-reason">{tongue.word(words::published::ASK)}</label>
                <textarea
                    class="area"
                    id="publish-reason"
                    rows="4"
                    aria-describedby="publish-hint"
                    maxlength=REASON_CHARS_MAX.to_string()
                    prop:value=move || reason.get()
                    on:input=write
                ></textarea>
                <span class="hint" id="publish-hint">
                    {tongue.word(hint)}
                </span>
            </div>
            <div class="acts">
                <button type="submit" class="btn btn--primary">
                    {tongue.word(words::published::PUBLISH)}
                </button>
                <button type="button" class="btn btn--quiet" on:click=cancel>
                    {tongue.word(words::act::CANCEL)}
                </button>
            </div>
        </form>
    }
}
