//! The narrowings of this device: a link to each, and a name for what narrows now.

use leptos::html;
use leptos::prelude::*;

use super::filter::Filter;
use super::saved::{self, Saved};
use super::{Asked, escape};
use crate::i18n::{use_tongue, words};
use crate::ui::icon::Icon;

/// Draws the saved narrowings; nothing while there are none and nothing narrows.
#[component]
pub(super) fn SavedList(asked: Asked) -> impl IntoView {
    let tongue = use_tongue();
    let kept = RwSignal::new(saved::kept());
    let change = move |next: Vec<Saved>| {
        saved::keep(&next);
        kept.set(next);
    };
    // Another tab may have changed them since.
    let forget = move |name: String| change(saved::without(&saved::kept(), &name));
    let keep = move |name: String| change(saved::with(&saved::kept(), &name, &address_of(asked)));
    let narrows = Memo::new(move |_| asked.filter.with(Filter::narrows));
    let row = move |Saved { name, address }: Saved| {
        let (named, forgotten) = (name.clone(), name.clone());
        view! {
            <li class="saved">
                <a href=address>{name}</a>
                <button
                    type="button"
                    class="ib"
                    aria-label=move || tongue.tell(&words::practices::forget(&named))
                    on:click=move |_| forget(forgotten.clone())
                >
                    <Icon name="x" />
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || narrows.get() || !kept.with(Vec::is_empty)>
            <section aria-label=tongue.word(words::practices::SAVED)>
                <Show when=move || !kept.with(Vec::is_empty)>
                    <p class="label">{tongue.word(words::practices::SAVED)}</p>
                    <ul>
                        {move || kept.get().into_iter().map(row).collect_view()}
                    </ul>
                </Show>
                <Show when=move || narrows.get()>
                    <Naming keep />
                </Show>
            </section>
        </Show>
    }
}

/// Gives the address of what shows now, from its beginning.
fn address_of(asked: Asked) -> String {
    let filter = asked.filter.with_untracked(|filter| Filter { more: 0, ..filter.clone() });
    filter.write(escape)
}

/// Asks for a name, once a person wants to keep what narrows now.
#[component]
fn Naming(#[prop(into)] keep: Callback<String>) -> impl IntoView {
    let tongue = use_tongue();
    let naming = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    // Whoever asked to name it types next.
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.focus().ok();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !name.with_untracked(|name| name.trim().is_empty()) {
            keep.run(name.get_untracked());
            name.set(String::new());
            naming.set(false);
        }
    };
    let ask = move || {
        view! {
            <button type="button" class="btn btn--quiet" on:click=move |_| naming.set(true)>
                <Icon name="bookmark-simple" />
                {tongue.word(words::practices::SAVE)}
            </button>
        }
    };
    view! {
        <Show when=move || naming.get() fallback=ask>
            <form class="field" on:submit=submit>
                <label for="practices-save">{tongue.word(words::practices::SAVE_NAME)}</label>
                <input
                    id="practices-save"
                    class="input"
                    autocomplete="off"
                    maxlength="60"
                    node_ref=field
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <div class="acts">
                    <button type="submit" class="btn btn--soft">{tongue.word(words::act::SAVE)}</button>
                    <button type="button" class="btn btn--quiet" on:click=move |_| naming.set(false)>
                        {tongue.word(words::act::CANCEL)}
                    </button>
                </div>
            </form>
        </Show>
    }
}
